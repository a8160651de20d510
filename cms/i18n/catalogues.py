"""Translated texts, from the form that people edit (.po) to the one that gettext reads (.mo).

Done in Python, so that a server or a fresh clone needs no GNU gettext. The compiled files are
generated, and not kept with the code.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings


def outdated() -> Iterator[Path]:
    """Yield every catalogue whose compiled file is missing or older than it."""
    for folder in settings.LOCALE_PATHS:
        for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
            compiled = source.with_suffix(".mo")
            if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
                yield source


def compile_outdated() -> list[Path]:
    """Compile those; return them. Texts marked as fuzzy are guesses, and left out."""
    compiled = list(outdated())
    for source in compiled:
        with source.open("rb") as texts:
            catalogue = read_po(texts, locale=source.parts[-3])
        # Another process may be reading: it finds the old file or the new one, never half of one.
        partial = source.with_suffix(f".mo.{os.getpid()}")
        with partial.open("wb") as target:
            write_mo(target, catalogue)
        partial.replace(source.with_suffix(".mo"))
    return compiled
