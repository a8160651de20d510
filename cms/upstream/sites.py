"""The addresses of a site that is served by https on a port of its own.

Wagtail 8.0.1; no issue known. `Site.root_url` says https of port 443 alone and http of every other,
so canonical addresses, hreflang, sitemap and previews of a site at https://host:8443 named an
address that nobody answers.

Changed: where the site is reached by https alone (SECURE_SSL_REDIRECT), `root_url` says so.

Delete when `Site(hostname="a.example", port=8443).root_url` can be https://a.example:8443.
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from wagtail.models import Site


def _by_https(root_url: Callable[[Site], str]) -> Callable[[Site], str]:
    @wraps(root_url)
    def with_scheme(site: Site) -> str:
        url = root_url(site)
        return url.replace("http://", "https://", 1) if settings.SECURE_SSL_REDIRECT else url

    return with_scheme


def guard() -> None:
    """Wrap the property; the original is the `__wrapped__` of its getter."""
    Site.root_url = property(_by_https(Site.root_url.fget))
