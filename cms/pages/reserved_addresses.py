"""Which first words of an address belong to the site itself and never to a page."""

from contextlib import suppress

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import translation


def is_staff_path(path: str) -> bool:
    """Return whether `path` belongs to those who work on the site: the admin, signing in."""
    return path.startswith(tuple(f"/{prefix}" for prefix in settings.STAFF_PATHS))


def is_fixed_address(path: str) -> bool:
    """Return whether the site itself always answers at `path`, in whatever language."""
    for code, _name in settings.LANGUAGES:
        with translation.override(code), suppress(Resolver404):
            match = resolve(f"/{path.strip('/')}/")
            if match.url_name != "wagtail_serve" and not match.args and not match.kwargs:
                return True
    return False


def is_reserved_slug(slug: str) -> bool:
    """Return whether a page called `slug` at the top of the site could never be reached.

    The URL configuration is asked rather than copied, because its prefixes (the admin's, for
    one) are configurable. The response does not depend on where the page is now: pages move.
    """
    prefixes = {code for code, _name in settings.LANGUAGES}
    prefixes |= {
        url.strip("/").partition("/")[0] for url in (settings.STATIC_URL, settings.MEDIA_URL)
    }
    if slug in prefixes:
        return True
    with translation.override(settings.LANGUAGE_CODE):
        try:
            return resolve(f"/{slug}/").url_name != "wagtail_serve"
        except Resolver404:
            return True
