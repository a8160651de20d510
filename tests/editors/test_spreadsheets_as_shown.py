"""What an import reads in a cell is what the cell shows, or it is refused in words."""

import json
import unicodedata
from datetime import date, time
from typing import Any

from django.test import Client
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from wagtail.models import Locale

from cms.models import User
from courses.importing.headings import UnreadableFileError
from courses.importing.outcomes import heading_of
from courses.importing.planning import Plan
from courses.importing.reading import read_sheet
from courses.importing.spreadsheet import SESSION_COLUMNS
from courses.importing.values import CellError, shown, value_of
from courses.models import CoursePage, CourseSession
from tests.factories import UserFactory
from tests.html import parse, words
from tests.school import School
from tests.spreadsheets import SHEET, csv_file, parts_of, saved, upload, with_part, xlsx

GMP = "Good manufacturing practice"
REFUSED = "refused"
# A value and its format, in a column, and what the cell shows; in English.
CELLS: list[tuple[object, str, str, object]] = [
    (0.5, "0%", "workload", "50 %"),
    (1, "0%", "workload", "100 %"),
    (0.125, "0.0%", "workload", "12.5 %"),
    (0.5, "General", "workload", "0.5"),
    (0.1 + 0.2, "General", "workload", "0.3"),
    (50, "General", "workload", "50"),
    (50.0, "General", "workload", "50"),
    (7.5, "0.00", "workload", "7.50"),
    (12345, "General", "location", "12345"),
    (1234567.0, "#,##0", "location", "1234567"),
    (2, '0 "weeks"', "workload", "2 weeks"),
    (1500, '#,##0\\ "kr"', "note", "1500 kr"),
    (20, r"_-* #,##0\ _k_r_-;\-* #,##0\ _k_r_-", "places", 20),
    (20, "0_ ;[Red]\\-0\\ ", "places", 20),
    (20, "0.00", "places", 20),
    (1500, "#,##0", "places", 1500),
    (20, '0 "st"', "places", REFUSED),
    (0.2, "0%", "places", REFUSED),
    (19.5, "General", "places", REFUSED),
    (True, "General", "location", REFUSED),
    (False, "General", "state", REFUSED),
    ("=1+1", "General", "places", REFUSED),
    ("=A1", "General", "location", REFUSED),
    ("=DATE(2027;1;1)", "yyyy-mm-dd", "end_date", REFUSED),
    ("#N/A", "General", "location", REFUSED),
    ("#REF!", "General", "note", REFUSED),
    ("#DIV/0!", "General", "workload", REFUSED),
    ("#NAME?", "General", "end_date", REFUSED),
    (date(2027, 10, 11), "yyyy-mm-dd", "end_date", date(2027, 10, 11)),
    (46671.4, "dd/mm/yyyy hh:mm", "end_date", date(2027, 10, 11)),
    (46671, "d mmm yyyy", "end_date", date(2027, 10, 11)),
    (46671, "General", "end_date", REFUSED),
    (99_999_999, "yyyy-mm-dd", "end_date", REFUSED),
    (-5, "yyyy-mm-dd", "location", REFUSED),
    (time(9, 30), "hh:mm", "end_date", REFUSED),
    ("1/4/2027", "@", "end_date", REFUSED),
    ("4/4/2027", "@", "end_date", date(2027, 4, 4)),
    ("13/4/2027", "@", "end_date", date(2027, 4, 13)),
    ("1/4 2027", "@", "end_date", date(2027, 4, 1)),
    ("1.4.2027", "@", "end_date", date(2027, 4, 1)),
    ("Go\u0308teborg", "@", "location", "Göteborg"),
    ("Lund\nMalmö", "@", "location", "Lund Malmö"),
    ("007", "@", "location", "007"),
    ("# 7", "@", "location", "# 7"),
    ("", "@", "location", ""),
]
CELLS_OF_TEXT: list[tuple[str, str, object]] = [
    ("#SAKNAS!", "location", REFUSED),
    ("#VÄRDEFEL!", "note", REFUSED),
    ("########", "location", REFUSED),
    ("SANT", "location", REFUSED),
    ("=A1", "location", REFUSED),
    ("'=A1", "location", "=A1"),
    ("50 %", "workload", "50 %"),
    ("Pla\u030aneraat", "state", REFUSED),
    ("Pa\u030a plats", "mode", "on_site"),
]


def _meant(content: bytes, name: str) -> object:
    [row] = read_sheet(content).rows
    try:
        return value_of(name, row.cells.get(name, ""))
    except CellError:
        return REFUSED


def _workbook(cell: object, code: str, heading: str) -> bytes:
    workbook = Workbook()
    sheet: Any = workbook.active
    sheet.append(["Course", heading])
    sheet.append([GMP, cell])
    sheet["B2"].number_format = code
    return saved(workbook)


def test_a_cell_is_read_as_it_is_shown() -> None:
    for cell, code, name, meant in CELLS:
        found = _meant(_workbook(cell, code, heading_of(name)), name)
        assert found == meant, (cell, code, name, found)
    for text, name, meant in CELLS_OF_TEXT:
        found = _meant(csv_file([["Course", heading_of(name)], [GMP, text]]), name)
        assert found == meant, (text, name, found)
    with override("sv"):
        assert _meant(_workbook(0.125, "0.0%", "Studietakt"), "workload") == "12,5 %"


def _with_cell(xml: str) -> bytes:
    """Return a workbook in which one cell is written as given."""
    workbook = xlsx([["Course", "Place"], [GMP, 1]])
    sheet = parts_of(workbook)[SHEET].decode()
    start = sheet.index('<c r="B2"')
    end = sheet.index("</c>", start) + len("</c>")
    return with_part(workbook, SHEET, f"{sheet[:start]}{xml}{sheet[end:]}".encode())


def test_the_result_of_a_formula_is_read_where_the_file_has_one() -> None:
    formula = "<f>A1</f>"
    for xml, meant in [
        (f'<c r="B2" t="str">{formula}<v>Lund</v></c>', "Lund"),
        (f'<c r="B2" t="str">{formula}<v></v></c>', ""),
        (f'<c r="B2">{formula}<v>7</v></c>', "7"),
        (f'<c r="B2">{formula}<v/></c>', REFUSED),
        (f'<c r="B2">{formula}</c>', REFUSED),
        ('<c r="B2"><f t="shared" si="0"/></c>', REFUSED),
        (f'<c r="B2" t="e">{formula}<v>#REF!</v></c>', REFUSED),
        (f'<c r="B2" t="b">{formula}<v>1</v></c>', REFUSED),
        ('<c r="B2" t="inlineStr"><is><r><t>Lu</t></r><r><t>nd</t></r></is></c>', "Lund"),
    ]:
        assert _meant(_with_cell(xml), "location") == meant, xml


def test_the_first_sheet_that_is_seen_is_read() -> None:
    workbook = Workbook()
    hidden = workbook.worksheets[0]
    hidden.append(["Course", "Place"])
    hidden.append(["Hidden", "Lund"])
    hidden.sheet_state = "hidden"
    seen = workbook.create_sheet("Seen")
    seen.append(["Course", "Place"])
    seen.append([GMP, "Lund"])

    assert read_sheet(saved(workbook)).rows[0].cells["course"] == GMP


def test_what_cannot_be_told_empties_nothing(school: School, editor: Client) -> None:
    session = CourseSession.objects.get(location="BMC, Lund")
    head, key = ["Session ID", "Place", "Last day"], str(session.translation_key)
    said = words(parse(upload(editor, xlsx([head, [key, "=A1", "=A1"]]))))
    assert "Row 2, Place: The cell has a formula" in said
    assert "Row 2, Last day: The cell has a formula" in said

    unclosed = b'Course code;First day;Place\nMED901;2027-03-01;"Lund\nMED901;2027-04-01;Malm\n'
    assert 'a quotation mark (") that is not closed' in words(parse(upload(editor, unclosed)))

    said = words(parse(upload(editor, csv_file([["Course", "First day"], [GMP, "1/4/2027"]]))))
    assert "“1/4/2027” can mean 1 Apr 2027 or 4 Jan 2027; write 2027-04-01 for the first." in said

    row = [GMP, "2027-11-08", "2027-11-01"]
    said = words(parse(upload(editor, csv_file([["Course", "First day", "Last day"], row]))))
    assert "8 Nov 2027 – 1 Nov 2027" in said


def test_headings_and_titles_are_known_in_either_language_and_from_a_mac(
    school: School, editor: Client
) -> None:
    swedish, _created = Locale.objects.get_or_create(language_code="sv")
    translation = school.course.copy_for_translation(swedish, copy_parents=True)
    translation.title = "God tillverkningssed för läkemedel"
    translation.save_revision().publish()
    decomposed = unicodedata.normalize("NFD", translation.title)
    head = [unicodedata.normalize("NFD", heading) for heading in ("Kurs", "Sista ansökningsdag")]
    preview = upload(editor, csv_file([[*head, "Plats"], [decomposed, "2027-01-01", "Umeå"]]))

    said = words(parse(preview))
    assert "left alone" not in said
    assert "Last day to apply: 1 Jan 2027" in said
    assert "New: 1" in said


DATES = {"start_date", "end_date", "application_opens", "application_closes"}
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
CELL = {
    column.name: st.just("") | st.dates(date(2026, 1, 1), date(2028, 1, 1)).map(str) | TEXT
    if column.name in DATES
    else st.just("") | st.integers(1, 99).map(str) | TEXT
    for column in SESSION_COLUMNS
    if column.name not in {"application_url", "mode", "state"}
}


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.fixed_dictionaries({}, optional=CELL))
def test_what_the_preview_shows_is_what_is_saved(school: School, cells: dict[str, str]) -> None:
    user = User.objects.filter(is_superuser=True).first() or UserFactory.create(is_superuser=True)
    head = ["Course", *(heading_of(name) for name in cells)]
    try:
        sheet = read_sheet(csv_file([head, [GMP, *cells.values()]]))
    except UnreadableFileError:
        return
    plan = Plan(sheet, user)
    if plan.may_be_confirmed:
        [row] = plan.rows
        draft = plan.touched[school.course.pk]
        saved_draft = CoursePage.from_serializable_data(json.loads(draft.to_json()))
        new = list(saved_draft.sessions.all())[-1]
        values = {name: getattr(new, name) for name in cells}
        assert {change.label: change.new for change in row.changes} == {
            heading_of(name): shown(name, value) for name, value in values.items() if value
        }
        assert all(not cells[name].strip() for name, value in values.items() if not value)
