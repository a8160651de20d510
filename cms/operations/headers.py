"""The security headers of every response, whoever made it."""

from collections.abc import Callable, Iterable
from mimetypes import guess_type

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csp import get_nonce
from django.middleware.security import SecurityMiddleware
from django.views.decorators.csp import csp_override

from cms.operations.policies import Policy
from cms.pages.reserved_addresses import is_staff_path
from cms.publishing.http.requests import is_api
from cms.upstream.admin.inline_scripts import marked_with

type GetResponse = Callable[[HttpRequest], HttpResponse]

_UPLOADED_PREFIXES = (settings.MEDIA_URL, "/documents/")
SAFE_TYPE = "application/octet-stream"

_POLICY = "Content-Security-Policy"
_SHARING = "Cross-Origin-Resource-Policy"
# They speak of windows, frames, devices and links, which pages have and nothing else has.
OF_PAGES = frozenset(
    {"Cross-Origin-Opener-Policy", "Permissions-Policy", "Referrer-Policy", "X-Frame-Options"}
)
# They speak of content, and whoever is told that theirs is current has them with it.
OF_CONTENT = OF_PAGES | {
    # Of the content that the 304 does not have (RFC 9110, 8.6); Django says 0.
    "Content-Length",
    _POLICY,
    "Strict-Transport-Security",
    "X-Content-Type-Options",
    "X-Robots-Tag",
}


class HeadersMiddleware:
    """Chooses the headers by what is sent, and adds those that Django has no setting for.

    Pages have all of them; data and files those that say what they are taken for and who may load
    them; a 304 none, because a cache would put them in the place of those that it keeps with the
    content. Nothing else decides about them: what others have set and does not belong is removed.

    Stands outside everything that answers by itself: probes, the API's errors, 304s and kept
    responses, static files, redirects, refused hosts. Inside it Django's SecurityMiddleware still
    redirects to https; its headers are added here, because not every response passes it. Django's
    ContentSecurityPolicyMiddleware stands outside and writes down the policy that is chosen here.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.secure = SecurityMiddleware(get_response).process_response
        self.permissions = ", ".join(
            f"{feature}={who}" for feature, who in settings.PERMISSIONS_POLICY.items()
        )

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer `request`."""
        with marked_with(get_nonce(request)):
            response = self.get_response(request)
        is_shared = _is_for_other_sites(request, response)
        if response.status_code == 304:
            _without(response, OF_CONTENT)
            _set_policy(response, {})
            # A browser may look here whether a page of another site may show the picture that it
            # keeps, or run the script. What the API sends is read by scripts alone (CORS).
            if is_shared and not is_api(request):
                response.headers[_SHARING] = "cross-origin"
            return response
        is_uploaded = _is_uploaded_file(request, response)
        if is_uploaded:
            _disarm(response)
        response.headers.setdefault(_SHARING, "cross-origin" if is_shared else "same-origin")
        if is_staff_path(request.path_info):
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response = self.secure(request, response)
        if _is_page(response):
            is_staff = is_staff_path(request.path_info)
            _set_policy(response, settings.ADMIN_CSP if is_staff else settings.SECURE_CSP)
            response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
            response.headers.setdefault("Permissions-Policy", self.permissions)
        else:
            _without(response, OF_PAGES)
            _set_policy(response, settings.UPLOADED_CSP if is_uploaded else settings.DATA_CSP)
        return response


def _is_page(response: HttpResponse) -> bool:
    """Return whether a browser would make a page of a response, with links and frames in it."""
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return kind in {"text/html", "application/xhtml+xml"}


def _without(response: HttpResponse, names: Iterable[str]) -> None:
    for name in names:
        response.headers.pop(name, None)


def _set_policy(response: HttpResponse, policy: Policy) -> None:
    """Have `policy` written down, and nothing where it is empty."""
    # Django's types know no directives without a value.
    csp_override(policy)(lambda _request: response)(None)  # type: ignore[arg-type]


def _is_uploaded_file(request: HttpRequest, response: HttpResponse) -> bool:
    """Return whether a response is a file that somebody uploaded.

    The form that asks for a document's password has the document's address.
    """
    return request.path_info.startswith(_UPLOADED_PREFIXES) and (
        "Content-Disposition" in response.headers
        or (response.status_code in (200, 206) and response.streaming)
    )


def _disarm(response: HttpResponse) -> None:
    """Make sure that a file is taken for nothing that a browser would run."""
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    is_image = kind.startswith("image/") and kind != "image/svg+xml"
    if kind and not is_image and kind not in settings.WAGTAILDOCS_CONTENT_TYPES.values():
        response.headers["Content-Type"] = SAFE_TYPE
    # Wagtail's own policy for documents has no sandbox.
    response.headers.pop(_POLICY, None)


def _is_for_other_sites(request: HttpRequest, response: HttpResponse) -> bool:
    """Return whether partner sites may show a response: data, files and pictures, never pages.

    Data and the widget are those whose responses, 304s too, scripts of any site may read
    (`is_for_programs`).
    """
    path = request.path_info
    return (
        "Access-Control-Allow-Origin" in response.headers
        or path.startswith(_UPLOADED_PREFIXES)
        or (guess_type(path)[0] or "").startswith("image/")
    )
