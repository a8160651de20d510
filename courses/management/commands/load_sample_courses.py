"""Sample courses, for everybody who tries the site out. Never for the school's own site."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from wagtail.models import Locale

from cms.operations.observability.events import summed_up
from courses import sample_courses
from courses.models import CourseIndexPage


class Command(BaseCommand):
    """Publishes the sample courses that are missing; overwrites and deletes nothing."""

    help = "Publish made-up courses with dates around today. Refuses where DEBUG is off."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add --force."""
        parser.add_argument(
            "--force",
            action="store_true",
            help="Load them although DEBUG is off, for a demonstration site.",
        )

    @transaction.atomic
    @summed_up("load_sample_courses")
    def handle(self, *args: Any, **options: Any) -> None:
        """Load the courses whose slug and code are both unused in the course list."""
        if not settings.DEBUG and not options["force"]:
            raise CommandError(
                "These courses are made up, and this site is not one for development (DEBUG is "
                "off). Nothing was loaded. On a demonstration site, add --force."
            )
        lists = CourseIndexPage.objects.filter(locale=Locale.get_default())
        index = lists.order_by("path").first()
        if index is None:
            raise CommandError(
                "There is no course list: run `manage.py load_school_content` first."
            )
        loaded = sample_courses.load(index)
        self.stdout.write(
            f"Sample courses loaded: {loaded}."
            if loaded
            else "Sample courses: nothing was missing."
        )
