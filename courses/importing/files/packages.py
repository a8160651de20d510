"""Looks through the parts of an .xlsx before anything else reads them.

A few bytes can unpack to very much, and stand for cells, styles and names without end. What is
let through here is read within two seconds and 100 MB.
"""

import re
import zipfile
from io import BytesIO
from typing import Final
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

import defusedxml.sax
from django.utils.translation import gettext as _

from courses.importing.headings import UnreadableFileError

# Excel's own limits.
MAX_COLUMN: Final = 16_384
MAX_ROW: Final = 1_048_576
# 2,000 rows of this site's columns, a text of its own in each cell, take less of either.
MAX_UNPACKED: Final = 8 * 1024 * 1024
MAX_EFFORT: Final = 250_000
# How long each element takes, by measure; the rest are styles, names and the like.
_EFFORT: Final = {**dict.fromkeys(("row", "c", "v", "f", "is"), 1), "si": 2, "t": 2}
_EFFORT_OF_OTHERS: Final = 10
# Excel's own limit; each style is looked through for what its format says.
_MAX_FORMAT: Final = 255
# A cell of Excel holds 32,767 characters at most. Nothing longer is taken into memory in one piece.
_LONG_PIECE: Final = re.compile(rb"<[^<]{200000}")


def checked(content: bytes) -> BytesIO:
    """Return a package with the XML of the package `content` alone, all of which can be read.

    Raises UnreadableFileError where that is too much; other errors where it is none.
    """
    output = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as package, zipfile.ZipFile(output, "w") as copy:
        parts = {part.filename: part for part in package.infolist()}
        if not {part.compress_type for part in parts.values()} <= {
            zipfile.ZIP_STORED,
            zipfile.ZIP_DEFLATED,
        }:
            raise zipfile.BadZipFile("No spreadsheet program packs so.")
        # Python reads no more of a part than it declares, so the declared sizes hold.
        if sum(part.file_size for part in parts.values()) > MAX_UNPACKED:
            raise _too_much()
        effort = _Effort()
        for name, part in parts.items():
            if name.endswith((".xml", ".rels")):
                xml = package.read(part)
                _check(xml, effort)
                copy.writestr(name, xml)
    return output


def _check(xml: bytes, effort: "_Effort") -> None:
    # In another encoding than one that has ASCII in it, pieces could not be told.
    if b"\0" in xml or not xml.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        raise ValueError("No spreadsheet program writes so.")
    if _LONG_PIECE.search(xml):
        raise _too_much()
    defusedxml.sax.parseString(xml, effort, forbid_dtd=True)


class _Effort(ContentHandler):
    """Adds up what it takes to read some XML, and stops where that is too much."""

    def __init__(self) -> None:
        super().__init__()
        self._left = MAX_EFFORT
        self._cells = 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 - SAX's name
        name = name.rpartition(":")[2]
        self._left -= _EFFORT.get(name, _EFFORT_OF_OTHERS)
        # A row is in memory as a whole.
        self._cells = 0 if name == "row" else self._cells + (name == "c")
        is_long = name == "numFmt" and len(attrs.get("formatCode", "")) > _MAX_FORMAT
        if self._left < 0 or self._cells > MAX_COLUMN or is_long:
            raise _too_much()


def _too_much() -> UnreadableFileError:
    return UnreadableFileError(
        _(
            "The file holds more than an import reads, such as cells, styles or names that are "
            "not seen. Copy your rows into a new spreadsheet, and import that."
        )
    )
