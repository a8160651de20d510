"""Whether scheduled publishing is at work, for whoever supervises it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.publishing.scheduling import scheduler_is_alive


class Command(BaseCommand):
    """End with 0 if the scheduler has run in the last minutes, else with 1."""

    help = "Fails unless scheduled publishing has run to its end in the last minutes."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        if not scheduler_is_alive():
            raise CommandError("No scheduled publishing in the last minutes.")
