"""Files that are not what they should be are refused in words, and nothing breaks."""

from uuid import uuid4

import pytest
from django.test import Client

from courses.models import CourseSession
from tests.html import parse, words
from tests.school import School
from tests.spreadsheets import SHEET, csv_file, upload, with_part, xlsx, zipped

GMP = "Good manufacturing practice"
HEAD = ["Course", "First day"]


GOOD = xlsx([HEAD, [GMP, "2027-10-11"]])
ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">&b;</worksheet>'
)
FILES = {
    "nothing": b"",
    "one byte": b"\0",
    "white space": b" \n\n ",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "a PDF": b"%PDF-1.7\n%\xe2\xe3",
    "a page": b"<html><body><table><tr><td>Course</td></tr></table></body></html>",
    "old Excel": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
    "half a workbook": GOOD[: len(GOOD) // 2],
    "a workbook with a torn end": GOOD[:-30],
    "only the mark of a zip": b"PK\x03\x04",
    "a zip of something else": zipped({"hello.txt": b"hello"}),
    "an empty zip": zipped({}),
    "a bomb": with_part(GOOD, SHEET, b" " * 17_000_000),
    "a bomb beside the sheet": with_part(GOOD, "xl/media/a.bin", bytes(20_000_000)),
    "entities": with_part(GOOD, SHEET, ENTITIES),
    "outer entities": with_part(
        GOOD,
        SHEET,
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>',
    ),
    "no XML": with_part(GOOD, SHEET, b"this is no XML"),
    "another XML": with_part(GOOD, SHEET, b"<sheet/>"),
    "no workbook": with_part(GOOD, "xl/workbook.xml", b"<workbook/>"),
    "broken styles": with_part(GOOD, "xl/styles.xml", b"<styleSheet><cellXfs><xf/></cellXfs>"),
    "headings alone": xlsx([HEAD]),
    "an empty sheet": xlsx([]),
    "no course": xlsx([["First day"], ["2027-10-11"]]),
    "no session": xlsx([["Course", "Course code"], [GMP, "MED901"]]),
    "a column twice": xlsx([["Course", "First day", "Första dag"], [GMP, "2027-10-11", ""]]),
    "no headings": xlsx([[GMP, "2027-10-11"], [GMP, "2027-10-12"]]),
    "too many rows": csv_file([HEAD, *([[GMP, "2027-10-11"]] * 2001)]),
    "too large": b"Course;First day\n" + b"x" * (2 * 1024 * 1024),
    "zero bytes in text": b"Course;First day\nGood\0;2027-10-11\n",
    "odd UTF-16": b"\xff\xfeC\x00o",
    "a cell without end": b'Course;First day\n"' + b"x" * 200_000,
    "a million commas": b"Course,First day\n" + b"," * 1_000_000,
}
ROWS: dict[str, list[object]] = {
    "a day that is none": [GMP, "31 feb 2027"],
    "the thirteenth month": [GMP, "2027-13-01"],
    "day and month the American way": [GMP, "10/25/2027"],
    "day and month either way": [GMP, "1/4/2027"],
    "a year of two digits": [GMP, "11/10/27"],
    "another century": [GMP, "1927-10-11"],
    "the far future": [GMP, "9999-12-31"],
    "a serial number": [GMP, 46307],
    "a month of nothing": [GMP, "11 xyz 2027"],
    "Arabic digits": [GMP, "\u0662\u0660\u0662\u0667-\u0661\u0660-\u0661\u0661"],
    "a script": [GMP, "<script>alert(1)</script>"],
    "a formula": [GMP, "'=1+1"],
    "an error of Excel": [GMP, "#REF!"],
    "no course": ["", "2027-10-11"],
    "a course of nobody": ["Astrology", "2027-10-11"],
    "a script as a course": ["<script>alert(1)</script>", "2027-10-11"],
    "right to left": ["\u202eevil", "2027-10-11"],
    "emoji": ["🧬", "2027-10-11"],
    "a very long course": ["x" * 30_000, "2027-10-11"],
    "more cells than headings": [GMP, "2027-10-11", "", "", "surprise"],
}
MORE = {
    "no id": ["nonsense", GMP, "2027-10-11", "", ""],
    "an unknown id": [str(uuid4()), GMP, "2027-10-11", "", ""],
    "places below none": ["", GMP, "2027-10-11", "-1", ""],
    "no places": ["", GMP, "2027-10-11", "0", ""],
    "more places than people": ["", GMP, "2027-10-11", "9" * 18, ""],
    "half a place": ["", GMP, "2027-10-11", "1.5", ""],
    "thousands of digits": ["", GMP, "2027-10-11", "9" * 1999, ""],
    "a link that runs": ["", GMP, "2027-10-11", "", "javascript:alert(1)"],
}


def _refusal(client: Client, content: bytes) -> str:
    response = upload(client, content)
    assert response.status_code == 200
    assert parse(response).select_one("input[name=rows]") is None
    assert "<script>alert" not in response.text
    assert CourseSession.objects.count() == 2
    message = parse(response).select_one(".error-message, .help-critical")
    assert message is not None, words(parse(response))
    return words(message)


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_used_is_refused_in_words(
    school: School, editor: Client, name: str
) -> None:
    assert len(_refusal(editor, FILES[name])) > 10


@pytest.mark.parametrize("name", ROWS)
def test_a_row_that_cannot_be_right_is_named(school: School, editor: Client, name: str) -> None:
    assert "Row 2" in _refusal(editor, csv_file([HEAD, ROWS[name]]))


def test_what_nobody_can_see_in_a_cell_is_left_out(school: School, editor: Client) -> None:
    response = upload(editor, csv_file([HEAD, [f"{GMP}\x7f", "2027-10-11"]]))

    assert parse(response).select_one("input[name=rows]")


@pytest.mark.parametrize("name", MORE)
def test_a_cell_that_cannot_be_right_is_named(school: School, editor: Client, name: str) -> None:
    head = ["Session ID", "Course", "First day", "Places", "Application link"]
    assert "Row 2, " in _refusal(editor, xlsx([head, MORE[name]]))


def test_a_session_cannot_be_in_two_rows(school: School, editor: Client) -> None:
    key = str(CourseSession.objects.filter(page=school.course).by_date()[1].translation_key)
    rows = [["Session ID", "Place"], [key, "Lund"], [key, "Malmö"]]

    assert "Row 3, Session ID: This session is in row 2 already." in _refusal(editor, xlsx(rows))


def test_a_session_does_not_move_to_another_course(school: School, editor: Client) -> None:
    key = str(CourseSession.objects.filter(page=school.course).by_date()[1].translation_key)
    rows = [["Session ID", "Course", "Place"], [key, "Cell therapy", "Lund"]]

    assert "Row 2, Session ID" in _refusal(editor, xlsx(rows))


def test_a_form_without_a_file_says_so(school: School, editor: Client) -> None:
    response = editor.post("/admin/courses/import/", {"file": "a text"})

    assert response.status_code == 200
    assert "required" in response.text
