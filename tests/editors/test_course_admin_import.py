"""Sessions from a spreadsheet: shown first, confirmed then, and in drafts after."""

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from wagtail.models import GroupPagePermission, Locale
from wagtail.users.models import UserProfile

from cms.models import Publication, User
from courses.models import CoursePage, CourseSession
from tests.factories import CoursePageFactory, UserFactory
from tests.html import Response, parse, read, words
from tests.school import School
from tests.spreadsheets import CONFIRM, IMPORT, Rows, csv_file, read_xlsx, upload, xlsx

HEAD = ["Course", "First day", "Last day", "Last day to apply", "Place"]
GMP = "Good manufacturing practice"


def _draft(course: CoursePage) -> CoursePage:
    draft: CoursePage = CoursePage.objects.get(pk=course.pk).get_latest_revision_as_object()
    return draft


def _days(course: CoursePage) -> list[date | None]:
    return [session.start_date for session in _draft(course).sessions_by_date]


def _packed(preview: Response) -> str:
    field = parse(preview).select_one("input[name=rows]")
    return str(field["value"]) if field else ""


def _confirm(client: Client, preview: Response) -> Response:
    packed = _packed(preview)
    assert packed, words(parse(preview))
    return client.post(CONFIRM, {"rows": packed})


def _outcomes(preview: Response) -> list[str]:
    rows = parse(preview).select("table.listing tbody tr")
    return [words(row.select("td")[-1]).partition(" ")[0] for row in rows]


def _export(client: Client, address: str = "/admin/courses/") -> list[list[object]]:
    return read_xlsx(b"".join(client.get(f"{address}?export=xlsx")))


def test_new_sessions_go_into_drafts_and_nowhere_else(
    school: School, editor: Client, client: Client
) -> None:
    before, public = Publication.objects.count(), client.get("/api/v2/courses/").content
    noon = datetime.fromisoformat("2027-10-22T12:00")
    preview = upload(
        editor,
        xlsx([
            HEAD,
            [GMP, date(2027, 10, 11), noon, "1 september 2027", "Lund"],
            ["cell therapy", "2027-03-01", None, None, None],
        ]),
    )  # fmt: skip
    assert _outcomes(preview) == ["New", "New"]
    assert "11–22 Oct 2027" in words(parse(preview))
    assert len(_days(school.course)) == 2

    response = _confirm(editor, preview)

    assert response.headers["Location"] == "/admin/courses/?publication=changed"
    page = words(read(editor, response.headers["Location"]))
    assert "2 sessions were imported into the drafts of 2 courses" in page
    assert page.count("Review “") == 2
    session = _draft(school.course).sessions_by_date[-1]
    assert (session.start_date, session.end_date) == (date(2027, 10, 11), date(2027, 10, 22))
    assert (session.application_closes, session.location) == (date(2027, 9, 1), "Lund")
    assert (session.mode, session.state) == ("on_site", "planned")
    assert _days(school.other_course) == [date(2027, 3, 1)]
    assert CourseSession.objects.count() == 2
    assert client.get("/api/v2/courses/").content == public
    assert Publication.objects.count() == before


def test_a_course_gets_one_new_draft_by_the_editor(school: School, editor: Client) -> None:
    before = school.course.revisions.count()
    rows = [[GMP, f"2027-0{month}-01"] for month in range(1, 6)]
    _confirm(editor, upload(editor, xlsx([HEAD[:2], *rows])))

    assert school.course.revisions.count() == before + 1
    assert school.course.revisions.latest("pk").user == User.objects.get(username="editor")
    assert len(_days(school.course)) == 7


def test_an_import_can_be_published(school: School, moderator: Client, client: Client) -> None:
    _confirm(moderator, upload(moderator, xlsx([HEAD[:2], [GMP, "2027-10-11"]])))
    moderator.post(f"/admin/bulk/wagtailcore/page/publish/?id={school.course.pk}")

    assert CourseSession.objects.filter(page=school.course).count() == 3
    assert "2027" in client.get("/courses/gmp/").text


@pytest.mark.parametrize("address", ["/admin/courses/", "/admin/sessions/"])
def test_an_export_comes_back_unchanged(school: School, editor: Client, address: str) -> None:
    preview = upload(editor, xlsx(_export(editor, address)))

    assert set(_outcomes(preview)) == {"Unchanged"}
    assert not _packed(preview)
    csv_export = b"".join(editor.get(f"{address}?export=csv"))
    assert set(_outcomes(upload(editor, csv_export, "sessions.csv"))) == {"Unchanged"}


def test_a_changed_export_changes_what_was_changed(school: School, editor: Client) -> None:
    head, *rows = _export(editor)
    coming = next(row for row in rows if row[head.index("Place")] == "BMC, Lund")
    coming[head.index("Place")] = "Malmö"
    coming[head.index("State")] = "Cancelled"
    coming[head.index("Last day to apply")] = "30.9.2026"
    coming[head.index("Workload")] = None
    preview = upload(editor, xlsx([head, *rows]))

    text = words(parse(preview))
    assert "Place: BMC, Lund → Malmö" in text
    assert "State: Confirmed → Cancelled" in text
    assert "Last day to apply: 1 Oct 2026 → 30 Sep 2026" in text
    assert "Workload: Full time → (empty)" in text
    assert sorted(_outcomes(preview)) == ["Changed", "Unchanged", "Unchanged"]
    _confirm(editor, preview)

    session = _draft(school.course).sessions_by_date[-1]
    assert (session.location, session.state, session.workload) == ("Malmö", "cancelled", "")
    assert session.application_closes == date(2026, 9, 30)
    assert (session.places, session.note) == (20, "Bring a laptop.")
    assert session.pk == CourseSession.objects.get(location="BMC, Lund").pk


def test_what_an_export_made_safe_comes_back_as_it_was(school: School, editor: Client) -> None:
    CourseSession.objects.filter(page=school.course).update(note="-20 °C on site")

    assert set(_outcomes(upload(editor, xlsx(_export(editor))))) == {"Unchanged"}


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_is_read_as_excel_writes_it(
    school: School, editor: Client, delimiter: str, encoding: str
) -> None:
    rows = [["Kurs", "Första dag", "Plats"], [GMP, "11 okt 2027", "Umeå, Sweden; “A”"]]
    preview = upload(editor, csv_file(rows, delimiter, encoding), "sessions.csv")

    _confirm(editor, preview)
    assert _draft(school.course).sessions_by_date[-1].location == "Umeå, Sweden; “A”"


def test_excels_own_way_to_name_the_separator_is_no_row(school: School, editor: Client) -> None:
    content = b"sep=;\r\n" + csv_file([HEAD[:2], [GMP, "31 feb 2027"]])

    assert "Row 3, First day:" in words(parse(upload(editor, content, "sessions.csv")))


@pytest.mark.parametrize(
    "text",
    [
        "2027-10-11",
        "11 oktober 2027",
        "11 okt 2027",
        "11 okt. 2027",
        "11 Oct 2027",
        "den 11 oktober 2027",
        "11.10.2027",
        "11/10 2027",
        "20271011",
        "2027-10-11 00:00:00",
        "  11  October   2027 ",
    ],
)
def test_dates_are_read_in_iso_and_in_swedish_form(
    school: School, editor: Client, text: str
) -> None:
    _confirm(editor, upload(editor, xlsx([HEAD[:2], [GMP, text]])))

    assert _days(school.course)[-1] == date(2027, 10, 11)


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("Course", GMP),
        ("Kurs", "GOOD MANUFACTURING PRACTICE"),
        ("Course code", "med901"),
        ("Kurskod", "MED901"),
        ("Course address", "gmp"),
        ("address", "https://www.example.org/courses/gmp/"),
    ],
)
def test_a_course_is_known_by_title_code_or_address(
    school: School, editor: Client, head: str, name: str
) -> None:
    _confirm(editor, upload(editor, xlsx([[head, "First day"], [name, "2027-10-11"]])))

    assert len(_days(school.course)) == 3


def test_two_courses_of_one_name_have_to_be_told_apart(school: School, editor: Client) -> None:
    CoursePageFactory(parent=school.index, title=GMP, slug="gmp-2")
    rows = [["Course", "Course address", "First day"], [GMP, "", "2027-10-11"]]
    assert "2 courses have this name" in upload(editor, xlsx(rows)).text

    rows[1][1] = "gmp"
    _confirm(editor, upload(editor, xlsx(rows)))
    assert len(_days(school.course)) == 3


def test_one_bad_row_stops_all_and_all_are_shown(school: School, editor: Client) -> None:
    rows = [[GMP, f"2027-01-{day:02}", None, None, None] for day in range(1, 21)]
    rows[4][3] = "31 feb"
    rows[9][2] = "2026-01-01"
    preview = upload(editor, xlsx([HEAD, *rows]))

    text = words(parse(preview))
    assert (
        "Row 6, Last day to apply: “31 feb” is not a date; "
        "write 2026-10-12 or 12 October 2026." in text
    )
    assert "Row 11, Last day: The last day cannot be before the first day." in text
    assert "2 rows have to be corrected" in text
    assert len(_outcomes(preview)) == 20
    assert not _packed(preview)
    assert len(_days(school.course)) == 2


def test_every_bad_cell_of_a_row_is_named(school: School, editor: Client) -> None:
    head = ["Course", "First day", "Places", "State", "Application link", "Note"]
    row = ["No such course", "tomorrow", "many", "maybe", "not a link", "x" * 301]
    text = words(parse(upload(editor, xlsx([head, row, [GMP, *row[1:]]]))))

    assert "Row 2, Course: There is no course called “No such course”." in text
    for number, heading in [(2, "First day"), (2, "Places"), (2, "State"), (3, "First day"),
                            (3, "Application link"), (3, "Note")]:  # fmt: skip
        assert f"Row {number}, {heading}: " in text


def test_what_is_there_already_is_not_added_again(school: School, editor: Client) -> None:
    rows = [HEAD[:3], [GMP, "2026-11-02", "2026-11-13"], [GMP, "2027-01-11", ""],
            [GMP, "2027-01-11", ""]]  # fmt: skip

    assert _outcomes(upload(editor, xlsx(rows))) == ["Unchanged", "New", "Unchanged"]


def test_the_draft_of_others_is_kept(school: School, editor: Client) -> None:
    draft = _draft(school.course)
    draft.title = "A better title"
    draft.sessions.add(CourseSession(start_date=date(2027, 5, 3), locale=draft.locale))
    draft.save_revision()

    _confirm(editor, upload(editor, xlsx([HEAD[:2], ["A better title", "2027-10-11"]])))

    assert _draft(school.course).title == "A better title"
    assert _days(school.course)[-2:] == [date(2027, 5, 3), date(2027, 10, 11)]


def test_what_was_shown_is_shown_again_if_the_course_has_changed_since(
    school: School, editor: Client
) -> None:
    preview = upload(editor, xlsx([HEAD[:2], [GMP, "2027-10-11"]]))
    _draft(school.course).save_revision()

    again = _confirm(editor, preview)
    assert "Something has changed since" in again.text
    assert len(_days(school.course)) == 2
    _confirm(editor, again)
    assert len(_days(school.course)) == 3


def test_confirming_twice_imports_once(school: School, editor: Client) -> None:
    preview = upload(editor, xlsx([HEAD[:2], [GMP, "2027-10-11"]]))
    _confirm(editor, preview)
    _confirm(editor, preview)

    assert len(_days(school.course)) == 3


def test_a_confirmation_holds_for_whom_it_was_made(
    school: School, editor: Client, moderator: Client
) -> None:
    preview = upload(editor, xlsx([HEAD[:2], [GMP, "2027-10-11"]]))
    for rows in (_packed(preview), "", "nonsense", _packed(preview)[:-2]):
        assert moderator.post(CONFIRM, {"rows": rows}).headers["Location"] == IMPORT

    assert len(_days(school.course)) == 2
    assert editor.get(CONFIRM).status_code == 405


def test_a_course_that_was_locked_meanwhile_is_left_alone(school: School, editor: Client) -> None:
    preview = upload(editor, xlsx([HEAD[:2], [GMP, "2027-10-11"], ["Cell therapy", "2027-10-11"]]))
    CoursePage.objects.filter(pk=school.course.pk).update(locked=True)

    assert "is locked" in _confirm(editor, preview).text
    assert _days(school.other_course) == []


def test_only_those_who_may_edit_a_course_import_into_it(
    school: School, login: Callable[[User], Client]
) -> None:
    partners = Group.objects.create(name="Partners")
    partners.permissions.add(Permission.objects.get(codename="access_admin"))
    change = Permission.objects.get(codename="change_page", content_type__app_label="wagtailcore")
    GroupPagePermission.objects.create(group=partners, page=school.other_course, permission=change)
    hidden = CoursePageFactory(parent=school.index, title="Not announced", live=False)
    partner = login(UserFactory.create(username="partner", groups=["Partners"]))

    rows: Rows = [["Cell therapy", "2027-10-11"], [GMP, "2027-10-11"], [hidden.title, "2027-10-11"]]
    text = words(parse(upload(partner, xlsx([HEAD[:2], *rows]))))
    assert "Row 3, Course: You may not edit this course." in text
    assert "Row 4, Course: There is no course called “Not announced”." in text

    _confirm(partner, upload(partner, xlsx([HEAD[:2], rows[0]])))
    assert _days(school.other_course) == [date(2027, 10, 11)]


def test_whoever_may_edit_nothing_is_refused(
    school: School, login: Callable[[User], Client], client: Client
) -> None:
    nobody = UserFactory.create(username="nobody")
    nobody.user_permissions.add(Permission.objects.get(codename="access_admin"))
    content = xlsx([HEAD[:2], [GMP, "2027-10-11"]])

    for visitor, refused in ((login(nobody), 403), (client, 302)):
        assert upload(visitor, content).status_code == 302
        assert visitor.post(CONFIRM, {"rows": "x"}).status_code == refused
    assert client.get(f"{IMPORT}template/").status_code == 302


def test_a_translation_is_not_a_second_course_of_that_name(school: School, editor: Client) -> None:
    swedish, _created = Locale.objects.get_or_create(language_code="sv")
    school.course.copy_for_translation(swedish, copy_parents=True)

    _confirm(editor, upload(editor, xlsx([HEAD[:2], [GMP, "2027-10-11"]])))
    assert len(_days(school.course)) == 3


def test_unknown_columns_are_named_and_left_alone(school: School, editor: Client) -> None:
    preview = upload(editor, xlsx([["Course", "First day", "My notes"], [GMP, "2027-10-11", "x"]]))

    assert "ignored: My notes" in words(parse(preview))
    assert _outcomes(preview) == ["New"]


def test_the_template_has_headings_that_the_import_knows(school: School, editor: Client) -> None:
    template = b"".join(editor.get(f"{IMPORT}template/"))
    assert "There is no course called “Example" in words(parse(upload(editor, template)))
    [head, example] = read_xlsx(template)
    row = [
        GMP if heading == "Course" else cell for heading, cell in zip(head, example, strict=True)
    ]
    preview = upload(editor, xlsx([head, row]))

    assert _outcomes(preview) == ["New"]
    assert "left alone" not in preview.text
    [form, state] = load_workbook(BytesIO(template)).active.data_validations.dataValidation
    assert form.formula1 == '"On site,Online,Hybrid"'
    assert "Planned" in state.formula1


def test_a_misspelt_course_is_guessed(school: School, editor: Client) -> None:
    UserProfile.objects.update_or_create(
        user=User.objects.get(username="editor"), defaults={"preferred_language": "sv"}
    )
    preview = upload(editor, xlsx([HEAD[:2], [GMP.replace("manufacturing", "manufactoring"), ""]]))

    said = words(parse(preview))
    assert "Rad 2, Kurs: Det finns ingen kurs som heter" in said
    assert f"Menade du ”{GMP}”?" in said


def test_longer_files_cost_no_more_queries(school: School, editor: Client) -> None:
    def queries(count: int) -> int:
        course = CoursePageFactory(parent=school.index, title=f"Course of {count} sessions")
        rows = [[course.title, f"2027-01-{day:02}"] for day in range(1, count + 1)]
        with CaptureQueriesContext(connection) as captured:
            _confirm(editor, upload(editor, xlsx([HEAD[:2], *rows])))
        return len(captured)

    queries(1)
    assert queries(20) == queries(2)
