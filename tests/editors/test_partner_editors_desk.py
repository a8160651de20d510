"""At the desk for courses too, a partner editor meets the courses of one university only."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cms.models import User
from courses.models import CoursePage, CourseSession
from tests.factories import CourseSessionFactory, UserFactory
from tests.html import one, parse, read, words
from tests.school import School
from tests.spreadsheets import CONFIRM, read_xlsx, upload, xlsx

TASK_LISTS = (
    "my-drafts",
    "scheduled",
    "not-reviewed",
    "images-without-description",
    "broken-links",
    "late-decisions",
    "courses-without-session",
)
COPY = "/admin/bulk/courses/coursesession/copy_to_next_year/"


@pytest.fixture
def partner_editor(school: School, login: Callable[[User], Client]) -> Client:
    """A member of the group that the site made for Lund University, logged in."""
    group = school.university.partner_editors
    assert group is not None
    return login(UserFactory.create(username="lund", groups=[group.name]))


@pytest.fixture
def session_of_others(school: School) -> CourseSession:
    """A session of a course that another university hosts, and that needs attention."""
    session = CourseSessionFactory.build(location="Far away")
    school.other_course.host = school.partner
    school.other_course.expire_at = timezone.now() + timedelta(days=1)
    school.other_course.sessions.add(session)
    school.other_course.save_revision().publish()
    draft = school.other_course.get_latest_revision_as_object()
    draft.summary = ""
    draft.save_revision()
    found: CourseSession = CourseSession.objects.get(page=school.other_course)
    return found


@pytest.mark.parametrize(
    "address",
    ["/admin/courses/", "/admin/sessions/", "/admin/courses/results/", "/admin/sessions/results/"],
)
def test_lists_show_their_courses_only(
    address: str, school: School, partner_editor: Client, session_of_others: CourseSession
) -> None:
    shown = words(read(partner_editor, address))
    assert school.course.title in shown
    assert school.other_course.title not in shown
    assert "Far away" not in shown


@pytest.mark.parametrize("address", ["/admin/courses/", "/admin/sessions/"])
def test_exports_hold_their_courses_only(
    address: str, school: School, partner_editor: Client, session_of_others: CourseSession
) -> None:
    rows = read_xlsx(b"".join(partner_editor.get(f"{address}?export=xlsx")))
    heading = rows[0].index("Course")
    assert {row[heading] for row in rows[1:]} == {school.course.title}


def test_the_dashboard_names_their_courses_only(
    school: School, partner_editor: Client, editor: Client, session_of_others: CourseSession
) -> None:
    for address in ("/admin/", "/admin/tasks/deadlines/"):
        shown = words(one(read(partner_editor, address), "main"))
        assert school.course.title in shown
        assert school.other_course.title not in shown
        assert school.other_course.title in words(one(read(editor, address), "main"))


@pytest.mark.parametrize("name", TASK_LISTS)
def test_no_task_list_names_a_course_of_others(
    name: str, school: School, partner_editor: Client, session_of_others: CourseSession
) -> None:
    shown = words(read(partner_editor, f"/admin/tasks/{name}/"))
    assert school.other_course.title not in shown


def test_a_row_for_anothers_course_is_an_error(
    school: School, partner_editor: Client, session_of_others: CourseSession
) -> None:
    rows = [["Course", "First day"], [school.other_course.title, "2027-03-01"]]
    preview = upload(partner_editor, xlsx(rows))
    document = parse(preview)
    assert "You may not edit this course." in words(document)
    assert not document.select("input[name=rows]")
    assert partner_editor.post(CONFIRM, {"rows": "made up"}).status_code in (200, 302)
    assert CourseSession.objects.filter(page=school.other_course).count() == 1


def test_anothers_session_is_neither_repeated_nor_copied(
    school: School, partner_editor: Client, session_of_others: CourseSession
) -> None:
    revision = CoursePage.objects.get(pk=school.other_course.pk).latest_revision_id
    repeat = f"/admin/courses/{school.other_course.pk}/repeat/"
    for response in (partner_editor.get(repeat), partner_editor.post(repeat, {"mode": "online"})):
        assert response.status_code == 302
    query = f"?id={session_of_others.pk}"
    partner_editor.get(f"{COPY}{query}")
    partner_editor.post(f"{COPY}{query}", {"weeks": "52", "shown": "52"})
    assert CoursePage.objects.get(pk=school.other_course.pk).latest_revision_id == revision


def test_their_own_session_is_repeated_and_copied(school: School, partner_editor: Client) -> None:
    assert partner_editor.get(f"/admin/courses/{school.course.pk}/repeat/").status_code == 200
    own = CourseSession.objects.filter(page=school.course).order_by("pk").last()
    assert own is not None
    assert school.course.title in words(read(partner_editor, f"{COPY}?id={own.pk}"))
