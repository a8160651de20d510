"""Answers what has not changed without making it again, and outlives the database.

Stands before everything that touches the database. For anonymous reads, in this order: a 304
where the ETag is current (one query, nothing rendered), the kept answer where there is one (one
query), else the view's response, which is kept if the view marked it as public. Everything else
passes through and is labelled `private, no-store`.
"""

from collections.abc import Callable
from datetime import datetime, time

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.middleware.gzip import GZipMiddleware
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_etags

from cms.i18n.clock import SCHOOL_TIME_ZONE, school_today
from cms.publishing import page_cache
from cms.publishing.http.database_fallback import StampReader, outage, service_unavailable
from cms.publishing.http.release import release
from cms.publishing.http.requests import accepts_gzip, may_be_public, request_key
from cms.publishing.http.responses import (
    PUBLIC_CACHE_CONTROL,
    is_public,
    label_private,
    label_public,
    may_be_kept,
)
from cms.publishing.log import Stamp
from cms.publishing.memoize import as_of

type GetResponse = Callable[[HttpRequest], HttpResponse]


class PublicationMiddleware:
    """ETag, 304 and page cache for what everyone may read; no copies of anything else."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.compress = GZipMiddleware(get_response).process_response
        self.stamps = StampReader()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer `request`."""
        if not may_be_public(request):
            response = self.get_response(request)
            label_private(response)
            return response
        key = request_key(request)
        # Before anything is rendered: a response may be newer than its label, never older.
        stamp = self.stamps.read()
        if stamp is None:
            return self._answer_without_database(request, key)
        etag = _etag(key, stamp)
        # Compared weakly (RFC 9110, 13.1.2): some programs drop the W/ on the way.
        known = parse_etags(request.META.get("HTTP_IF_NONE_MATCH", ""))
        if etag.removeprefix("W/") in {tag.removeprefix("W/") for tag in known}:
            return _not_modified(etag)
        entry = page_cache.get(key)
        if entry is not None and entry.etag == etag:
            response = entry.response()
            response.headers["Cache-Status"] = "atmp; hit"
        else:
            response = self._answer_anew(request, key, stamp, etag)
        return _unless_known(request, response, stamp, etag)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 503 where a view cannot use the database; leave every other error alone."""
        reason = outage(exception)
        return service_unavailable(request, reason) if reason else None

    def _answer_anew(self, request: HttpRequest, key: str, stamp: Stamp, etag: str) -> HttpResponse:
        with as_of(stamp):
            response = self.get_response(request)
        if not is_public(response):
            label_private(response)
            return response
        if accepts_gzip(request):
            self.compress(request, response)
        label_public(response, etag)
        modified = _modified(stamp)
        if modified is not None:
            response.headers["Last-Modified"] = http_date(modified)
        if request.method == "GET" and may_be_kept(response, request.GET.keys()):
            page_cache.put(key, page_cache.Entry.of(response, stamp.sequence))
        response.headers["Cache-Status"] = "atmp; fwd=miss"
        return response

    def _answer_without_database(self, request: HttpRequest, key: str) -> HttpResponse:
        """Answer with what was last public here, unless something has been taken away since."""
        entry = page_cache.get(key)
        if entry is None or entry.sequence < self.stamps.last_removal():
            return service_unavailable(request)
        response = entry.response()
        response.headers["Cache-Status"] = 'atmp; hit; ttl=-1; detail="database unavailable"'
        return response


def _etag(key: str, stamp: Stamp) -> str:
    """Return the weak ETag of what `key` asks for (RFC 9110, 8.8.3).

    The day is part of it because what is upcoming or open for application changes at midnight,
    and the stamp's time because a restored backup counts from an old number again.
    """
    written = int(stamp.created_at.timestamp() * 1e6) if stamp.created_at else 0
    return f'W/"{release()}-{stamp.sequence:x}-{written:x}-{school_today():%y%m%d}-{key}"'


def _modified(stamp: Stamp) -> int | None:
    """Return when public responses last changed, in seconds: by a publish, or at midnight.

    None where nothing was, or by a clock that has been put back since: a date that is yet to come
    must not be sent (RFC 9110, 8.8.2.1), and nobody is answered by it.
    """
    if stamp.created_at is None or stamp.created_at > timezone.now():
        return None
    midnight = datetime.combine(school_today(), time.min, SCHOOL_TIME_ZONE)
    return int(max(stamp.created_at, midnight).timestamp())


def _unless_known(
    request: HttpRequest, response: HttpResponse, stamp: Stamp, etag: str
) -> HttpResponse:
    """Return `response`, or where it is public and the reader has it, by `*` or its date, a 304."""
    if response.headers.get("ETag") != etag:
        return response
    conditional = get_conditional_response(
        request, etag=etag, last_modified=_modified(stamp), response=response
    )
    if conditional is None:
        return response
    conditional.headers.setdefault("Cache-Status", response.headers["Cache-Status"])
    return conditional


def _not_modified(etag: str) -> HttpResponse:
    return HttpResponseNotModified(
        headers={
            "ETag": etag,
            "Cache-Control": PUBLIC_CACHE_CONTROL,
            "Vary": "Accept-Encoding",
            "Cache-Status": "atmp; hit",
        }
    )
