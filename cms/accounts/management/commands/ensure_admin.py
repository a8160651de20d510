"""`manage.py ensure_admin`: a site without an administrator gets its first one."""

import os
import secrets
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cms.models import User


class Command(BaseCommand):
    """Creates a superuser where there is none; never changes or adds to those that exist."""

    help = (
        "Create the first administrator. Name, password and address come from ADMIN_USERNAME, "
        "ADMIN_PASSWORD and ADMIN_EMAIL; without a password one is generated and printed once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--username", default=os.environ.get("ADMIN_USERNAME") or "admin")
        parser.add_argument("--email", default=os.environ.get("ADMIN_EMAIL", ""))

    @transaction.atomic
    def handle(self, *args: Any, username: str, email: str, **options: Any) -> None:
        if User.objects.filter(is_superuser=True).exists():
            if options["verbosity"] > 1:
                self.stdout.write("An administrator exists already.")
            return
        if User.objects.filter(username=username).exists():
            raise CommandError(
                f"The user “{username}” exists and is no administrator; choose another name."
            )
        given = os.environ.get("ADMIN_PASSWORD")
        # No option takes it: the process list would show it to other users of the machine.
        password = given or secrets.token_urlsafe(15)
        user = User(username=username, email=email, is_staff=True, is_superuser=True)
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError(f"ADMIN_PASSWORD will not do. {' '.join(error.messages)}") from None
        user.set_password(password)
        user.save()
        if given:
            self.stdout.write(
                f"Created the administrator “{username}” with the password from ADMIN_PASSWORD."
            )
        else:
            self.stdout.write(
                f"Created the administrator “{username}” with the password {password}"
            )
            self.stdout.write("Note it now: it is not shown again.")
