"""Reads the rows of an uploaded spreadsheet as texts, and trusts nothing about the file."""

import csv
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Final
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

import defusedxml.sax
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from courses.importing.headings import MAX_COLUMNS, Headings, UnreadableFileError, recognised

MAX_BYTES: Final = 2 * 1024 * 1024
MAX_ROWS: Final = 2000
MAX_CELL: Final = 2000
# What a file of all those rows unpacks to at most, with room to spare.
MAX_UNPACKED: Final = 16 * 1024 * 1024
_LAST_ROW_OF_EXCEL: Final = 1_048_576
# All that openpyxl has been seen to raise at files that are not what they say.
_BROKEN: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    DefusedXmlException,
    EOFError,
    InvalidFileException,
    LookupError,
    OSError,
    RuntimeError,
    SAXException,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


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
    return _sheet(_xlsx_rows(content) if content.startswith(b"PK") else _csv_rows(content))


def _sheet(lines: Iterable[list[str]]) -> Sheet:
    numbered = enumerate(lines, start=1)
    headings: Headings | None = None
    rows: list[RawRow] = []
    for number, line in numbered:
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


def _xlsx_rows(content: bytes) -> Iterator[list[str]]:
    try:
        _check_package(content)
        with closing(load_workbook(BytesIO(content), read_only=True, data_only=True)) as workbook:
            worksheet = workbook.worksheets[0]
            # What the file says of its own size is often wrong.
            worksheet.reset_dimensions()
            rows = worksheet.iter_rows(
                max_row=_LAST_ROW_OF_EXCEL, max_col=MAX_COLUMNS, values_only=True
            )
            for row in rows:
                yield [_as_text(value) for value in row]
    except _BROKEN as error:
        raise UnreadableFileError(
            _("The file cannot be read. Open it in Excel, save it as .xlsx and try again.")
        ) from error


def _check_package(content: bytes) -> None:
    """Raise where the parts unpack to too much, or hold what no spreadsheet program writes."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        methods = {part.compress_type for part in package.infolist()}
        if not methods <= {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise zipfile.BadZipFile("No spreadsheet program packs so.")
        # Python reads no more of a part than it declares, so the declared sizes hold.
        if sum(part.file_size for part in package.infolist()) > MAX_UNPACKED:
            raise UnreadableFileError(_("The file holds too much."))
        for part in package.infolist():
            if part.filename.endswith((".xml", ".rels")):
                with package.open(part) as stream:
                    defusedxml.sax.parse(stream, ContentHandler(), forbid_dtd=True)


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _trimmed(str(value))


def _csv_rows(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    first, _newline, rest = text.partition("\n")
    # Excel's own way to name the separator.
    if first.strip().lower() in {"sep=;", "sep=,", "sep=\t"}:
        delimiter = first.strip()[-1:] or "\t"
        text = f"\n{rest}"
    else:
        delimiter = _delimiter(text)
    try:
        for line in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
            yield [_trimmed(cell) for cell in line]
    except csv.Error as error:
        raise UnreadableFileError(_("The file cannot be read as CSV.")) from error


def _decoded(content: bytes) -> str:
    """Return the text in the encoding that Excel wrote it in: UTF-8, UTF-16 or Windows' own."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252", "latin-1"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableFileError(_("This is neither an .xlsx nor a .csv file."))


def _delimiter(text: str) -> str:
    """Return the separator with which the first line names the most columns."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    found = {
        delimiter: sum(
            recognised(cell) is not None
            for line in csv.reader([first], delimiter=delimiter)
            for cell in line
        )
        for delimiter in ";,\t"
    }
    return max(found, key=lambda delimiter: found[delimiter])


def _trimmed(cell: str) -> str:
    # One character more than allowed, so that it is still known to be too long.
    return " ".join(cell[: MAX_CELL * 2].split())[: MAX_CELL + 1]
