"""Reads the rows of an uploaded spreadsheet as texts, and trusts nothing about the file."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from cms.upstream.characters import clean
from courses.importing.files.texts import text_rows
from courses.importing.files.workbooks import workbook_rows
from courses.importing.headings import Headings, UnreadableFileError

MAX_BYTES: Final = 2 * 1024 * 1024
MAX_ROWS: Final = 2000
MAX_CELL: Final = 2000
MAX_COLUMNS: Final = 60


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row by its number in the file; `cells` by the name of the column, `spill` beyond them."""

    number: int
    cells: dict[str, str]
    spill: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file says: the columns it has, those that mean nothing here, and its rows."""

    columns: list[str]
    ignored: list[str]
    rows: list[RawRow]


def read_sheet(content: bytes) -> Sheet:
    """Return the rows of an .xlsx or a .csv, whichever `content` is, whatever it is called.

    Raises UnreadableFileError, with a message for the person who sent it.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableFileError(_("The file is larger than 2 MB."))
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFileError(
            _("This is an old or protected Excel file. Save it as .xlsx without a password.")
        )
    return _sheet(workbook_rows(content) if content.startswith(b"PK") else text_rows(content))


def _sheet(numbered: Iterable[tuple[int, list[str]]]) -> Sheet:
    headings: Headings | None = None
    rows: list[RawRow] = []
    for number, cells in numbered:
        line = [_trimmed(cell) for cell in cells[:MAX_COLUMNS]]
        if any(cells[MAX_COLUMNS:]):
            raise UnreadableFileError(
                _(
                    "Row %(row)d has something beyond column %(column)s. Delete it, or copy your "
                    "rows into a new spreadsheet."
                )
                % {"row": number, "column": get_column_letter(MAX_COLUMNS)}
            )
        if not any(line):
            continue
        if headings is None:
            headings = Headings(line)
            continue
        if len(rows) == MAX_ROWS:
            raise UnreadableFileError(_("The file has more than %d rows.") % MAX_ROWS)
        rows.append(_row(number, line, headings))
    if headings is None or not rows:
        raise UnreadableFileError(_("The file has no rows below its headings."))
    return Sheet(headings.known, headings.ignored, rows)


def _row(number: int, line: list[str], headings: Headings) -> RawRow:
    cells = {name: line[i] for i, name in headings.places.items() if i < len(line)}
    return RawRow(number, cells, spill=any(line[headings.width :]))


def _trimmed(cell: str) -> str:
    """Return a cell in one line, and each letter as one character, as a Mac writes it or not.

    What is too long is cut, but is still known to be too long.
    """
    if not cell:
        return cell
    return " ".join(clean(cell[: MAX_CELL * 2]).split())[: MAX_CELL + 1]
