"""The languages of a page: the switch between them, and words that stand in another one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django import template
from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.models import Page

from cms.i18n.languages import localised_markup
from cms.pages.base import BasePage
from cms.translations.counterparts import nearest_counterparts, public_homes

register = template.Library()


@dataclass(frozen=True, slots=True)
class LanguageChoice:
    """A language of the site, and where the page being read is in it.

    `nearest` is the title of the page that `url` leads to where the page itself is not public in
    that language.
    """

    code: str
    name: str
    url: str
    is_current: bool = False
    nearest: str = ""


@register.filter
def localised(instance: Model, field_name: str) -> SafeString:
    """Return a field in the reader's language, marked where there is only English."""
    return localised_markup(instance, field_name)


@register.simple_tag(takes_context=True)
def language_choices(context: Context) -> Sequence[LanguageChoice]:
    """Return the languages that the site is public in; none where there is only one."""
    request = context.get("request")
    homes = public_homes()
    if request is None or len(homes) < 2:
        return []
    page = context.get("page")
    if isinstance(page, BasePage) and page.pk:
        choices = [_of_page(page, home, request) for home in homes]
    else:
        choices = [_without_a_page(request, home) for home in homes]
    current = (get_language() or "").partition("-")[0]
    return [replace(choice, is_current=choice.code == current) for choice in choices]


def _of_page(page: BasePage, home: Page, request: HttpRequest) -> LanguageChoice:
    """Return the page in the language of `home`, or the nearest page above it there."""
    target = nearest_counterparts(page.canonical).get(home.locale_id, home)
    is_same = target.translation_key == page.canonical.translation_key
    choice = _choice(target, nearest="" if is_same else target.title)
    return replace(choice, url=choice.url + _query(request, page)) if is_same else choice


def _choice(page: Page, nearest: str = "") -> LanguageChoice:
    code = page.locale.language_code
    return LanguageChoice(code, dict(settings.LANGUAGES)[code], page.url or "", nearest=nearest)


def _without_a_page(request: HttpRequest, home: Page) -> LanguageChoice:
    """Return the search in another language, or its home page from an address that is none."""
    choice = _choice(home)
    match = request.resolver_match
    if match is None or match.url_name != "search":
        return choice
    query = request.GET.urlencode()
    with translation.override(choice.code):
        return replace(choice, url=f"{reverse('search')}?{query}" if query else reverse("search"))


def _query(request: HttpRequest, page: BasePage) -> str:
    """Return what the address says of how to show the page, which is the same in any language."""
    kept = request.GET.copy()
    for name in kept.keys() - page.query_parameters:
        del kept[name]
    return f"?{kept.urlencode()}" if kept else ""
