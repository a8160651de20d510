"""Tells everyone outside that everything may have changed."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.publishing.changes import append_everything


class Command(BaseCommand):
    """Append a row to the publication log for everything that is public."""

    help = (
        "Records everything public as changed. For those who have changed published content "
        "behind the site's back, with SQL or QuerySet.update(), and after restoring a backup."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{append_everything()} changes recorded.")
