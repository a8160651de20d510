"""What the text in a cell means."""

import re
import unicodedata
from datetime import date
from functools import cache
from typing import Final

from babel.dates import get_month_names
from django.conf import settings
from django.db.models import CharField, DateField, Field, IntegerField
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.editing.csv_exports import FORMULA_STARTS
from cms.i18n.dates import short_date
from courses.editing.drafts import session_fields
from courses.importing.reading import MAX_CELL

# Nobody plans outside of these; a year beyond is a slip of the finger.
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[ T]00:00(?::00)?)?")
_COMPACT: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_NUMBERS: Final = re.compile(r"([0-9]{1,2})[./] ?([0-9]{1,2})(?:[./] ?| )([0-9]{4})")
_WORDS: Final = re.compile(
    r"(?:den )?([0-9]{1,2})(?:\.|:e|st|nd|rd|th)? ([^\W\d_]+)\.?,? ([0-9]{4})"
)


class CellError(Exception):
    """A cell that means nothing. The message is for the person who wrote it.

    `column` is the name of its column, where that is not plain from where it was read.
    """

    def __init__(self, message: str, column: str = "") -> None:
        super().__init__(message)
        self.column = column


def cell_text(cell: str) -> str:
    """Return the text that a cell holds, without the apostrophe of an export.

    Raises CellError where it is too long, or has characters that no text has.
    """
    if len(cell) > MAX_CELL:
        raise CellError(_("The text is longer than %d characters.") % MAX_CELL)
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in cell):
        raise CellError(_("The text has characters in it that cannot be shown."))
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell


def value_of(name: str, cell: str) -> object:
    """Return what `cell` means in the field `name` of a session; empty where it is empty.

    Raises CellError, with a message that says what to write instead.
    """
    text = cell_text(cell)
    field = session_fields()[name]
    if isinstance(field, DateField):
        return day(text) if text else None
    if isinstance(field, IntegerField):
        return _number(text) if text else None
    if field.choices and text:
        return _choice(field, text)
    return text


def day(text: str) -> date:
    """Return the day that `text` names, in ISO's or in Swedish form.

    Raises CellError where there is no such day.
    """
    numbers = _year_month_day(" ".join(text.split()))
    try:
        found = date(*numbers) if numbers else None
    except ValueError:
        found = None
    if found is None:
        raise CellError(_("“%s” is not a date; write 2026-10-12 or 12 oktober 2026.") % text[:40])
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise CellError(_("The year of “%s” cannot be right.") % text[:40])
    return found


def _year_month_day(text: str) -> tuple[int, int, int] | None:
    for pattern in (_ISO, _COMPACT):
        if match := pattern.fullmatch(text):
            year, month, number = match.groups()
            return int(year), int(month), int(number)
    if match := _NUMBERS.fullmatch(text):
        number, month, year = match.groups()
        return int(year), int(month), int(number)
    if (match := _WORDS.fullmatch(text.lower())) and (month_number := _month(match[2])):
        return int(match[3]), month_number, int(match[1])
    return None


def _month(word: str) -> int | None:
    """Return the month that begins with `word` in one of the site's languages."""
    if len(word) < 3:
        return None
    return next((month for name, month in _months() if name.startswith(word)), None)


@cache
def _months() -> list[tuple[str, int]]:
    return [
        (name.lower(), month)
        for language, _name in settings.LANGUAGES
        for month, name in get_month_names("wide", locale=language).items()
    ]


def _number(text: str) -> int:
    # Four digits are more than any course has places, and fewer than any database can hold.
    if not re.fullmatch(r"-?[0-9]{1,4}", text):
        raise CellError(_("“%s” is not a whole number below 10,000.") % text[:40])
    return int(text)


def _choice(field: Field, text: str) -> str:
    """Return the value that is called `text` in the code or in one of the site's languages."""
    for language, _name in settings.LANGUAGES:
        with override(language):
            for value, label in field.flatchoices:
                if text.casefold() in {str(value).casefold(), str(label).casefold()}:
                    return str(value)
    labels = ", ".join(str(label) for _value, label in field.flatchoices)
    raise CellError(
        _("“%(text)s” is none of the choices: %(choices)s.")
        % {"text": text[:40], "choices": labels}
    )


def shown(name: str, value: object) -> str:
    """Return `value` of the field `name` as a person reads it in the preview."""
    field = session_fields()[name]
    if value is None:
        return ""
    if isinstance(value, date):
        return short_date(value)
    if isinstance(field, CharField) and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return str(value)
