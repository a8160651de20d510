"""`manage.py export_user_data USERNAME`: all that is stored about somebody (GDPR, article 15)."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.core.serializers.json import DjangoJSONEncoder

from cms.accounts.management.lookup import find_account
from cms.accounts.personal_data.export import export


class Command(BaseCommand):
    """Prints JSON to standard output."""

    help = "Print all that is stored about the owner of an account, as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        data = export(find_account(username))
        self.stdout.write(json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
