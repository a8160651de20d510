"""What every view of the API shares: JSON or a problem, for everyone alike."""

from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import resolve
from django.utils.encoding import iri_to_uri
from rest_framework.exceptions import APIException, MethodNotAllowed, NotAcceptable, Throttled
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.views import APIView

from cms.api.problems import Problem, problem_response
from cms.api.throttling import AddressThrottle
from cms.publishing.http.requests import accepts_json


class JsonOnly(BaseContentNegotiation):
    """Takes a request that accepts JSON in any way, as the page cache's key understands it."""

    def select_parser(self, request: Any, parsers: Any) -> Any:
        return None

    def select_renderer(
        self, request: Any, renderers: list[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """Return the only renderer there is, or raise NotAcceptable."""
        if not accepts_json(request):
            raise NotAcceptable
        return renderers[0], "application/json"


class ApiView(APIView):
    """A view that knows nobody, counts requests by address and says what is wrong in RFC 9457."""

    authentication_classes: list[Any] = []
    permission_classes: list[Any] = []
    throttle_classes = [AddressThrottle]
    renderer_classes = [JSONRenderer]
    content_negotiation_class = JsonOnly

    def handle_exception(self, exc: Exception) -> HttpResponse:
        """Return the response for what went wrong; let what nobody foresaw through."""
        if isinstance(exc, Http404):
            return problem_response(404, "There is nothing public at this address.")
        if isinstance(exc, SuspiciousOperation):
            return problem_response(400, "The request cannot be understood.")
        if not isinstance(exc, APIException):
            raise exc
        return _problem_of(exc)


class NothingHere(ApiView):
    """Every address of the API that leads nowhere; one that only lacks its last slash redirects."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method in ("GET", "HEAD") and _needs_slash(request.path_info):
            query = request.META.get("QUERY_STRING", "")
            location = iri_to_uri(f"{request.path}/{'?' if query else ''}{query}")
            return HttpResponsePermanentRedirect(location)
        return self.handle_exception(Http404())


def _needs_slash(path: str) -> bool:
    if path.endswith("/"):
        return False
    view = resolve(f"{path}/").func
    return getattr(view, "view_class", None) is not NothingHere


def _problem_of(exc: APIException) -> HttpResponse:
    if isinstance(exc, Problem):
        return problem_response(exc.status_code, str(exc.detail), **exc.members)
    if isinstance(exc, MethodNotAllowed):
        methods = "GET, HEAD, OPTIONS"
        response = problem_response(405, f"Only these methods are allowed: {methods}.")
        response.headers["Allow"] = methods
        return response
    if isinstance(exc, NotAcceptable):
        detail = "The answer is JSON. Accept “application/json” or leave the header out."
        return problem_response(406, detail, accepted="application/json")
    if isinstance(exc, Throttled):
        wait = int(exc.wait or 1)
        response = problem_response(
            429,
            f"Too many requests from your address. Go on in {wait} seconds, and send "
            "If-None-Match: an answer that has not changed is not counted.",
        )
        response.headers["Retry-After"] = str(wait)
        return response
    return problem_response(exc.status_code, str(exc.detail))
