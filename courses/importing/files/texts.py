"""Reads the cells of a CSV file, in whatever form a spreadsheet program writes one."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Final

from django.utils.translation import gettext as _

from courses.importing.headings import UnreadableFileError, recognised

# No line of headings is longer.
_LONGEST_HEADINGS: Final = 10_000


def text_rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a CSV file with their numbers.

    Raises UnreadableFileError, with a message for the person who sent it.
    """
    text = _decoded(content)
    first, _newline, rest = text.partition("\n")
    # Excel's own way to name the separator.
    if first.strip().lower() in {"sep=;", "sep=,", "sep=\t"}:
        delimiter = first.strip()[-1:] or "\t"
        text = f"\n{rest}"
    else:
        delimiter = _delimiter(text)
    try:
        # Strictly: a quotation mark that is never closed would make one cell of all that follows.
        lines = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
        yield from enumerate(lines, start=1)
    except csv.Error as error:
        raise UnreadableFileError(
            _(
                'The file cannot be read as CSV. Look for a quotation mark (") that is not '
                "closed, or save the file as .xlsx."
            )
        ) from error


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
    first = "".join(text.lstrip()[:_LONGEST_HEADINGS].splitlines()[:1])
    found = {
        delimiter: sum(
            recognised(cell) is not None
            for line in csv.reader([first], delimiter=delimiter)
            for cell in line
        )
        for delimiter in ";,\t"
    }
    return max(found, key=lambda delimiter: found[delimiter])
