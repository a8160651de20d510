"""`manage.py makemessages`: collects what is to be translated, in the way this project keeps it."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.commands import makemessages

# Not the site: what is written there is read by developers.
ELSEWHERE = ["bench", "tests", "var", ".*", "node_modules"]
_MOMENT = re.compile(rb'^"POT-Creation-Date: .*\n', re.MULTILINE)


class Command(makemessages.Command):
    """Django's command with one set of options, so that two people get the same catalogue.

    Files are named without lines, and the moment of collecting is left out: a catalogue changes
    where a text does, and nowhere else.
    """

    # A text that resembles an old one is still to be translated.
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]
    help = "Collect every text to translate into locale/. Needs GNU gettext."

    def handle(self, *args: Any, **options: Any) -> None:
        """Collect for every language but the one the texts are written in."""
        languages = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
        chosen = {
            "locale": options["locale"] or languages,
            "add_location": "file",
            "no_obsolete": True,
            "ignore_patterns": ELSEWHERE,
        }
        super().handle(*args, **options | chosen)
        for folder in settings.LOCALE_PATHS:
            for catalogue in Path(folder).glob("*/LC_MESSAGES/*.po"):
                catalogue.write_bytes(_MOMENT.sub(b"", catalogue.read_bytes()))
