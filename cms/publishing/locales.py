"""The reader's locale, and pages in it."""

from wagtail.models import Locale, Page

from cms.publishing.memoize import once_per_publication
from cms.publishing.visibility import is_reachable


@once_per_publication
def active_locale() -> Locale:
    """Return the locale of the reader's language, or the default one where it has none."""
    return Locale.get_active()


def localised_page(page: Page) -> Page:
    """Return `page` in the reader's language, if it is published in it; otherwise `page`.

    As Wagtail's `Page.localized`, which asks the database for the locale each time, and does not
    ask whether the address of what it returns leads there.
    """
    if page.locale_id == active_locale().pk:
        return page
    translation = page.localized
    return translation if is_reachable(translation) else page
