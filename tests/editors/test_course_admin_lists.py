"""The lists of courses and sessions: what they show, to whom, and what an export holds."""

import csv
from collections.abc import Callable
from datetime import date
from io import StringIO

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page
from wagtail.users.models import UserProfile

from cms.editing.csv_exports import safe_cell
from cms.models import User
from courses.models import CoursePage
from tests.factories import CoursePageFactory, CourseSessionFactory, UniversityFactory, UserFactory
from tests.html import links, read, words
from tests.school import School
from tests.spreadsheets import read_xlsx

COURSES, SESSIONS = "/admin/courses/", "/admin/sessions/"


def _rows(client: Client, address: str) -> list[str]:
    document = read(client, address)
    return [words(row) for row in document.select("table.listing tbody tr")]


def _queries(client: Client, address: str) -> int:
    read(client, address)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        read(client, address)
    return len(queries)


def _content(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200
    return b"".join(response) if response.streaming else response.content


def test_a_course_is_listed_with_its_next_session_as_visitors_see_it(
    school: School, editor: Client
) -> None:
    row = next(row for row in _rows(editor, COURSES) if "Good manufacturing practice" in row)

    assert "2–13 Nov 2026" in row
    assert "Lund University" in row
    assert "Open for application" in row
    assert "1 Oct 2026" in row
    assert "English, Swedish" in row
    assert "live" in row


def test_the_next_session_leads_to_where_it_is_edited_for_those_who_may(
    school: School,
    swedish_pages: dict[str, Page],
    editor: Client,
    login: Callable[[User], Client],
) -> None:
    def leads_to(client: Client, course: Page) -> list[str]:
        document = read(client, f"{COURSES}?locale={course.locale.language_code}")
        rows = document.select("table.listing tbody tr")
        [row] = [row for row in rows if "2–13 Nov 2026" in words(row)]
        return [link for link in links(row) if "#" in link]

    [session] = school.course.sessions.filter(start_date=date(2026, 11, 2))
    place = f"/admin/pages/{school.course.pk}/edit/#session-{session.translation_key}-section"
    for course in (school.course, swedish_pages["course"]):
        assert leads_to(editor, course) == [place]
    assert school.partner.partner_editors is not None
    stranger = UserFactory.create(groups=[school.partner.partner_editors.name])
    rows = read(login(stranger), COURSES).select("table.listing tbody tr")
    assert not [link for row in rows for link in links(row) if "#session" in link]


def test_the_menu_leads_to_both_lists(school: School, editor: Client) -> None:
    response = editor.get("/admin/")

    assert COURSES in response.text
    assert SESSIONS in response.text


def test_whoever_may_do_nothing_to_pages_is_refused(
    school: School, login: Callable[[User], Client]
) -> None:
    nobody = UserFactory.create(username="nobody")
    nobody.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = login(nobody)

    for address in (COURSES, SESSIONS, f"{COURSES}import/", f"{COURSES}?export=csv"):
        assert client.get(address).status_code == 302, address
    assert COURSES not in client.get("/admin/").text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=manufacturing", {"gmp"}),
        ("q=med901", {"gmp"}),
        ("q=lund+practice", {"gmp"}),
        ("q=nothing+like+it", set()),
        ("sessions=upcoming", {"gmp"}),
        ("sessions=none", {"cells"}),
        ("sessions=running", set()),
        ("status=open", {"gmp"}),
        ("status=closed", set()),
        ("taught_in=swedish", {"gmp"}),
        ("taught_in=english", {"gmp", "cells"}),
        ("publication=live", {"gmp", "cells"}),
        ("publication=draft", set()),
        ("publication=changed", set()),
        ("locale=sv", set()),
        ("locale=en", {"gmp", "cells"}),
        ("q=cell&taught_in=english&ordering=-next_deadline", {"cells"}),
        ("status=nonsense", {"gmp", "cells"}),
        ("ordering=nonsense&p=77&host=nonsense", {"gmp", "cells"}),
    ],
)
def test_the_list_of_courses_is_narrowed_down(
    school: School, editor: Client, query: str, found: set[str]
) -> None:
    titles = {"gmp": "Good manufacturing practice", "cells": "Cell therapy"}
    rows = _rows(editor, f"{COURSES}?{query}")

    assert {slug for slug, title in titles.items() if any(title in row for row in rows)} == found


@pytest.mark.parametrize("field", ["host", "stages"])
def test_courses_are_found_by_host_and_stage(school: School, editor: Client, field: str) -> None:
    value = {"host": school.university.pk, "stages": school.stage.pk}[field]
    rows = _rows(editor, f"{COURSES}?{field}={value}")

    assert len(rows) == 1
    assert "Good manufacturing practice" in rows[0]


@pytest.mark.parametrize("ordering", ["title", "next_start", "host__name", "next_deadline", "live"])
def test_courses_are_sorted_by_every_column_that_says_so(
    school: School, editor: Client, ordering: str
) -> None:
    for order in (ordering, f"-{ordering}"):
        assert len(_rows(editor, f"{COURSES}?ordering={order}")) == 2
    if ordering == "next_start":
        assert "Good manufacturing" in _rows(editor, f"{COURSES}?ordering=-next_start")[0]


def test_sessions_are_listed_by_date_what_is_over_last(school: School, editor: Client) -> None:
    rows = _rows(editor, SESSIONS)

    assert [row[:16] for row in rows] == ["2–13 Nov 2026 Ed", "3–14 Nov 2025 Ed"]
    assert "Past" in rows[1]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("when=past", 1),
        ("when=upcoming", 1),
        ("status=open", 1),
        ("state=confirmed", 2),
        ("state=cancelled", 0),
        ("mode=online", 1),
        ("q=uppsala", 1),
        ("ordering=-start_date", 2),
        ("ordering=page__title", 2),
        ("when=nonsense&ordering=nonsense", 2),
    ],
)
def test_the_list_of_sessions_is_narrowed_down(
    school: School, editor: Client, query: str, count: int
) -> None:
    assert len(_rows(editor, f"{SESSIONS}?{query}")) == count


def test_the_sessions_of_a_translation_are_listed_once(school: School, editor: Client) -> None:
    swedish, _created = Locale.objects.get_or_create(language_code="sv")
    school.course.copy_for_translation(swedish, copy_parents=True)

    assert len(_rows(editor, SESSIONS)) == 2
    assert sum("Good manufacturing" in row for row in _rows(editor, COURSES)) == 2


def test_longer_lists_cost_no_more_queries(school: School, editor: Client) -> None:
    def add(count: int) -> None:
        for number in range(count):
            CoursePageFactory(
                parent=school.index,
                host=UniversityFactory.create(),
                sessions=[CourseSessionFactory.build(start_date=date(2026, 11, 1 + number))],
            )

    addresses = (COURSES, SESSIONS, f"{COURSES}?status=open", f"{SESSIONS}?q=u")
    add(2)
    few = {address: _queries(editor, address) for address in addresses}
    add(18)
    assert {address: _queries(editor, address) for address in addresses} == few


def test_the_bulk_actions_of_pages_work_on_the_list_of_courses(
    school: School, moderator: Client, client: Client
) -> None:
    assert "/admin/bulk/wagtailcore/page/publish/" in moderator.get(COURSES).text
    for action, status in (("unpublish", 404), ("publish", 200)):
        response = moderator.post(
            f"/admin/bulk/wagtailcore/page/{action}/?id={school.course.pk}&next={COURSES}"
        )
        assert response.headers["Location"] == COURSES
        assert client.get("/courses/gmp/").status_code == status


def test_no_bulk_action_offers_pages_that_the_list_does_not_show(
    school: School, moderator: Client
) -> None:
    for _number in range(60):
        CoursePageFactory(parent=school.index)

    response = moderator.get(COURSES)

    assert "Page 1 of 2" in words(read(moderator, COURSES))
    assert "data-bulk-action-num-objects-in-listing" not in response.text


@pytest.mark.parametrize("address", [COURSES, SESSIONS])
def test_an_export_has_a_row_for_each_session(school: School, editor: Client, address: str) -> None:
    head, *rows = read_xlsx(_content(editor, f"{address}?export=xlsx"))
    column = {heading: i for i, heading in enumerate(head)}
    sessions = [row for row in rows if row[column["Course"]] == "Good manufacturing practice"]

    assert len(sessions) == 2
    assert {row[column["First day"]] for row in sessions} == {
        date(2026, 11, 2),
        date(2025, 11, 3),
    }
    assert {row[column["Course code"]] for row in sessions} == {"MED901"}
    assert (address == COURSES) == ("Cell therapy" in {row[column["Course"]] for row in rows})


def test_an_export_obeys_the_filters(school: School, editor: Client) -> None:
    content = _content(editor, f"{COURSES}?sessions=none&export=csv").decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(content)))

    assert [row["Course"] for row in rows] == ["Cell therapy"]


def test_an_export_runs_nothing(school: School, editor: Client) -> None:
    school.other_course.title = '=HYPERLINK("https://evil.example","Click")'
    school.other_course.code = "@SUM(A1)"
    school.other_course.save_revision().publish()

    content = _content(editor, f"{COURSES}?export=csv").decode("utf-8-sig")
    row = next(row for row in csv.DictReader(StringIO(content)) if "HYPERLINK" in row["Course"])
    cells = [cell for row in read_xlsx(_content(editor, f"{COURSES}?export=xlsx")) for cell in row]

    assert row["Course"].startswith("'=")
    assert row["Course code"] == "'@SUM(A1)"
    assert "'@SUM(A1)" in cells


def test_headings_are_in_the_language_of_the_reader(school: School, editor: Client) -> None:
    profile = UserProfile.get_for_user(User.objects.get(username="editor"))
    profile.preferred_language = "sv"
    profile.save()

    assert "Sista ansökningsdag" in _content(editor, f"{SESSIONS}?export=csv").decode()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_is_never_a_formula(start: str) -> None:
    assert safe_cell(f"{start}1+1") == f"'{start}1+1"


def test_other_cells_are_left_alone() -> None:
    assert safe_cell("a=1") == "a=1"
    assert safe_cell(-5) == -5
    assert safe_cell(None) is None


def test_a_course_without_a_host_is_listed_too(school: School, editor: Client) -> None:
    CoursePage.objects.filter(pk=school.other_course.pk).update(host=None)

    assert len(_rows(editor, f"{COURSES}?ordering=host__name")) == 2
    assert len(_rows(editor, SESSIONS)) == 2


def test_a_session_leads_to_itself_in_the_editor_of_its_course(
    school: School, editor: Client
) -> None:
    titles = read(editor, SESSIONS).select("table.listing td.title .title-wrapper a")
    addresses = {str(title["href"]) for title in titles}
    keys = school.course.sessions.values_list("translation_key", flat=True)
    sessions = {f"session-{key}-section" for key in keys}
    assert {f"/admin/pages/{school.course.pk}/edit/#{panel}" for panel in sessions} <= addresses
    panels = read(editor, f"/admin/pages/{school.course.pk}/edit/").select("[data-panel].collapsed")
    assert sessions <= {panel["id"] for panel in panels}
