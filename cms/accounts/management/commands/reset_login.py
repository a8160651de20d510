"""`manage.py reset_login USERNAME`: lets somebody back in who has lost everything."""

from argparse import ArgumentParser
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand
from django.db import transaction
from wagtail.log_actions import log

from cms.accounts.management.lookup import find_account
from cms.accounts.passwords.links import new_password_link
from cms.accounts.sessions import end_sessions


class Command(BaseCommand):
    """Removes the factors, ends the sessions and prints a link; notes all of it in the log."""

    help = (
        "Remove all second factors of an account, end its sessions, and print a link that sets "
        "a new password once. Make sure that it is the right person who gets it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        with transaction.atomic():
            user = find_account(username)
            removed, _ = Authenticator.objects.filter(user=user).delete()
            if not user.is_active:
                self.stderr.write("The account is switched off: the link alone lets nobody in.")
            # The old password may be what was lost.
            user.set_unusable_password()
            user.save(update_fields=["password"])
            end_sessions(user)
            log(user, "cms.login_reset", data={"factors": removed})
        self.stdout.write(
            f"{removed} factors of “{username}” are removed and all its sessions ended.\n"
            f"For one hour, this sets a new password, once:\n{new_password_link(user)}"
        )
