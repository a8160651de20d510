"""What follows from signing in, and from a change of password."""

from collections.abc import Iterable
from typing import Any

from allauth.account import signals as account_signals
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa import signals as mfa_signals
from allauth.socialaccount.models import SocialLogin
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import pre_save
from django.http import HttpRequest
from wagtail.log_actions import log

from cms.accounts import second_factor, sessions
from cms.accounts.sso import provider
from cms.models import User


def connect() -> None:
    """Listen to Django and allauth."""
    pre_save.connect(_tell_the_old_address, sender=User)
    user_logged_in.connect(_begin_session)
    account_signals.user_logged_in.connect(_trust_single_sign_on)
    account_signals.password_changed.connect(_log_password)
    account_signals.password_reset.connect(_log_password)
    mfa_signals.authenticator_used.connect(_note_factor)


def _tell_the_old_address(
    instance: User, update_fields: Iterable[str] | None = None, **kwargs: Any
) -> None:
    """Write to the address that is being replaced: links to set a password go to the new one."""
    if context.request is None or (update_fields is not None and "email" not in update_fields):
        return
    old = User.objects.filter(pk=instance.pk).values_list("email", flat=True).first()
    if old and old != instance.email:
        said = {"from_email": old, "to_email": instance.email}
        get_adapter().send_notification_mail("account/email/email_changed", instance, said, old)


def _begin_session(request: HttpRequest, **kwargs: Any) -> None:
    sessions.begin(request)


def _trust_single_sign_on(
    request: HttpRequest, user: User, sociallogin: SocialLogin | None = None, **kwargs: Any
) -> None:
    if sociallogin is not None and provider.had_second_factor(sociallogin):
        second_factor.note(request, user)


def _log_password(user: User, **kwargs: Any) -> None:
    log(user, "cms.password_change", user=user)


def _note_factor(request: HttpRequest, user: User, **kwargs: Any) -> None:
    second_factor.note(request, user)
