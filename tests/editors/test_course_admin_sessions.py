"""A session again, or many of them next year: in drafts, by those who may, all or none."""

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from wagtail.models import Locale, PageLogEntry

from cms.models import Publication, User
from courses.models import CoursePage, CourseSession
from tests.admin_forms import SETTINGS_FORM, AdminForm, errors_beside
from tests.factories import UserFactory
from tests.html import parse, read, words
from tests.school import School

COPY = "/admin/bulk/courses/coursesession/copy_to_next_year/"


def _repeat(course: CoursePage) -> str:
    return f"/admin/courses/{course.pk}/repeat/"


def _copy(*sessions: CourseSession) -> str:
    return f"{COPY}?next=/admin/sessions/&" + "&".join(f"id={session.pk}" for session in sessions)


def _draft(course: CoursePage) -> CoursePage:
    draft: CoursePage = CoursePage.objects.get(pk=course.pk).get_latest_revision_as_object()
    return draft


def _days(course: CoursePage) -> list[date | None]:
    return [session.start_date for session in _draft(course).sessions_by_date]


def _sessions(course: CoursePage) -> list[CourseSession]:
    return list(CourseSession.objects.filter(page=course).by_date())


@pytest.fixture
def nobody(school: School, login: Callable[[User], Client]) -> Client:
    """Somebody who may look into the admin and do nothing there."""
    user = UserFactory.create(username="nobody")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return login(user)


def test_a_session_is_repeated_from_the_last_one_a_year_later(
    school: School, editor: Client, client: Client
) -> None:
    before, public = Publication.objects.count(), client.get("/courses/gmp/").content
    form = AdminForm(editor, _repeat(school.course), SETTINGS_FORM)

    assert form["start_date"] == "2027-11-01"
    assert form["end_date"] == "2027-11-12"
    assert form["application_closes"] == "2027-09-30"
    assert form["location"] == "BMC, Lund"
    assert form["state"] == "planned"
    form["location"] = "Malmö"
    response = form.save()

    assert response.headers["Location"] == f"/admin/pages/{school.course.pk}/edit/"
    assert _days(school.course) == [date(2025, 11, 3), date(2026, 11, 2), date(2027, 11, 1)]
    assert _draft(school.course).sessions_by_date[-1].location == "Malmö"
    assert client.get("/courses/gmp/").content == public
    assert Publication.objects.count() == before
    assert PageLogEntry.objects.filter(page=school.course.pk, action="wagtail.edit").exists()


def test_the_draft_with_the_new_session_is_edited_and_published_as_any_other(
    school: School, moderator: Client, client: Client
) -> None:
    AdminForm(moderator, _repeat(school.course), SETTINGS_FORM).save()

    AdminForm(moderator, f"/admin/pages/{school.course.pk}/edit/").save("action-publish")

    assert len(_sessions(school.course)) == 3
    assert "2027" in client.get("/courses/gmp/").text


def test_another_session_can_be_the_one_to_repeat(school: School, editor: Client) -> None:
    past = _sessions(school.course)[0]
    address = f"{_repeat(school.course)}?session={past.translation_key}"

    assert AdminForm(editor, address, SETTINGS_FORM)["start_date"] == "2026-11-02"
    assert editor.get(f"{_repeat(school.course)}?session=nonsense").status_code == 200


def test_a_course_without_sessions_gets_its_first(school: School, editor: Client) -> None:
    form = AdminForm(editor, _repeat(school.other_course), SETTINGS_FORM)
    form["start_date"] = "2027-01-11"
    form.save()

    assert _days(school.other_course) == [date(2027, 1, 11)]


def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    school: School, editor: Client
) -> None:
    form = AdminForm(editor, _repeat(school.course), SETTINGS_FORM)
    form["end_date"] = "2020-01-01"
    form["application_closes"] = "31 feb"
    form["note"] = "Typed with care"
    response = form.send()

    assert "before the first day" in errors_beside(response, "end_date")
    assert "is not a date" in errors_beside(response, "application_closes")
    assert "Typed with care" in response.text
    assert len(_days(school.course)) == 2


def test_a_draft_in_the_making_is_kept(school: School, editor: Client) -> None:
    draft = _draft(school.course)
    draft.title = "A better title"
    draft.save_revision()
    AdminForm(editor, _repeat(school.course), SETTINGS_FORM).save()

    assert _draft(school.course).title == "A better title"
    assert len(_days(school.course)) == 3


def test_from_a_translation_the_source_gets_the_session(school: School, editor: Client) -> None:
    swedish, _created = Locale.objects.get_or_create(language_code="sv")
    translation = school.course.copy_for_translation(swedish, copy_parents=True)

    response = AdminForm(editor, _repeat(translation), SETTINGS_FORM).save()

    assert response.headers["Location"] == f"/admin/pages/{school.course.pk}/edit/"
    assert len(_days(school.course)) == 3


def test_the_editor_of_a_course_leads_to_repeating(school: School, editor: Client) -> None:
    for address in (f"/admin/pages/{school.course.pk}/edit/", "/admin/courses/"):
        assert _repeat(school.course) in editor.get(address).text
    about = f"/admin/pages/{school.about.pk}/edit/"
    assert "/repeat/" not in editor.get(about).text


@pytest.mark.parametrize("method", ["get", "post"])
def test_repeating_is_refused_where_editing_is(
    school: School, nobody: Client, editor: Client, method: str
) -> None:
    assert getattr(nobody, method)(_repeat(school.course)).status_code == 302
    CoursePage.objects.filter(pk=school.course.pk).update(locked=True)
    response = getattr(editor, method)(_repeat(school.course), follow=True)

    assert "is locked" in response.text
    assert len(_days(school.course)) == 2
    assert editor.get("/admin/courses/999999/repeat/").status_code == 404


def test_sessions_are_copied_to_next_year_as_drafts(
    school: School, editor: Client, client: Client
) -> None:
    before, public = Publication.objects.count(), client.get("/courses/gmp/").content
    past, coming = _sessions(school.course)
    page = words(read(editor, _copy(past, coming)))
    assert "1–12 Nov 2027" in page
    assert "Left out: the draft has a session on 2–13 Nov 2026 already" in page
    response = editor.post(_copy(coming), {"weeks": "52", "shown": "52"})

    assert response.headers["Location"] == "/admin/sessions/"
    new = _draft(school.course).sessions_by_date[-1]
    assert (new.start_date, new.end_date) == (date(2027, 11, 1), date(2027, 11, 12))
    assert f"{new.start_date:%A}" == f"{coming.start_date:%A}" == "Monday"
    assert new.application_closes == date(2027, 9, 30)
    assert (new.state, new.location) == ("planned", coming.location)
    assert len(_sessions(school.course)) == 2
    assert client.get("/courses/gmp/").content == public
    assert Publication.objects.count() == before


def test_copying_twice_adds_nothing_twice(school: School, editor: Client) -> None:
    coming = _sessions(school.course)[1]
    for _time in range(2):
        editor.post(_copy(coming), {"weeks": "52", "shown": "52"})

    assert len(_days(school.course)) == 3
    assert "Add to the drafts" not in editor.get(_copy(coming)).text


def test_other_dates_are_shown_before_they_are_used(school: School, editor: Client) -> None:
    coming = _sessions(school.course)[1]
    response = editor.post(_copy(coming), {"weeks": "26", "shown": "52"})
    assert "3–14 May 2027" in words(parse(response))
    assert len(_days(school.course)) == 2

    editor.post(_copy(coming), {"weeks": "26", "shown": "26"})
    assert date(2027, 5, 3) in _days(school.course)


@pytest.mark.parametrize("weeks", ["", "0", "-4", "a year", "99999999999", "1.5", "52\0"])
def test_an_impossible_distance_is_said_beside_its_field(
    school: School, editor: Client, weeks: str
) -> None:
    response = editor.post(_copy(_sessions(school.course)[1]), {"weeks": weeks, "shown": weeks})

    assert errors_beside(response, "weeks")
    assert len(_days(school.course)) == 2


def test_all_sessions_are_copied_or_none(school: School, editor: Client) -> None:
    school.other_course.sessions.add(
        CourseSession(start_date=date(2026, 12, 1), locale=school.other_course.locale)
    )
    school.other_course.save()
    CoursePage.objects.filter(pk=school.course.pk).update(locked=True)
    chosen = [*_sessions(school.other_course), *_sessions(school.course)]

    page = editor.get(_copy(*chosen))
    assert "is locked" in page.text
    assert "Add to the drafts" not in page.text
    response = editor.post(_copy(*chosen), {"weeks": "52", "shown": "52"}, follow=True)

    assert "No session was copied" in response.text
    assert len(_days(school.other_course)) == 1
    assert len(_days(school.course)) == 2


def test_sessions_without_dates_cannot_be_moved(school: School, editor: Client) -> None:
    session = _sessions(school.course)[1]
    CourseSession.objects.filter(pk=session.pk).update(start_date=None, end_date=None)

    assert "no dates to move" in editor.get(_copy(session)).text


@pytest.mark.parametrize("ids", ["", "id=all", "id=abc", "id=999999", "id=" + "9" * 40, "id=²"])
def test_ids_of_nothing_copy_nothing(school: School, editor: Client, ids: str) -> None:
    assert editor.get(f"{COPY}?{ids}").status_code in {200, 400, 404}
    response = editor.post(f"{COPY}?{ids}", {"weeks": "52", "shown": "52"})
    assert response.status_code in {302, 400, 404}


def test_copying_is_refused_to_those_who_may_not_edit(school: School, nobody: Client) -> None:
    session = _sessions(school.course)[1]
    response = nobody.get(_copy(session))

    assert "You may not edit this course" in response.text
    assert school.course.title not in response.text
    nobody.post(_copy(session), {"weeks": "52", "shown": "52"})
    assert len(_days(school.course)) == 2
