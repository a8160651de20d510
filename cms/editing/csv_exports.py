"""Tables that leave the site for a spreadsheet, where a text must not become a formula."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from typing import cast

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

# What makes Excel, LibreOffice and Google Sheets calculate, or move on to the next cell (OWASP,
# "CSV Injection"). The wide ones are taken for their narrow twins.
FORMULA_STARTS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
_MARK = "'"


def safe_cell[T](value: T) -> T | str:
    """Return `value` as a cell that no spreadsheet takes for a formula.

    A text that would be one gets an apostrophe in front, which says "text" to spreadsheets.
    Numbers, dates, None and every other text come back as they are: -3 is a number, "-3" a text.
    """
    if not isinstance(value, str):
        return value
    # Invisible characters and spaces before the sign do not stop every program.
    if value.startswith(FORMULA_STARTS) or value.lstrip(" \ufeff\xa0\0").startswith(FORMULA_STARTS):
        return f"{_MARK}{value}"
    return value


class SafeCsvMiddleware:
    """Makes every cell of every CSV file that a view answers with safe, and names its charset.

    Wagtail writes its reports' and lists' texts into CSV as they are. (Its Excel files mark each
    text as text.) Done where answers leave, no export can be forgotten. Files that somebody
    uploaded are left as they are: Wagtail sends documents from their storage.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer `request`."""
        response = self.get_response(request)
        if not response.headers.get("Content-Type", "").startswith("text/csv"):
            return response
        if isinstance(response, FileResponse):
            return response
        # Wagtail leaves it out, and every program guesses for itself.
        response.headers["Content-Type"] = f"text/csv; charset={response.charset}"
        if isinstance(response, StreamingHttpResponse):
            chunks = cast("Iterator[bytes]", response.streaming_content)
            response.streaming_content = safe_rows(chunks, response.charset)
        elif isinstance(response, HttpResponse):
            response.content = b"".join(safe_rows([response.content], response.charset))
        return response


def safe_rows(chunks: Iterable[bytes], charset: str = "utf-8") -> Iterator[bytes]:
    """Yield the rows of a CSV file, given in pieces of any size, with every cell made safe."""
    for row in csv.reader(_lines(chunks, charset)):
        written = io.StringIO()
        csv.writer(written).writerow([_safe_csv_cell(cell) for cell in row])
        yield written.getvalue().encode(charset)


def _safe_csv_cell(cell: str) -> str:
    """Leave numbers alone: in a file of texts, "-3" is what became of a number."""
    try:
        float(cell)
    except ValueError:
        return safe_cell(cell)
    return cell


def _lines(chunks: Iterable[bytes], charset: str) -> Iterator[str]:
    """Yield text line by line, with its line breaks, as `csv.reader` wants it."""
    rest = b""
    for chunk in chunks:
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            yield line.decode(charset) + "\n"
    if rest:
        yield rest.decode(charset)
