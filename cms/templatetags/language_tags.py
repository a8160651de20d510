"""The languages of a page: the switch between them, and words that stand in another one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

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

from cms.languages import localised_markup
from cms.pages import BasePage
from cms.publishing.shared import once_per_publication
from cms.publishing.visibility import public_pages

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
    homes = _public_homes()
    if request is None or len(homes) < 2:
        return []
    page = context.get("page")
    if isinstance(page, BasePage) and page.pk:
        way = [above.translation_key for above in page.breadcrumbs]
        found = _counterparts(page.translation_key, tuple(way))
        choices = [replace(choice, url=choice.url + _query(request, page)) for choice in found]
    else:
        choices = [_without_a_page(request, home) for home in homes]
    current = (get_language() or "").partition("-")[0]
    return [replace(choice, is_current=choice.code == current) for choice in choices]


@once_per_publication
def _public_homes() -> Sequence[Page]:
    """Return the public home pages in the order of LANGUAGES."""
    codes = [code for code, _name in settings.LANGUAGES]
    homes = public_pages(Page.objects.filter(depth=2)).select_related("locale")
    known = [home for home in homes if home.locale.language_code in codes and home.url]
    return sorted(known, key=lambda home: codes.index(home.locale.language_code))


@once_per_publication
def _counterparts(key: UUID, way: tuple[UUID, ...]) -> list[LanguageChoice]:
    """Return the page with that translation key in each language, or the nearest above it.

    `way` are the translation keys of the pages from the home page down to it.
    """
    keys = [*way, key]
    pages = public_pages(Page.objects.filter(translation_key__in=keys))
    found = sorted(pages, key=lambda page: keys.index(page.translation_key))
    deepest = {page.locale_id: page for page in found}
    return [
        _choice(target, nearest="" if target.translation_key == key else target.title)
        for home in _public_homes()
        for target in [deepest.get(home.locale_id, home)]
    ]


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
