"""The one command that makes an empty, migrated database into the school's site."""

from textwrap import fill
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from cms.accounts.roles import ensure_roles
from cms.operations.observability.events import summed_up
from home.site_setup import (
    ensure_home_page,
    ensure_locales,
    ensure_roots,
    ensure_settings,
    ensure_site,
    ensure_translated_homes,
)


class Command(BaseCommand):
    """Language, home page, site, settings, groups and moderation. Repeatable; deletes nothing."""

    help = (
        "Set up what every installation needs: language, home page, site, settings, groups and "
        "the moderation workflow. Run it after every `migrate`; it adds only what is missing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add --base-url."""
        parser.add_argument(
            "--base-url",
            default="",
            help=(
                "The site's public address, such as https://atmp.example.org. Used only while the "
                "site still has Wagtail's own host name, localhost. Default: WAGTAILADMIN_BASE_URL."
            ),
        )

    @transaction.atomic
    @summed_up("setup_site")
    def handle(self, *args: Any, **options: Any) -> None:
        """Set up everything or, where anything fails, nothing."""
        base_url = options["base_url"] or getattr(settings, "WAGTAILADMIN_BASE_URL", "")
        locale = ensure_locales()
        done = ensure_roots(locale)
        home, done_to_home = ensure_home_page(locale)
        site, done_to_site = ensure_site(home, base_url)
        done += done_to_home + done_to_site + ensure_translated_homes(home)
        done += ensure_settings(site) + ensure_roles()
        self.stdout.write(
            fill(f"Site set up: {', '.join(done)}.", 100, subsequent_indent="  ")
            if done
            else "Site: everything was already set up."
        )
