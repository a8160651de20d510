"""How a page presents itself where it is searched for or shared."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import template
from django.conf import settings
from django.template import Context
from django.templatetags.static import static
from django.utils.translation import gettext as _

from cms.media.pictures.social import CARD_HEIGHT, CARD_WIDTH
from cms.pages.base import BasePage
from cms.pages.navigation import DEFAULT_SOCIAL_IMAGE
from cms.publishing.visibility import is_open, is_public
from cms.seo import social_cards
from cms.translations.counterparts import nearest_counterparts, public_homes

register = template.Library()


@dataclass(frozen=True, slots=True)
class Card:
    """The picture shown where somebody shares a page (https://ogp.me/)."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Translation:
    """A page in one language (BCP 47) and its absolute address."""

    language: str
    url: str


@register.simple_tag(takes_context=True)
def social_card(context: Context) -> Card | None:
    """Return what is shown where somebody shares the page.

    An uploaded picture, for social media or of the page, that can be shown; else the one that is
    drawn of a public page; else the school's.
    """
    request, page = context.get("request"), context.get("page")
    if request is None:
        return None
    if isinstance(page, BasePage):
        for image in (page.social_image, page.main_image):
            if image is not None and is_open(image):
                rendition = image.get_rendition(f"fill-{CARD_WIDTH}x{CARD_HEIGHT}|format-jpeg")
                if rendition.is_made:
                    return Card(
                        rendition.full_url, rendition.width, rendition.height, rendition.alt
                    )
        if page.pk and is_public(page):
            url = request.build_absolute_uri(social_cards.address(page))
            return Card(url, CARD_WIDTH, CARD_HEIGHT, _alt_of_drawn(page.shared_title))
    url = request.build_absolute_uri(static(DEFAULT_SOCIAL_IMAGE))
    return Card(url, CARD_WIDTH, CARD_HEIGHT, _alt_of_drawn(_("National ATMP Research School")))


def _alt_of_drawn(title: str) -> str:
    return _("“%(title)s” beside an abstract picture") % {"title": title}


@register.simple_tag(takes_context=True)
def translations(context: Context) -> Sequence[Translation]:
    """Return the page in each language that it is public in, itself included; else nothing.

    What `hreflang` takes: https://html.spec.whatwg.org/#attr-link-hreflang.
    """
    page, request = context.get("page"), context.get("request")
    if not isinstance(page, BasePage) or not page.pk or len(public_homes()) < 2:
        return []
    pages = [
        other
        for other in nearest_counterparts(page.canonical).values()
        if other.translation_key == page.canonical.translation_key
    ]
    if len(pages) < 2:
        return []
    found = [
        Translation(other.locale.language_code, other.get_full_url(request) or "")
        for other in pages
    ]
    return sorted(found, key=lambda translation: translation.language)


@register.simple_tag
def may_be_indexed() -> bool:
    """Return whether search engines may list this site at all: SITE_IS_PUBLIC."""
    return settings.SITE_IS_PUBLIC
