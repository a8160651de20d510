"""An id for each request, the same in every line of the log, in its response and at the proxy."""

import re
from collections.abc import Callable
from uuid import uuid4

import structlog
from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
_META = "HTTP_X_REQUEST_ID"
_SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")


class RequestIdMiddleware:
    """Takes the id that a proxy has given, if it is one, or makes one, and sends it back.

    Stands outside the page cache, whose entries never hold it. django-structlog's middleware
    stands inside and binds it to the log.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer `request`."""
        sent = request.META.get(_META, "")
        request_id = sent if _SANE.fullmatch(sent) else uuid4().hex
        request.META[_META] = request_id
        # A preview is a request within a request: afterwards the outer one's id counts again.
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
        response.headers[HEADER] = request_id
        return response
