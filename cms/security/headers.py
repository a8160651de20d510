"""The security headers of every answer, whoever made it."""

from collections.abc import Callable
from mimetypes import guess_type

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.security import SecurityMiddleware

from cms.addresses import is_staff_path
from cms.settings.policies import Policy

type GetResponse = Callable[[HttpRequest], HttpResponse]

# Partner sites load them, and keep them: a 304 has no content type to go by.
_SHARED_PREFIXES = ("/embed/",)
_SHARED_ENDINGS = (".ics", ".atom")
_UPLOADED_PREFIXES = (settings.MEDIA_URL, "/documents/")
_DATA_PREFIXES = ("/api/v2/", "/-/")
# They are pages below an address of data.
_PAGES = ("/api/v2/reference/",)
SAFE_TYPE = "application/octet-stream"


class HeadersMiddleware:
    """Chooses the policy by what is asked for, and adds what Django has no setting for.

    Stands outside everything that answers by itself: probes, the API's errors, 304s and kept
    answers, static files, redirects, refused hosts. Inside it Django's SecurityMiddleware still
    redirects to https; its headers are added here, because not every answer passes it. Django's
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
        response = self.get_response(request)
        uploaded = _is_uploaded_file(request, response)
        if uploaded:
            _disarm(response)
        if not hasattr(response, "_csp_config"):
            response._csp_config = _policy(request, uploaded=uploaded)  # type: ignore[attr-defined]
        response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        response.headers.setdefault("Permissions-Policy", self.permissions)
        response.headers.setdefault(
            "Cross-Origin-Resource-Policy",
            "cross-origin" if _is_for_other_sites(request, response) else "same-origin",
        )
        if is_staff_path(request.path_info):
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
        secured: HttpResponse = self.secure(request, response)
        return secured


def _policy(request: HttpRequest, *, uploaded: bool) -> Policy:
    """Return the policy of an answer.

    It depends on the address alone as far as it can: a 304 has no content, and what it says about
    the policy replaces what the browser had kept.
    """
    path = request.path_info
    if uploaded:
        return settings.UPLOADED_CSP
    if is_staff_path(path):
        return settings.ADMIN_CSP
    if path.startswith(_DATA_PREFIXES) and not path.startswith(_PAGES):
        return settings.DATA_CSP
    return settings.SECURE_CSP


def _is_uploaded_file(request: HttpRequest, response: HttpResponse) -> bool:
    """Return whether an answer is, or confirms, a file that somebody uploaded.

    The form that asks for a document's password has the document's address.
    """
    return request.path_info.startswith(_UPLOADED_PREFIXES) and (
        response.status_code == 304
        or "Content-Disposition" in response.headers
        or (response.status_code in (200, 206) and response.streaming)
    )


def _disarm(response: HttpResponse) -> None:
    """Make sure that a file is taken for nothing that a browser would run."""
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    is_image = kind.startswith("image/") and kind != "image/svg+xml"
    if kind and not is_image and kind not in settings.WAGTAILDOCS_CONTENT_TYPES.values():
        response.headers["Content-Type"] = SAFE_TYPE
    # Wagtail's own policy for documents has no sandbox.
    response.headers.pop("Content-Security-Policy", None)


def _is_for_other_sites(request: HttpRequest, response: HttpResponse) -> bool:
    """Return whether partner sites may show an answer: data, files and pictures, never pages."""
    path = request.path_info
    return (
        "Access-Control-Allow-Origin" in response.headers
        or path.startswith(_UPLOADED_PREFIXES + _SHARED_PREFIXES)
        or path.endswith(_SHARED_ENDINGS)
        or (guess_type(path)[0] or "").startswith("image/")
    )
