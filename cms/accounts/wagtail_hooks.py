"""What signing in adds to the admin: pages for one's own account, and entries in its log."""

from collections.abc import Iterator
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as socialaccount
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin.views.account import BaseSettingsPanel
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.users.models import UserProfile

from cms.accounts.second_factor import changes_factors
from cms.accounts.views import EndSessionsView, PasswordChangeView, may_end_sessions
from cms.models import User


@hooks.register("register_admin_urls")
def account_urls() -> list[URLPattern | URLResolver]:
    """The pages on which people look after their own account."""
    keys = [
        path("", webauthn.list_webauthn, name="mfa_list_webauthn"),
        path("add/", changes_factors(webauthn.add_webauthn), name="mfa_add_webauthn"),
        path(
            "<int:pk>/remove/",
            changes_factors(webauthn.remove_webauthn),
            name="mfa_remove_webauthn",
        ),
        path("<int:pk>/edit/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    ]
    codes = [
        path("", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
        path(
            "generate/",
            changes_factors(recovery_codes.generate_recovery_codes),
            name="mfa_generate_recovery_codes",
        ),
        path(
            "download/",
            recovery_codes.download_recovery_codes,
            name="mfa_download_recovery_codes",
        ),
    ]
    factors = [
        path("", mfa.index, name="mfa_index"),
        path("confirm/", mfa.reauthenticate, name="mfa_reauthenticate"),
        path("confirm/key/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
        path("app/activate/", changes_factors(totp.activate_totp), name="mfa_activate_totp"),
        path("app/deactivate/", changes_factors(totp.deactivate_totp), name="mfa_deactivate_totp"),
        path("recovery-codes/", include(codes)),
        path("keys/", include(keys)),
    ]
    return [
        path("account/confirm/", account.reauthenticate, name="account_reauthenticate"),
        path("account/password/", PasswordChangeView.as_view(), name="account_change_password"),
        path("account/second-factor/", include(factors)),
        path("account/connected/", socialaccount.connections, name="socialaccount_connections"),
        path(
            "account/signed-in/",
            TemplateView.as_view(template_name="cms/admin/signed_in.html"),
            name="cms_signed_in",
        ),
        path("account/sign-out/", EndSessionsView.as_view(), name="cms_end_own_sessions"),
        path("users/<int:pk>/sign-out/", EndSessionsView.as_view(), name="cms_end_sessions"),
    ]


class SignInPanel(BaseSettingsPanel):
    """Password, second factors, connected accounts and sessions, on Wagtail's account page."""

    name = "signing_in"
    title = _("Signing in")
    order = 200
    template_name = "cms/admin/sign_in_panel.html"

    def get_form(self) -> forms.Form:
        """Return a form without fields: the panel has links and a button."""
        return forms.Form()

    def get_context_data(self) -> dict[str, Any]:
        """Return what the panel shows."""
        return super().get_context_data() | {
            "user": self.user,
            "single_sign_on": bool(settings.SINGLE_SIGN_ON),
        }


@hooks.register("register_account_settings_panel")
def sign_in_panel(request: HttpRequest, user: User, profile: UserProfile) -> SignInPanel:
    """Add the panel to the account page."""
    return SignInPanel(request, user, profile)


@hooks.register("register_user_listing_buttons")
def sign_out_button(user: User, request_user: User) -> Iterator[Button]:
    """Let administrators end somebody's sessions."""
    if user != request_user and may_end_sessions(request_user, user):
        yield Button(
            _("Sign out everywhere"),
            reverse("cms_end_sessions", args=[user.pk]),
            icon_name="logout",
            priority=40,
        )


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """Name the entries of the audit log."""
    for action, label in (
        ("cms.password_change", _("Change password")),
        ("cms.factor_add", _("Add second factor")),
        ("cms.factor_remove", _("Remove second factor")),
        ("cms.sessions_end", _("End sessions")),
        ("cms.groups_follow", _("Take over groups from single sign-on")),
        ("cms.login_reset", _("Reset login")),
        ("cms.account_erase", _("Erase account")),
    ):
        actions.register_action(action, label, label)
