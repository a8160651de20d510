"""`manage.py erase_user USERNAME`: makes an account nobody's (GDPR, article 17)."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.accounts.management.lookup import find_account
from cms.accounts.personal_data.erasure import LastAdministratorError, erase


class Command(BaseCommand):
    """Anonymises; pages, versions, comments and the log keep who did what as “erased-7”."""

    help = (
        "Take name, address, factors, settings and rights away from an account and switch it "
        "off. What it wrote stays, under a name that says nothing. It cannot be undone."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--yes", action="store_true", help="Do it without asking.")

    def handle(self, *args: Any, username: str, yes: bool, **options: Any) -> None:
        user = find_account(username)
        if not yes and input(f"Type “{username}” to erase this account for good: ") != username:
            raise CommandError("Nothing was erased.")
        try:
            erase(user)
        except LastAdministratorError:
            raise CommandError(
                f"“{username}” is the only administrator. Make another one first."
            ) from None
        self.stdout.write(f"The account is erased; what it wrote is by “{user.username}” now.")
