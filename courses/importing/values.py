"""What the text in a cell means."""

import unicodedata
from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import CharField, DateField, Field, IntegerField
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.editing.csv_exports import FORMULA_STARTS
from cms.i18n.date_parsing import day
from cms.i18n.dates import short_date
from cms.i18n.numbers import whole_number
from courses.editing.drafts import session_fields
from courses.importing.reading import MAX_CELL


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
        return _read(day, text) if text else None
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
