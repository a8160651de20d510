"""What allauth asks of the site: messages, mail, addresses, secrets."""

import base64
import hashlib
import logging
from smtplib import SMTPException
from typing import Any, Never

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.encoding import force_bytes
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.accounts import devices, second_factor
from cms.accounts.passwords.links import password_link
from cms.models import User
from cms.publishing.http.client_address import client_address

logger = logging.getLogger(__name__)


def refuse(request: HttpRequest, reason: str) -> Never:
    """Show the login page with `reason`; raises what allauth takes for a response."""
    messages.error(request, reason)
    raise ImmediateHttpResponse(redirect("account_login"))


class AccountAdapter(DefaultAccountAdapter):
    """Signing in with what administrators have made: no registration, no address book."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": gettext_lazy(
            "Your username and password did not match. Please try again."
        ),
        "too_many_login_attempts": gettext_lazy(
            "Too many attempts. Wait five minutes, then try again."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: administrators make the accounts."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address that the outermost proxy of ours saw."""
        return client_address(request)

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Refuse who could do nothing: an account without access has no use for a session."""
        if not user.is_active or not user.has_perm("wagtailadmin.access_admin"):
            refuse(request, _("Your account has no access here. Ask an administrator."))
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Write to the owner of the account where the browser is new."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if not devices.is_known(request, user):
            self.send_notification_mail("account/email/new_sign_in", user)
        devices.remember(request, response, user)
        return response

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Write to `email`, or to the account's one address, if it has one."""
        address = email or user.email
        if address:
            super().send_notification_mail(template_prefix, user, context, address)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send, or log why it could not be: a mail server that is away keeps nobody out."""
        named = context | {"site_name": settings.WAGTAIL_SITE_NAME}
        try:
            super().send_mail(template_prefix, email, named)
        except (OSError, SMTPException):
            logger.exception("Mail was not sent: %s", template_prefix)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the link under the site's own address, whatever host was asked for."""
        return password_link(key)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Factors whose secrets are encrypted, and that cannot be given up where required."""

    def encrypt(self, text: str) -> str:
        """Return `text` encrypted: neither a backup nor a read of the table gives it away."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return what `encrypt` was given, under this SECRET_KEY or an earlier one."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Return False for the last factor of somebody who must have one."""
        others = Authenticator.objects.filter(user=authenticator.user).exclude(
            type=Authenticator.Type.RECOVERY_CODES
        )
        is_last = not others.exclude(pk=authenticator.pk).exists()
        return not (is_last and second_factor.is_required(authenticator.user))


def _cipher() -> MultiFernet:
    return MultiFernet(
        [_fernet(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    )


def _fernet(secret: str | bytes) -> Fernet:
    digest = hashlib.sha256(b"second factor" + force_bytes(secret)).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
