"""Decides for each request of somebody who is signed in whether it goes on."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.accounts import second_factor, sessions
from cms.accounts.interruptions import refusals
from cms.publishing.http.database_fallback import outage, service_unavailable

# What one needs in order to set a factor up, or to leave.
ALLOWED_WITHOUT_FACTOR = frozenset(
    {
        "account_login",
        "cms_whose_session",
        "account_logout",
        "account_reauthenticate",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_sprite",
    }
)


class AdmissionMiddleware:
    """Ends sessions that are too old, and asks for a second factor where one is required.

    Whoever is to sign in, and has sent something, finds it again.

    Visitors have no session cookie: for them nothing is read and nothing is set.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer `request`."""
        response = self.get_response(request)
        if request.method == "POST" and _is_way_to_sign_in(response) and refusals.sent(request):
            return refusals.not_let_in(request)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Return a response in the view's place, or None where the view may answer."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        try:
            if request.user.is_authenticated:
                sessions.age(request, is_used=not _is_asked_by_itself(request))
            if _lacks_factor(request):
                messages.warning(
                    request, _("Your account needs a second factor. Add one to go on.")
                )
                return redirect("mfa_index")
        except Error as error:
            if reason := outage(error):
                return service_unavailable(request, reason)
            raise
        return None


def _is_asked_by_itself(request: HttpRequest) -> bool:
    """Return whether an open form asks who is signed in, with nobody at the keyboard perhaps."""
    match = request.resolver_match
    return match is not None and match.url_name == "cms_whose_session"


def _is_way_to_sign_in(response: HttpResponse) -> bool:
    target = response.headers.get("Location", "")
    return target.startswith(f"{reverse(settings.LOGIN_URL)}?next=")


def _lacks_factor(request: HttpRequest) -> bool:
    match = request.resolver_match
    if match is None or match.url_name in ALLOWED_WITHOUT_FACTOR:
        return False
    if not request.path.startswith(reverse("wagtailadmin_home")):
        return False
    return second_factor.is_lacking(request)
