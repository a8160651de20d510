"""What the text in a cell means."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import CharField, DateField, Field, IntegerField
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.editing.csv_exports import FORMULA_STARTS
from cms.i18n.date_parsing import day_for_all
from cms.i18n.dates import short_date
from cms.i18n.numbers import whole_number
from cms.upstream.characters import clean_line
from courses.editing.drafts import session_fields
from courses.importing.files.workbooks import UNCALCULATED
from courses.importing.headings import name_key
from courses.importing.reading import MAX_CELL

# What Excel shows, in English and Swedish, where a result is missing or the column is too narrow.
_NO_RESULT: Final = re.compile(r"#(?:N/A|[A-ZÅÄÖ_/0]+[!?]|#+)")
_YES_OR_NO: Final = {"TRUE", "FALSE", "SANT", "FALSKT"}


class CellError(Exception):
    """A cell that means nothing. The message is for the person who wrote it.

    `column` is the name of its column, where that is not plain from where it was read.
    """

    def __init__(self, message: str, column: str = "") -> None:
        super().__init__(message)
        self.column = column


def cell_text(cell: str) -> str:
    """Return the text that a cell holds, without the apostrophe of an export.

    Raises CellError where it is too long, has characters that no text has, or is no text of a
    person but what a spreadsheet program shows instead of one.
    """
    if len(cell) > MAX_CELL:
        raise CellError(_("The text is longer than %d characters.") % MAX_CELL)
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in cell):
        raise CellError(_("The text has characters in it that cannot be shown."))
    if cell.startswith(UNCALCULATED):
        raise CellError(
            _(
                "The cell has a formula, and the file does not say what comes out of it. Open the "
                "file in Excel or LibreOffice, save it and try again."
            )
        )
    if _NO_RESULT.fullmatch(cell):
        raise CellError(_("“%s” is an error in the spreadsheet. Correct the cell.") % cell[:40])
    if cell in _YES_OR_NO:
        raise CellError(_("“%s” is no text to Excel. Write what it stands for.") % cell)
    text = clean_line(cell)
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_STARTS) else text


def value_of(name: str, cell: str) -> object:
    """Return what `cell` means in the field `name` of a session; empty where it is empty.

    Raises CellError, with a message that says what to write instead.
    """
    text = cell_text(cell)
    field = session_fields()[name]
    if isinstance(field, DateField):
        return _read(day_for_all, text) if text else None
    if isinstance(field, IntegerField):
        return _number(text) if text else None
    if field.choices and text:
        return _choice(field, text)
    return text


def _read[Value](read: Callable[[str], Value], text: str) -> Value:
    try:
        return read(text)
    except ValidationError as error:
        raise CellError(error.messages[0]) from error


def _number(text: str) -> int:
    found = _read(whole_number, text)
    # Four digits are more than any course has places, and fewer than any database can hold.
    if abs(found) > 9_999:
        raise CellError(_("“%s” is not a whole number below 10,000.") % text[:40])
    return found


def _choice(field: Field, text: str) -> str:
    """Return the value that is called `text` in the code or in one of the site's languages."""
    for language, _name in settings.LANGUAGES:
        with override(language):
            for value, label in field.flatchoices:
                if name_key(text) in {name_key(str(value)), name_key(str(label))}:
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
