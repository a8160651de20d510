"""Finds the account a command is about."""

from django.core.management.base import CommandError

from cms.models import User


def find_account(username: str) -> User:
    """Return the account called `username`; raise CommandError where there is none."""
    user = User.objects.filter(username=username).first()
    if user is None:
        raise CommandError(f"There is no account “{username}”.")
    return user
