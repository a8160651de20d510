"""Spreadsheets as editors send them and as they get them back."""

import csv
import zipfile
from collections.abc import Sequence
from io import BytesIO, StringIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from tests.html import Response

type Rows = Sequence[Sequence[object]]

IMPORT = "/admin/courses/import/"
CONFIRM = "/admin/courses/import/confirm/"
SHEET = "xl/worksheets/sheet1.xml"


def xlsx(rows: Rows) -> bytes:
    """Return a workbook with these rows."""
    workbook = Workbook()
    worksheet = workbook.worksheets[0]
    for row in rows:
        worksheet.append(list(row))
    return saved(workbook)


def saved(workbook: Workbook) -> bytes:
    """Return the file of a workbook."""
    output = BytesIO()
    workbook.save(output)
    return output.getvalue()


def zipped(parts: dict[str, bytes]) -> bytes:
    """Return a package with these parts."""
    output = BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return output.getvalue()


def with_part(workbook: bytes, name: str, content: bytes) -> bytes:
    """Return a workbook in which one part is another."""
    return zipped({**parts_of(workbook), name: content})


def parts_of(workbook: bytes) -> dict[str, bytes]:
    """Return what a package holds."""
    with zipfile.ZipFile(BytesIO(workbook)) as package:
        return {name: package.read(name) for name in package.namelist()}


def csv_file(rows: Rows, delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    """Return a CSV file with these rows."""
    output = StringIO()
    csv.writer(output, delimiter=delimiter).writerows(rows)
    return output.getvalue().encode(encoding)


def read_xlsx(content: bytes) -> list[list[object]]:
    """Return the rows of a workbook."""
    worksheet = load_workbook(BytesIO(content)).worksheets[0]
    return [list(row) for row in worksheet.iter_rows(values_only=True)]


def upload(client: Client, content: bytes, name: str = "sessions.xlsx") -> Response:
    """Send a file to the import, and return the preview."""
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, content)})
