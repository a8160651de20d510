"""The account of somebody who works in the admin."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):  # type: ignore[django-manager-missing]  # Wagtail is untyped.
    """A member of staff. Django's user, in a table of our own so that it can grow."""
