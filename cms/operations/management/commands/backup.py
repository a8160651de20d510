"""`make backup`: the database and the uploaded files, in one directory."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from cms.operations.backups import MEDIA, back_up


class Command(BaseCommand):
    """Write a backup while the site runs."""

    help = "Writes a backup of the database and the uploaded files. The site goes on running."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--to", type=Path, default=settings.VAR_DIR / "backups", help="Default: var/backups."
        )

    def handle(self, *args: Any, to: Path, **options: Any) -> None:
        backup = back_up(to)
        self.stdout.write(str(backup))
        if not (backup / MEDIA).exists():
            self.stderr.write("Uploaded files are in an object store, and not in this backup.")
