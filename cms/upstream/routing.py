"""A page that is found in two queries, handed to Wagtail's page view.

Wagtail 8.0.1; no issue known. `wagtail.views.serve` asks for the site, its home page and each step
below that, twice: the deeper a page stands, the more queries.

Changed: what was found is put where `Site.find_for_request` and `Page.route_for_request` say that
they keep it for the rest of the request.

Delete when Wagtail finds a page five steps deep in as many queries as one that is two steps deep.
"""

from django.http import Http404, HttpRequest
from wagtail.models import Page, Site


def remember_route(request: HttpRequest, site: Site, page: Page) -> None:
    """Have Wagtail's page view serve `page` of `site`, or a 404 where `page` says so."""
    request._wagtail_site = site  # type: ignore[attr-defined]
    try:
        route = page.route(request, [])
    except Http404:
        route = None
    request._wagtail_route_for_request = route  # type: ignore[attr-defined]
