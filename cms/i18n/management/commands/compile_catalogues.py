"""`manage.py compile_catalogues`: what a release needs before it speaks Swedish."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.i18n.catalogues import compile_outdated


class Command(BaseCommand):
    """Compiles the translated texts that changed since they were last compiled."""

    help = "Compile the translated texts in locale/ where that is due. Needs no GNU gettext."
    # It has to work before anything else does.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Compile, and say what was compiled."""
        languages = sorted({source.parts[-3] for source in compile_outdated()})
        self.stdout.write(
            f"Texts compiled: {', '.join(languages)}." if languages else "Texts: up to date."
        )
