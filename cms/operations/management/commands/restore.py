"""`make restore`: a backup in the place of what is there."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.cache import caches
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from cms.operations.backups import check, restore
from cms.publishing.log import skip_numbers


class Command(BaseCommand):
    """Restore a backup, bring it up to this release, and tell everyone outside."""

    help = (
        "Replaces the database and the uploaded files by those of a backup. Stop the web servers "
        "and the scheduler first, or let nobody edit."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("backup", type=Path, help="The directory that `backup` has named.")
        parser.add_argument("--yes", action="store_true", help="Do it, without asking.")

    def handle(self, *args: Any, backup: Path, yes: bool, **options: Any) -> None:
        manifest = check(backup)
        if not yes:
            raise CommandError(
                f"This replaces the whole site by the backup of {manifest['created_at']}. "
                "If you mean it, add --yes."
            )
        restore(backup)
        call_command("migrate", interactive=False, verbosity=0)
        for cache in caches.all():
            cache.clear()
        # Partners may have read on in the timeline that is lost: numbers that were given there
        # are not given again, and everything is recorded as changed.
        skip_numbers()
        call_command("publication_touch", stdout=self.stdout)
        self.stdout.write(f"Restored the backup of {manifest['created_at']}.")
