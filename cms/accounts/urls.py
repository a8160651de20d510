"""Addresses for people who are not signed in yet; they stand before Wagtail's own.

The pages for people who are signed in are in `cms.accounts.wagtail_hooks`, so that Wagtail
asks for access to the admin, and speaks the person's language.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as socialaccount
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.urls import path, re_path

from cms.accounts.interruptions.session import whose_session
from cms.accounts.sso import id_tokens
from cms.accounts.views import LoginView, answered

urlpatterns = [
    path("login/", LoginView.as_view(), name="account_login"),
    path("login/second-factor/", mfa.authenticate, name="mfa_authenticate"),
    path("login/passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("login/session/", whose_session, name="cms_whose_session"),
    path("login/cancelled/", socialaccount.login_cancelled, name="socialaccount_login_cancelled"),
    path("login/failed/", socialaccount.login_error, name="socialaccount_login_error"),
    path(
        "oidc/<str:provider_id>/login/",
        answered(openid_connect.login),
        name="openid_connect_login",
    ),
    path(
        "oidc/<str:provider_id>/login/callback/",
        answered(id_tokens.callback),
        name="openid_connect_callback",
    ),
    path("logout/", account.logout, name="account_logout"),
    path("password_reset/", account.password_reset, name="account_reset_password"),
    path("password_reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "password_reset/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password_reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
