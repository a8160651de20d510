"""Noticing quickly that the database is away, or takes nothing, and that it is back.

The same of the disk that uploads go to, when it is full.
"""

import errno
import logging
import sqlite3
import sys
import time
from typing import Literal

from django.db import DEFAULT_DB_ALIAS, Error, InterfaceError, OperationalError, connections
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from django.views.defaults import server_error

from cms.publishing import page_cache
from cms.publishing.http.requests import is_api
from cms.publishing.log import Stamp, read_stamp

logger = logging.getLogger(__name__)

# After a failure the database is left alone for this long, so that nobody waits for it twice.
RETRY_SECONDS = 1.0
RETRY_AFTER_SECONDS = 5

type Outage = Literal["away", "read-only", "full", "busy"]

# What PostgreSQL says of itself (its manual, appendix A), by how the SQLSTATE begins: connections
# that break or are refused, no memory or room for one more connection, stopping or starting.
_AWAY = ("08", "53", "57P")
_STATES: dict[str, Outage] = {
    "25006": "read-only",
    "40P01": "busy",
    "53100": "full",
    "55P03": "busy",
}
# The same of SQLite (https://sqlite.org/rescode.html).
_SQLITE: dict[int, Outage] = {
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_CANTOPEN: "away",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_IOERR: "away",
    sqlite3.SQLITE_READONLY: "read-only",
}
# A disk, somebody's share of it, and the longest file it takes.
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def outage(error: BaseException | None) -> Outage | None:
    """Return what is wrong with database or disk where `error` tells of that, else None.

    A query that is wrong or too slow is an error like any other: asking again in a few seconds
    mends nothing, and somebody has to hear of it. "busy" is one that waited for a lock in
    vain, or for somebody who waited for it (a deadlock).
    """
    if isinstance(error, OSError):
        return "full" if error.errno in _NO_ROOM else None
    if not isinstance(error, Error):
        return None
    cause = error.__cause__ or error
    if isinstance(cause, sqlite3.Error):
        # The lower byte is the kind; what is above it are its varieties.
        return _SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
    state: str | None = getattr(cause, "sqlstate", None)
    if state is None:
        # Nothing that a server has said: it was not reached, or broke off.
        return "away" if isinstance(error, OperationalError | InterfaceError) else None
    return _STATES.get(state, "away" if state.startswith(_AWAY) else None)


class StampReader:
    """Reads the log's stamp, and remembers for a moment that it could not be read."""

    def __init__(self) -> None:
        self._unavailable_until = 0.0
        self._latest = Stamp()

    def read(self) -> Stamp | None:
        """Return the current stamp, or None while the database cannot be reached."""
        if time.monotonic() < self._unavailable_until:
            return None
        try:
            stamp = read_stamp()
        except (OperationalError, InterfaceError) as error:
            # What was public a moment ago is better than an error, whatever the reason is.
            level = logging.WARNING if outage(error) else logging.ERROR
            logger.log(level, "The database cannot be read.", exc_info=True)
            connections[DEFAULT_DB_ALIAS].close()
            self._unavailable_until = time.monotonic() + RETRY_SECONDS
            return None
        if stamp.last_removal > self._latest.last_removal:
            page_cache.remember_removal(stamp.last_removal)
        self._latest = stamp
        return stamp

    def last_removal(self) -> int:
        """Return the newest removal that this or any other process knows of."""
        return max(self._latest.last_removal, page_cache.last_removal())


_PROBLEMS: dict[Outage, str] = {
    "away": "The database cannot be reached. Try again in a few seconds.",
    "read-only": "Nothing can be saved right now. Try again in a few minutes.",
    "full": "The server has no space left. Nothing was saved.",
    "busy": "The database was busy for too long. Nothing was saved. Try again in a few seconds.",
}
# They do not pass by themselves, or somebody has taken a lock that is held too long.
_REPORTED = {"full": "There is no room left.", "busy": "A lock was waited for in vain."}


def service_unavailable(request: HttpRequest, reason: Outage = "away") -> HttpResponse:
    """Return a 503 that says when to try again (RFC 9110, 15.6.4), without the database."""
    if message := _REPORTED.get(reason):
        logger.error(message, exc_info=sys.exception())
    if is_api(request):
        response: HttpResponse = JsonResponse(
            {
                "type": "about:blank",
                "title": "Service Unavailable",
                "status": 503,
                "detail": _PROBLEMS[reason],
            },
            content_type="application/problem+json",
            status=503,
        )
    else:
        page = loader.get_template("503.html").render({"reason": reason})
        response = HttpResponse(page, status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response


def error_page(request: HttpRequest) -> HttpResponse:
    """Return the page of an error (Django's `handler500`): a 503 where the database is the cause.

    Views are asked in `PublicationMiddleware`; what other middleware writes, a session for
    example, comes here.
    """
    if reason := outage(sys.exception()):
        return service_unavailable(request, reason)
    return server_error(request)
