"""The account of somebody who works in the admin."""

from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.crypto import salted_hmac


class User(AbstractUser):  # type: ignore[django-manager-missing]  # Wagtail is untyped.
    """A member of staff. Django's user, in a table of our own so that it can grow.

    A session holds a hash of the password and of `session_generation`: counting up ends all
    sessions of the account at once, also where single sign-on leaves no password to change.
    """

    session_generation = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    def get_session_auth_hash(self) -> str:
        """Return what a session must hold to be this account's."""
        return self._session_hash(settings.SECRET_KEY)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Yield the same under each earlier SECRET_KEY."""
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._session_hash(secret)

    def _session_hash(self, secret: str | bytes) -> str:
        value = f"{self.password}|{self.session_generation}"
        return salted_hmac("cms.models.User", value, secret=secret, algorithm="sha256").hexdigest()
