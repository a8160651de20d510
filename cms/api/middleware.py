"""What every response under /api/ has, whoever made it: CORS headers, and errors as problems."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from cms.api.problems import CONTENT_TYPE, problem_response
from cms.publishing.http.requests import is_api

# Anyone's scripts may read, without credentials: nothing here depends on who asks.
CORS_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Link, Retry-After, Deprecation, Sunset",
}
PREFLIGHT_HEADERS = {
    "Allow": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}
# Pages about the API are for people, not for other sites' scripts. Told by their addresses: a 304
# has no content type, and must not let a cache add to a page what the page came without.
_PAGES = frozenset({"/api/", "/api/v2/reference/"})
_DETAILS = {
    400: "The request cannot be understood.",
    404: "There is nothing public at this address.",
    500: "Something went wrong here. It has been noted.",
}


class ApiMiddleware:
    """Stands before everything else, so that a 304, a kept response and an error have it too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer `request`."""
        if not is_api(request):
            return self.get_response(request)
        if request.method == "OPTIONS":
            response = HttpResponse(status=204, headers=PREFLIGHT_HEADERS)
            # Django gives every response a type, and this one has no content.
            del response.headers["Content-Type"]
        else:
            response = _as_problem(self.get_response(request))
        is_page = request.path_info in _PAGES and response.status_code < 400
        if not is_page:
            for name, value in CORS_HEADERS.items():
                response.headers[name] = value
        return response


def _as_problem(response: HttpResponse) -> HttpResponse:
    """Return an error that Django made as a problem; everything else as it is."""
    is_error = response.status_code >= 400
    if not is_error or settings.DEBUG or response.headers.get("Content-Type") == CONTENT_TYPE:
        return response
    status = response.status_code
    return problem_response(status, _DETAILS.get(status, response.reason_phrase))
