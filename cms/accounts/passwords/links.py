"""Links that let the owner of an account set a password once."""

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse

from cms.models import User


def password_link(key: str) -> str:
    """Return the address at which `key`, “uid-token”, sets a password."""
    uid, _, token = key.partition("-")
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"


def new_password_link(user: User) -> str:
    """Return a new link; it lasts for PASSWORD_RESET_TIMEOUT or until it is used."""
    token = default_token_generator.make_token(user)
    return password_link(f"{user_pk_to_url_str(user)}-{token}")
