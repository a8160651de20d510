"""However a spreadsheet is made, to read it takes at most two seconds and 100 MB."""

import resource
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from courses.importing.headings import UnreadableFileError
from courses.importing.reading import Sheet, read_sheet
from tests.spreadsheets import SHEET, csv_file, parts_of, with_part, xlsx, zipped

HEAD = ["Course", "First day"]
GOOD = xlsx([HEAD, ["GMP", "2027-10-11"]])
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES = "[Content_Types].xml"
STYLES, WORKBOOK = "xl/styles.xml", "xl/workbook.xml"


def _inserted(part: str, before: str, *texts: str, workbook: bytes = GOOD) -> bytes:
    """Return a workbook with more of something just before the end of an element."""
    [head, tail] = parts_of(workbook)[part].decode().split(before, 1)
    return with_part(workbook, part, "".join([head, *texts, before, tail]).encode())


def _cell(place: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>x</t></is></c>'


def _row(number: int, *cells: str) -> str:
    return "".join([f'<row r="{number}">', *cells, "</row>"])


def _rows(*rows: str) -> bytes:
    return _inserted(SHEET, "</sheetData>", *rows)


def _styles(element: str, content: str) -> bytes:
    xml = f'<styleSheet xmlns="{MAIN}"><{element}>{content}</{element}></styleSheet>'
    return with_part(GOOD, STYLES, xml.encode())


def _strings(content: str) -> bytes:
    name = "xl/sharedStrings.xml"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/{name}" ContentType="{kind}"/>'
    workbook = _inserted(TYPES, "</Types>", override)
    return with_part(workbook, name, f'<sst xmlns="{MAIN}">{content}</sst>'.encode())


def _disguised() -> bytes:
    """Return a workbook whose styles are in a part that looks like a picture."""
    parts = parts_of(_styles("cellXfs", "<xf/>" * 400_000))
    parts[TYPES] = parts[TYPES].replace(b"/xl/styles.xml", b"/xl/styles.png")
    parts["xl/styles.png"] = parts.pop(STYLES)
    return zipped(parts)


def _many_formats() -> bytes:
    code = "0" * 250 + "E"
    formats = "".join(f'<numFmt numFmtId="{200 + i}" formatCode="{code}"/>' for i in range(6_000))
    styles = "".join(f'<xf numFmtId="{200 + i}"/>' for i in range(6_000))
    return _styles("numFmts", f"{formats}</numFmts><cellXfs>{styles}</cellXfs><numFmts>")


FILES: dict[str, Callable[[], bytes]] = {
    "400,000 styles": lambda: _styles("cellXfs", "<xf/>" * 400_000),
    "as many styles as are read": lambda: _styles("cellXfs", "<xf/>" * 24_000),
    "400,000 styles in a picture": _disguised,
    "400,000 fonts": lambda: _styles("fonts", "<font><b/></font>" * 200_000),
    "names of styles": lambda: _styles(
        "cellStyles",
        "".join(f'<cellStyle name="{i}" xfId="0"/>' for i in range(23_000))
        + '</cellStyles><cellStyleXfs><xf numFmtId="0"/></cellStyleXfs><cellStyles>',
    ),
    "one long format": lambda: _styles(
        "numFmts",
        f'<numFmt numFmtId="200" formatCode="{"0" * 1_000_000}"/></numFmts>'
         "<cellXfs>" + '<xf numFmtId="200"/>' * 20_000 + "</cellXfs><numFmts>",
    ),
    "many long formats": _many_formats,
    "2 million cells": lambda: _rows(_row(3, "<c/>" * 1_900_000)),
    "cells in one row": lambda: _rows(_row(3, "<c><v>1</v></c>" * 100_000)),
    "cells in no row": lambda: _rows("<c/>" * 200_000),
    "as many cells as are read": lambda: _rows(*(_row(i, "<c><v>1</v></c>" * 60)
                                                 for i in range(3, 1_900))),
    "2 million rows": lambda: _rows("<row/>" * 1_200_000),
    "as many rows as are read": lambda: _rows("<row/>" * 240_000),
    "cells in each last column": lambda: _rows(*(_row(i, _cell(f"XFD{i}"))
                                                 for i in range(3, 2_000))),
    "a cell beyond the last column": lambda: _rows(_row(3, _cell("ZZZZZZ3"))),
    "a row beyond the last one": lambda: _rows(_row(10**15, _cell("A1"))),
    "rows that go back": lambda: _rows(_row(3, _cell("A3")), _row(2, _cell("A2"))),
    "defined names": lambda: _inserted(
        WORKBOOK, "<calcPr", "<definedNames>", '<definedName name="a">1</definedName>' * 150_000,
        "</definedNames>",
    ),
    "sheets": lambda: _inserted(
        WORKBOOK, "</sheets>", *(f'<sheet name="{i}" sheetId="{i + 9}"/>' for i in range(24_000))
    ),
    "texts": lambda: _strings("<si><t>x</t></si>" * 400_000),
    "as many texts as are read": lambda: _strings("<si><t>x</t></si>" * 60_000),
    "one long text": lambda: _strings(f"<si><t>{'ö' * 3_000_000}</t></si>"),
    "one long text in a cell": lambda: csv_file([HEAD, ["ö" * 900_000, "2027-10-11"]]),
    "attributes": lambda: _rows("<row ", *(f'a{i}=">" ' for i in range(500_000)), "/>"),
    "merged cells": lambda: _inserted(
        SHEET, "<pageMargins", "<mergeCells>", '<mergeCell ref="A5:B6"/>' * 300_000, "</mergeCells>"
    ),
    "parts": lambda: zipped({f"{i}.xml": b"<a/>" for i in range(9_000)}),
    "depth": lambda: _rows("<a>" * 200_000, "</a>" * 200_000),
    "a bomb in another encoding": lambda: with_part(
        GOOD, STYLES, f'<?xml version="1.0" encoding="cp500"?>{"<xf/>" * 400_000}'.encode("cp500")
    ),
    "2 million commas": lambda: b"Course,First day\n" + b"," * 2_000_000,
    "2 million headings": lambda: b"x," * 1_000_000,
    "2 million lines": lambda: b"Course,First day\n" + b"\n" * 2_000_000,
    "2 million quotation marks": lambda: b"Course,First day\n" + b'"' * 2_000_000,
    "short lines": lambda: b"Course,First day\n" + b"a\n" * 1_000_000,
}  # fmt: skip
# What happens to be read, and is in Excel's last row at that, is read.
READ = {"the last row": lambda: _rows(_row(1_048_576, _cell("A1048576")))}


@pytest.fixture
def _no_more_memory() -> Iterator[None]:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    # In kB.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


def _read(name: str, content: bytes) -> Sheet | None:
    assert len(content) < 2 * 1024 * 1024, name
    begun, sheet = time.process_time(), None
    with suppress(UnreadableFileError):
        sheet = read_sheet(content)
    assert time.process_time() - begun < 2, name
    return sheet


@pytest.mark.filterwarnings("ignore:Workbook contains no")
@pytest.mark.usefixtures("_no_more_memory")
def test_a_large_file_is_read_or_refused_at_once() -> None:
    for name, make in FILES.items():
        _read(name, make())


def test_what_stands_in_the_last_row_is_read() -> None:
    sheet = _read("the last row", READ["the last row"]())

    assert sheet is not None
    assert [row.number for row in sheet.rows] == [2, 1_048_576]
