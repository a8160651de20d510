"""Where a public page is in the site's other languages, worked out once for each publication."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.conf import settings
from wagtail.models import Page

from cms.publishing.memoize import once_per_publication
from cms.publishing.visibility import listed_pages, public_pages, public_trail
from cms.translations.models import TranslatedPage


@once_per_publication
def public_homes() -> Sequence[Page]:
    """Return the public home pages in the order of LANGUAGES."""
    codes = [code for code, _name in settings.LANGUAGES]
    homes = public_pages(Page.objects.filter(depth=2)).select_related("locale")
    known = [home for home in homes if home.locale.language_code in codes and home.url]
    return sorted(known, key=lambda home: codes.index(home.locale.language_code))


def nearest_counterparts(page: TranslatedPage) -> Mapping[int, Page]:
    """Return `page` in each language by the locale's id, or the nearest page above it there."""
    way = tuple(above.translation_key for above in public_trail(page.path[: -Page.steplen]))
    return _deepest((*way, page.translation_key))


@once_per_publication
def _deepest(keys: tuple[UUID, ...]) -> Mapping[int, Page]:
    """Return for each locale the public page with the last of those translation keys it has."""
    pages = listed_pages(Page.objects.filter(translation_key__in=keys)).select_related("locale")
    in_order = sorted(pages, key=lambda page: keys.index(page.translation_key))
    return {page.locale_id: page for page in in_order}
