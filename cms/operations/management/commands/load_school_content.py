"""The school's own texts, universities and stages, on a site that `setup_site` has prepared."""

from textwrap import fill
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from wagtail import hooks
from wagtail.models import Page, Site

from cms.models import University
from cms.operations.observability.events import summed_up
from cms.operations.starter_content.files import read
from cms.operations.starter_content.loading import create_missing


class Command(BaseCommand):
    """Loads what is missing. Runs any number of times; overwrites and deletes nothing."""

    help = "Load the school's texts, universities and development stages where they are missing."

    @transaction.atomic
    @summed_up("load_school_content")
    def handle(self, *args: Any, **options: Any) -> None:
        """Run every app's `load_school_content` hook for the default site."""
        site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
        if site is None or site.root_page.specific_class is Page:
            raise CommandError("The site has no home page yet: run `manage.py setup_site` first.")
        rows = read("cms", "universities").rows("universities")
        universities = create_missing(University, rows, keys=("ror_id", "short_name"))
        loaded = [f"university {university.short_name}" for university in universities]
        for load in hooks.get_hooks("load_school_content"):
            loaded += load(site)
        self.stdout.write(
            fill(f"School content loaded: {', '.join(loaded)}.", 100, subsequent_indent="  ")
            if loaded
            else "School content: nothing was missing."
        )
