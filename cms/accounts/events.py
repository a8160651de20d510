"""What follows from signing in, and from a change of password."""

from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as mfa_signals
from allauth.socialaccount.models import SocialLogin
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from wagtail.log_actions import log

from cms.accounts import second_factor, sessions, single_sign_on
from cms.models import User


def connect() -> None:
    """Listen to Django and allauth."""
    user_logged_in.connect(_begin_session)
    account_signals.user_logged_in.connect(_trust_single_sign_on)
    account_signals.password_changed.connect(_log_password)
    account_signals.password_reset.connect(_log_password)
    mfa_signals.authenticator_used.connect(_note_factor)


def _begin_session(request: HttpRequest, **kwargs: Any) -> None:
    sessions.begin(request)


def _trust_single_sign_on(
    request: HttpRequest, user: User, sociallogin: SocialLogin | None = None, **kwargs: Any
) -> None:
    if sociallogin is not None and single_sign_on.had_second_factor(sociallogin):
        second_factor.note(request, user)


def _log_password(user: User, **kwargs: Any) -> None:
    log(user, "cms.password_change", user=user)


def _note_factor(request: HttpRequest, user: User, **kwargs: Any) -> None:
    second_factor.note(request, user)
