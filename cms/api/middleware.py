"""What responses to other sites' programs have: CORS headers, and in /api/ errors as problems."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from cms.api.problems import CONTENT_TYPE, problem_response
from cms.publishing.http.requests import is_api, is_for_programs

# Anyone's scripts may read, without credentials: nothing here depends on who asks.
CORS_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Link, Retry-After, Deprecation, Sunset",
}
# Nobody pages through a calendar, and a 304 is to be small.
_CORS_OF_FILES = {"Access-Control-Allow-Origin": "*"}
PREFLIGHT_HEADERS = {
    "Allow": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}
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
        if request.method == "OPTIONS" and (is_api(request) or is_for_programs(request)):
            response = HttpResponse(status=204, headers=PREFLIGHT_HEADERS)
            # Django gives every response a type, and this one has no content.
            del response.headers["Content-Type"]
        else:
            response = self.get_response(request)
        is_error = is_api(request) and response.status_code >= 400
        if is_error:
            response = _as_problem(response)
        if is_error or is_for_programs(request):
            cors = CORS_HEADERS if is_api(request) else _CORS_OF_FILES
            for name, value in cors.items():
                response.headers[name] = value
        return response


def _as_problem(response: HttpResponse) -> HttpResponse:
    """Return an error that Django made as a problem."""
    if settings.DEBUG or response.headers.get("Content-Type") == CONTENT_TYPE:
        return response
    status = response.status_code
    problem = problem_response(status, _DETAILS.get(status, response.reason_phrase))
    if "Allow" in response.headers:
        problem.headers["Allow"] = response.headers["Allow"]
    return problem
