"""Redirects: followed only to what everyone may read, and never in the place of a page.

Where there is neither, what was at an address may be known to be gone.
"""

import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import (
    HttpRequest,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.encoding import iri_to_uri, uri_to_iri
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageQuerySet, Site

from cms.models import GoneAddress
from cms.models.gone_address import LONGEST_PATH
from cms.pages.reserved_addresses import is_fixed_address
from cms.pages.routing import url_paths_at
from cms.publishing.memoize import once_per_publication
from cms.publishing.visibility import public_pages
from cms.upstream.characters import clean

logger = logging.getLogger(__name__)


class PublicRedirectMiddleware(RedirectMiddleware):
    """Answers a 404 with the redirect from its address, where that leads to something public.

    Or with the same address in small letters, where that is a page's; or, where a page was
    deleted that everyone could read, with a 410.

    Stands around the middleware that appends slashes, because a page that only lacks its slash
    goes before a redirect. What a page has below it, such as its calendar, moves along with it.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Lead on, or leave the response as it is."""
        if response.status_code != 404 and not _leads_to_a_404(request, response):
            return response
        found = redirects_from(request, request.get_full_path())
        if found:
            return _redirect(found, found[-1].link)
        above, _slash, name = request.path.rpartition("/")
        to_page = redirects_from(request, above) if "." in name else []
        if to_page and to_page[-1].redirect_page_id:
            query = request.META.get("QUERY_STRING", "")
            return _redirect(to_page, f"{to_page[-1].link}{name}{'?' if query else ''}{query}")
        # Without characters that no database takes, and no page has.
        page, below = (clean(above), name) if "." in name else (clean(request.path), "")
        in_small_letters = f"/{page.strip('/').lower()}/".replace("//", "/")
        if page != page.lower() and _is_public_page(in_small_letters):
            query = request.META.get("QUERY_STRING", "")
            address = f"{in_small_letters}{below.lower()}{'?' if query else ''}{query}"
            return HttpResponsePermanentRedirect(address)
        return render(request, "410.html", status=410) if _is_gone(page) else response


def remember_gone(instance: Page, **kwargs: Any) -> None:
    """Keep the address of a page that everyone may read, and that is about to be deleted.

    Receives Django's `pre_delete`.
    """
    is_public = public_pages(Page.objects.filter(pk=instance.pk)).exists()
    if is_public and len(instance.url_path) <= LONGEST_PATH:
        GoneAddress.objects.get_or_create(url_path=instance.url_path)


def _is_gone(address: str) -> bool:
    return GoneAddress.objects.filter(url_path__in=url_paths_at(address)).exists()


def _is_public_page(address: str) -> bool:
    paths = url_paths_at(address)
    # The slug is asked for as well, because it has an index and the whole path has none.
    slugs = [path.rstrip("/").rpartition("/")[2] for path in paths]
    return public_pages(Page.objects.filter(slug__in=slugs, url_path__in=paths)).exists()


def _leads_to_a_404(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Return whether `response` adds the slash to an address that is no page's with it either."""
    with_slash = request.get_full_path(force_append_slash=True)
    return response.headers.get("Location") == with_slash and not _taken_by(clean(request.path))


def redirects_from(request: HttpRequest, address: str) -> list[Redirect]:
    """Return the redirect from `address`, or else from it without its query, and those it leads to.

    The last leads to where the first ends. None where that is a page that not everyone may read,
    or nowhere, or where they lead around in a circle.
    """
    found: list[Redirect] = []
    host = request.get_host().partition(":")[0]
    following = _redirect_at(request, address)
    while following is not None:
        if following in found:
            logger.warning("The redirects from %s lead around in a circle.", found[0].old_path)
            return []
        found.append(following)
        path = own_path(following.redirect_link, host)
        following = _redirect_at(request, path) if path and not _taken_by(path) else None
    return found if found and _is_public(found[-1], host) else []


def own_path(link: str, *hosts: str) -> str:
    """Return the path and query of an address on one of this school's sites, else nothing."""
    parts = urlsplit(link)
    if not link or (parts.hostname and parts.hostname not in {*hosts, *_hostnames()}):
        return ""
    return f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"


@once_per_publication
def _hostnames() -> frozenset[str]:
    return frozenset(Site.objects.values_list("hostname", flat=True))


def check(redirect: Redirect) -> None:
    """Raise ValidationError where `redirect` would never take place, or never end."""
    source = Redirect.normalise_path(redirect.old_path)
    # Longer than it was typed: what browsers do not send as it is has three characters there.
    longest = Redirect._meta.get_field("old_path").max_length
    refused = _("This address is too long.") if len(source) > longest else _taken_by(source)
    if refused:
        raise ValidationError({"old_path": refused})
    others = Redirect.objects.exclude(pk=redirect.pk)
    if source in _paths_on_the_way(redirect.redirect_link, others):
        text = _("Other redirects lead from there back to this one, without end.")
        raise ValidationError({"redirect_link": text})


def _paths_on_the_way(link: str, redirects: QuerySet[Redirect]) -> Iterator[str]:
    """Return the addresses, as redirects' sources, that following `redirects` from `link` meets."""
    ahead, passed = [link], set[str]()
    while ahead:
        path = own_path(ahead.pop())
        asked = {Redirect.normalise_path(each) for each in _with_and_without_query(path)} - passed
        yield from asked
        passed |= asked
        ahead += redirects.filter(old_path__in=asked).values_list("redirect_link", flat=True)


def _with_and_without_query(path: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((path, path.partition("?")[0]))) if path else ()


def _taken_by(path: str) -> str:
    """Return in words what is at an address, so that no redirect from it takes place."""
    path = path.partition("?")[0]
    page = Page.objects.live().filter(url_path__in=url_paths_at(path)).first()
    if page is not None:
        text = _("“%(page)s” is at this address, and a page goes before a redirect.")
        return text % {"page": page.get_admin_display_title()}
    if is_fixed_address(path):
        return _("The site itself is at this address, and goes before a redirect.")
    return ""


def _redirect_at(request: HttpRequest, address: str) -> Redirect | None:
    # One letter may be written as two characters, and is on some keyboards.
    written = iri_to_uri(clean(uri_to_iri(address)))
    path = Redirect.normalise_path(written, decode_unicode=False)
    found = (get_redirect(request, asked) for asked in _with_and_without_query(path))
    return next(filter(None, found), None)


def public_redirects(
    redirects: QuerySet[Redirect], pages: PageQuerySet, *hosts: str
) -> QuerySet[Redirect]:
    """Return those of `redirects` that lead to one of `pages`, or to an address of none at all.

    `pages` are those that everyone may read. An address that an editor has typed counts as the
    page that is there: nothing tells of a page that is not public.
    """
    typed = redirects.filter(redirect_page=None).exclude(redirect_link="")
    there = {
        pk: set(_places(link, *hosts)) for pk, link in typed.values_list("pk", "redirect_link")
    }
    found = Page.objects.filter(url_path__in=set().union(*there.values()))
    known = dict(
        found.annotate(is_public=Exists(pages.filter(pk=OuterRef("pk")))).values_list(
            "url_path", "is_public"
        )
    )
    hidden = [
        pk
        for pk, places in there.items()
        if (known.keys() & places) and not any(known.get(place) for place in places)
    ]
    return redirects.filter(Q(redirect_page__in=pages) | Q(pk__in=typed.exclude(pk__in=hidden)))


def _places(link: str, *hosts: str) -> Iterator[str]:
    """Yield where in the tree the page may be that a typed address leads to, or to a file of."""
    path = own_path(link, *hosts).partition("?")[0]
    above, _slash, name = path.rpartition("/")
    for each in (path, above) if "." in name else (path,):
        yield from url_paths_at(each) if path else ()


def _is_public(redirect: Redirect, host: str) -> bool:
    asked = Redirect.objects.filter(pk=redirect.pk)
    return public_redirects(asked, public_pages(), host).exists()


def _redirect(way: list[Redirect], address: str) -> HttpResponseBase:
    is_permanent = all(redirect.is_permanent for redirect in way)
    response = HttpResponsePermanentRedirect if is_permanent else HttpResponseRedirect
    return response(address)
