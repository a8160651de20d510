"""Redirects: followed only to what everyone may read, and never in the place of a page."""

from unicodedata import normalize
from urllib.parse import urlsplit

from django.http import (
    HttpRequest,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.http.response import HttpResponseBase
from django.utils.encoding import iri_to_uri, uri_to_iri
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.publishing.visibility import public_pages


class PublicRedirectMiddleware(RedirectMiddleware):
    """Answers a 404 with the redirect from its address, where that leads to something public.

    Stands around the middleware that appends slashes, because a page that only lacks its slash
    goes before a redirect. What a page has below it, such as its calendar, moves along with it.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Lead on, or leave the response as it is."""
        if response.status_code != 404:
            return response
        found = redirect_from(request, request.get_full_path())
        if found is not None:
            return _redirect(found, found.link)
        above, _slash, name = request.path.rpartition("/")
        page = redirect_from(request, above) if "." in name else None
        if page is not None and page.redirect_page_id:
            query = request.META.get("QUERY_STRING", "")
            return _redirect(page, f"{page.link}{name}{'?' if query else ''}{query}")
        return response


def redirect_from(request: HttpRequest, address: str) -> Redirect | None:
    """Return the redirect from `address`, or else from it without its query.

    None where it leads to a page that not everyone may read, or nowhere.
    """
    # One letter may be written as two characters, and is on some keyboards.
    written = iri_to_uri(normalize("NFC", uri_to_iri(address)))
    path = Redirect.normalise_path(written, decode_unicode=False)
    for asked in dict.fromkeys((path, urlsplit(path).path)):
        found: Redirect | None = get_redirect(request, asked)
        if found is not None:
            return found if _is_public(found) else None
    return None


def _is_public(redirect: Redirect) -> bool:
    if redirect.redirect_page_id is None:
        return bool(redirect.redirect_link)
    return public_pages(Page.objects.filter(pk=redirect.redirect_page_id)).exists()


def _redirect(redirect: Redirect, address: str) -> HttpResponseBase:
    response = HttpResponsePermanentRedirect if redirect.is_permanent else HttpResponseRedirect
    return response(address)
