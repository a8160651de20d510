"""What leaves for a spreadsheet holds no formula that somebody typed as a text."""

import csv
import io
from decimal import Decimal

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from openpyxl import load_workbook

from cms.editing.csv_exports import SafeCsvMiddleware, safe_cell, safe_rows
from tests.factories import UniversityFactory, UserFactory
from tests.school import School

FORMULAS = [
    '=HYPERLINK("https://evil.example","x")',
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\ufeff=1+1",
    "\uff1d1+1",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_would_be_a_formula_is_marked_as_text(text: str) -> None:
    assert safe_cell(text) == f"'{text}"
    assert safe_cell(safe_cell(text)) == f"'{text}", "Marked once, however often it is asked."


@pytest.mark.parametrize(
    "value", ["", "Lund", "a=b", "e-mail@example.org", -3, Decimal("-1.5"), None]
)
def test_everything_else_stays_as_it_is(value: object) -> None:
    assert safe_cell(value) is value


def test_a_csv_is_the_same_table_whatever_its_pieces() -> None:
    table = [["a", "=b"], ["with, comma", 'with "quotes"\nand a line'], ["-3", "åäö"]]
    written = io.StringIO()
    csv.writer(written).writerows(table)
    content = written.getvalue().encode()
    for size in (1, 7, 1000):
        pieces = [content[start : start + size] for start in range(0, len(content), size)]
        safe = b"".join(safe_rows(pieces)).decode()
        table_read = list(csv.reader(io.StringIO(safe, newline="")))
        assert table_read == [["a", "'=b"], *table[1:]]


def test_a_view_that_writes_csv_itself_is_covered() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("name\r\n=1+1\r\n", content_type="text/csv")

    response = SafeCsvMiddleware(view)(RequestFactory().get("/"))
    assert isinstance(response, HttpResponse)
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.content == b"name\r\n'=1+1\r\n"


@pytest.mark.parametrize("text", FORMULAS[:5])
def test_wagtails_own_exports_are_safe(text: str, school: School, administrator: Client) -> None:
    school.vision.title = text
    school.vision.save_revision(log_action=True).publish()
    UserFactory.create(username="mallory", last_name=text, groups=["Editors"])
    for address in ("/admin/reports/site-history/", "/admin/reports/aging-pages/"):
        response = administrator.get(address, {"export": "csv"})
        rows = list(csv.reader(io.StringIO(b"".join(response).decode(), newline="")))
        cells = [cell for row in rows for cell in row]
        assert f"'{text}" in cells, address
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]

        workbook = load_workbook(
            io.BytesIO(b"".join(administrator.get(address, {"export": "xlsx"})))
        )
        found = [cell for row in workbook.active for cell in row if cell.value == text]
        assert found, address
        assert {cell.data_type for cell in found} == {"s"}


def test_no_list_of_the_admin_is_left_out(school: School, administrator: Client) -> None:
    """Everything that offers an export, found by asking for one."""
    UniversityFactory(name="=1+1", short_name="+1+cmd")
    exported = 0
    for address in (
        "/admin/users/",
        "/admin/snippets/cms/university/",
        "/admin/redirects/",
        "/admin/reports/locked/",
        "/admin/reports/workflow/",
        "/admin/reports/workflow_tasks/",
        "/admin/reports/page-types-usage/",
    ):
        response = administrator.get(address, {"export": "csv"})
        if response.headers["Content-Type"].startswith("text/csv"):
            exported += 1
            text = b"".join(response).decode()
            rows = csv.reader(io.StringIO(text, newline=""))
            assert not [c for row in rows for c in row if c.startswith(("=", "+", "@", "\t"))]
    assert exported >= 2
