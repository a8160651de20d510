"""Reads the cells of an .xlsx as a person sees them.

What openpyxl reads besides the cells is left out (dates of the file, themes, names, other sheets),
and so is its way through a sheet: it fills every gap, and the last row of Excel comes after a
million empty ones.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final
from xml.sax import SAXException

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import is_date_format
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.datetime import from_excel
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import (
    DATA_TAG,
    FORMULA_TAG,
    ROW_TAG,
    VALUE_TAG,
    WorkSheetParser,
)

from courses.importing.files.packages import MAX_COLUMN, MAX_ROW, checked
from courses.importing.headings import UnreadableFileError

# What stands for a formula whose result is not in the file: no text begins so.
UNCALCULATED: Final = "="
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
_DAYS: Final = 2_958_466
# What a format says of colours and of room beside the number, and the marks of its own words.
_NOT_SHOWN: Final = re.compile(r'\[[^\]]*\]|[_*].|["\\]')
_FORMAT: Final = re.compile(
    r"(?P<before>[^#0?]*)[#0?][#0?,]*(?:\.(?P<decimals>[#0?]+))?(?P<after>[^#0?]*)"
)


def workbook_rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of the first sheet that is seen: their numbers, and what their cells show.

    Raises UnreadableFileError, with a message for the person who sent it.
    """
    try:
        reader = ExcelReader(checked(content), read_only=True, data_only=True, keep_links=False)
        reader.read_manifest()
        reader.read_strings()
        reader.read_workbook()
        apply_stylesheet(reader.archive, reader.wb)
        yield from _first_sheet(reader).rows()
    except _BROKEN as error:
        raise UnreadableFileError(
            _("The file cannot be read. Open it in Excel, save it as .xlsx and try again.")
        ) from error


def _first_sheet(reader: ExcelReader) -> "_Sheet":
    for sheet, part in reader.parser.find_sheets():
        if sheet.state == "visible" and "chartsheet" not in part.Type:
            return _Sheet(reader.wb, sheet.name, part.target, reader.shared_strings)
    raise LookupError("No sheet is seen.")


class _Sheet(ReadOnlyWorksheet):
    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows that the file has, each as long as it is filled."""
        last = 0
        with self._get_source() as source:
            # Dates are told from other numbers below, by the format of each.
            parser = _Parser(source, self._shared_strings, data_only=True, epoch=self.parent.epoch)
            for _event, element in iterparse(source, forbid_dtd=True):
                if element.tag == DATA_TAG:
                    return
                if element.tag == ROW_TAG:
                    number, cells = parser.parse_row(element)
                    element.clear()
                    if not last < number <= MAX_ROW:
                        raise ValueError("No spreadsheet program numbers its rows so.")
                    last = number
                    yield number, self._line(cells)

    def _line(self, cells: list[dict[str, Any]]) -> list[str]:
        filled = {cell["column"]: cell for cell in cells if cell["value"] is not None}
        width = max(filled, default=0)
        if width > MAX_COLUMN:
            raise ValueError("No spreadsheet has so many columns.")
        line = [""] * width
        for column, cell in filled.items():
            line[column - 1] = self._shown(cell)
        return line

    def _shown(self, cell: dict[str, Any]) -> str:
        value = cell["value"]
        if isinstance(value, bool):
            return str(value).upper()
        if isinstance(value, int | float):
            code = ReadOnlyCell(self, **cell).number_format
            if not _is_date(code):
                return _number_shown(value, code)
            # Excel has no day before 1900, nor after 9999, and shows a row of these.
            if not 0 <= value < _DAYS:
                return "####"
            value = from_excel(value, self.parent.epoch)
        if isinstance(value, datetime):
            value = value.date()
        return value.isoformat() if isinstance(value, date) else str(value)


class _Parser(WorkSheetParser):
    def parse_cell(self, element: Any) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        if cell["value"] is None and element.find(FORMULA_TAG) is not None:
            # A result that is an empty text is one.
            is_text = element.get("t") == "str" and element.find(VALUE_TAG) is not None
            cell["value"] = None if is_text else UNCALCULATED
        return cell


_is_date = lru_cache(maxsize=100)(is_date_format)


@lru_cache(maxsize=100)
def _parts(code: str) -> tuple[str, int, str] | None:
    """Return what a format writes before a number, its decimals, and what it writes after it."""
    parts = _FORMAT.fullmatch(_NOT_SHOWN.sub("", code.partition(";")[0]))
    return parts and (parts["before"], len(parts["decimals"] or ""), parts["after"])


def _number_shown(value: float, code: str) -> str:
    """Return a number as its format shows it, in the reader's language, thousands together."""
    parts = _parts(code)
    if parts is None:
        # As Excel's “General”, which leaves out what its arithmetic gets wrong.
        return str(int(value)) if value == int(value) else _written(Decimal(f"{value:.11g}"))
    before, decimals, after = parts
    number = _written(value * 100 if "%" in before + after else value, decimals)
    return f"{before}{number}{after}".replace("%", " %")


def _written(value: float | Decimal, decimals: int | None = None) -> str:
    return number_format(value, decimal_pos=decimals, use_l10n=True)
