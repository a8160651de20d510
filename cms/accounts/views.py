"""The pages of signing in that differ from allauth's."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account_views
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from requests import RequestException
from wagtail.log_actions import log

from cms.accounts.sessions import end_sessions
from cms.models import User

logger = logging.getLogger(__name__)


def answered(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wrap a view of single sign-on: a provider that is away or talks nonsense is said in words."""

    @wraps(view)
    def patient(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (RequestException, OAuth2Error, KeyError, TypeError):
            logger.exception("The OpenID provider gave no answer that can be used.")
            return render(request, "socialaccount/authentication_error.html", status=502)

    return patient


class LoginView(account_views.LoginView):
    """Name and password, a passkey, or single sign-on."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let go whoever is signed in and has lost all access: they may be somebody else too."""
        user = request.user
        if user.is_authenticated and not user.has_perm("wagtailadmin.access_admin"):
            logout(request)
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the form again, as 429 where it was the one attempt too many."""
        response: HttpResponse = super().form_invalid(form)
        if form.was_throttled:
            response.status_code = 429
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the template needs besides the form."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "next": context["redirect_field_value"],
            "providers": get_adapter().list_providers(self.request),
        }


class PasswordChangeView(account_views.PasswordChangeView):
    """Changes a password; whoever signs in elsewhere has none to change."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Turn away accounts without a password."""
        if request.user.is_authenticated and not request.user.has_usable_password():
            return redirect("wagtailadmin_account")
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response


class EndSessionsView(TemplateView):
    """Ends every session of an account: one's own except this one, or somebody else's."""

    template_name = "cms/admin/end_sessions.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Raise PermissionDenied where one may not change the account."""
        self.account = get_object_or_404(User, pk=kwargs.get("pk", request.user.pk))
        if not may_end_sessions(request.user, self.account):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return whose sessions it is about."""
        return super().get_context_data(**kwargs) | {"account": self.account}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """End the sessions."""
        own = self.account == request.user
        end_sessions(self.account, keep=request if own else None)
        log(self.account, "cms.sessions_end", user=request.user)
        if own:
            messages.success(request, _("You have been signed out everywhere else."))
            return redirect("wagtailadmin_account")
        messages.success(
            request, _("“%(user)s” has been signed out everywhere.") % {"user": self.account}
        )
        return redirect("wagtailusers_users:index")


def may_end_sessions(user: User | AnonymousUser, account: User) -> bool:
    """Return whether `user` may end the sessions of `account`."""
    if user == account:
        return True
    return user.has_perm("cms.change_user") and (user.is_superuser or not account.is_superuser)
