"""How much anybody may send at once."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cms.api.problems import problem_response
from cms.publishing.http.requests import is_api


class BodyLimitMiddleware:
    """Refuses a request that announces more than MAX_REQUEST_BYTES before any of it is read.

    Each upload form has a lower limit of its own and says so at its field; this one keeps a
    stranger from filling the disk with what no form would take. (A body of unannounced length is
    not read at all: Django reads as much as Content-Length says.)
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer `request`, with 413 (RFC 9110, 15.5.14) where it is too large."""
        if _content_length(request) <= settings.MAX_REQUEST_BYTES:
            return self.get_response(request)
        megabytes = settings.MAX_REQUEST_BYTES // 1024 // 1024
        message = _("This is too large. The limit is %(limit)s MB for everything sent at once.")
        text = message % {"limit": megabytes}
        if is_api(request):
            response = problem_response(413, text)
        else:
            response = HttpResponse(text, status=413, content_type="text/plain; charset=utf-8")
            response.headers["Cache-Control"] = "no-store"
        # The rest of it is on its way, and is not the next request.
        response.headers["Connection"] = "close"
        return response


def _content_length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
