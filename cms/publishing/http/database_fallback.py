"""Noticing quickly that the database is away, and that it is back."""

import logging
import time

from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections
from django.http import HttpRequest, HttpResponse
from django.template import loader

from cms.publishing import page_cache
from cms.publishing.http.requests import is_api
from cms.publishing.log import Stamp, read_stamp

logger = logging.getLogger(__name__)

# After a failure the database is left alone for this long, so that nobody waits for it twice.
RETRY_SECONDS = 1.0
RETRY_AFTER_SECONDS = 5


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
            stamp = self._read_on_a_working_connection()
        except (OperationalError, InterfaceError):
            logger.warning("The database cannot be reached.", exc_info=True)
            self._unavailable_until = time.monotonic() + RETRY_SECONDS
            return None
        if stamp.last_removal > self._latest.last_removal:
            page_cache.remember_removal(stamp.last_removal)
        self._latest = stamp
        return stamp

    def last_removal(self) -> int:
        """Return the newest removal that this or any other process knows of."""
        return max(self._latest.last_removal, page_cache.last_removal())

    @staticmethod
    def _read_on_a_working_connection() -> Stamp:
        """Read the stamp; once more where the connection had been lost since its last use."""
        connection = connections[DEFAULT_DB_ALIAS]
        had_connection = connection.connection is not None
        try:
            return read_stamp()
        except (OperationalError, InterfaceError):
            connection.close()
            if not had_connection:
                raise
            return read_stamp()


def service_unavailable(request: HttpRequest) -> HttpResponse:
    """Return a 503 that says when to try again (RFC 9110, 15.6.4), without the database."""
    if is_api(request):
        response = HttpResponse(
            '{"type": "about:blank", "title": "Service Unavailable", "status": 503, '
            '"detail": "The database cannot be reached. Try again in a few seconds."}',
            content_type="application/problem+json",
            status=503,
        )
        response.headers["Access-Control-Allow-Origin"] = "*"
    else:
        response = HttpResponse(loader.get_template("503.html").render(), status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response
