"""A session says the same wherever it stands: on pages, in the admin, as data, in calendars."""

import json
from datetime import timedelta
from typing import Any

from django.test import Client
from icalendar import Calendar

from courses.models import CoursePage, CourseSession
from courses.status import SessionStatus
from tests.day import NOW
from tests.factories import CoursePageFactory, CourseSessionFactory
from tests.html import links, one, read, read_json, words
from tests.school import School

TODAY = NOW.date()
WEEK = timedelta(weeks=1)
NO_DAYS: dict[str, Any] = {"application_opens": None, "application_closes": None}
BEGUN: dict[str, Any] = {"start_date": TODAY - WEEK, "end_date": TODAY + WEEK, **NO_DAYS}
TO_COME: dict[str, Any] = {"start_date": TODAY + WEEK, "end_date": TODAY + 2 * WEEK, **NO_DAYS}

# The session, in what order it stands in, and whether something can still come of it.
SESSIONS = {
    "Begun and cancelled": (BEGUN | {"state": "cancelled"}, SessionStatus.CANCELLED, False),
    "Begun and nothing said": (BEGUN, SessionStatus.RUNNING, True),
    "Begun and opening later": (BEGUN | {"application_opens": TODAY + WEEK},
                                SessionStatus.RUNNING, True),
    "Begun and full": (BEGUN | {"state": "full"}, SessionStatus.RUNNING, True),
    "Begun and open": (BEGUN | {"application_closes": TODAY}, SessionStatus.OPEN, True),
    "To come and cancelled": (TO_COME | {"state": "cancelled"}, SessionStatus.CANCELLED, True),
    "To come and full": (TO_COME | {"state": "full"}, SessionStatus.FULL, True),
    "To come and nothing said": (TO_COME, SessionStatus.NOT_YET_OPEN, True),
    "To come and closed": (TO_COME | {"application_closes": TODAY - WEEK},
                           SessionStatus.CLOSED, True),
}  # fmt: skip


def _publish_courses(school: School) -> dict[str, CoursePage]:
    CourseSession.objects.all().delete()
    return {
        title: CoursePageFactory(
            parent=school.index,
            title=title,
            application_url="https://apply.example.org/",
            sessions=[CourseSessionFactory.build(**facts)],
        )
        for title, (facts, _status, _is_coming) in SESSIONS.items()
    }


def test_a_session_has_one_status_everywhere(
    school: School, client: Client, administrator: Client
) -> None:
    courses = _publish_courses(school)

    rows = {
        words(one(row, "h3")): words(one(row, ".status"))
        for row in read(client, "/courses/").select(".rows > li")
        if row.select_one(".status")
    }
    listed = {
        words(row.select("td")[2]): words(row)
        for row in read(administrator, "/admin/sessions/").select("main tbody tr")
    }
    items = read_json(client, "/api/v2/sessions/?fields=*&limit=100")["items"]
    data = {item["course"]["title"]: item for item in items}
    events = {
        str(event["summary"]).removeprefix("Cancelled: "): event
        for event in Calendar.from_ical(client.get("/courses/calendar.ics").content).events
    }
    for title, (_facts, status, is_coming) in SESSIONS.items():
        label = str(status.label)
        assert rows.get(title) == (label if is_coming else None), title
        assert label in listed[title], title
        assert data[title]["status"] == status.value, title
        assert label in str(events[title]["description"]).splitlines(), title
        is_cancelled = status == SessionStatus.CANCELLED
        assert (events[title]["status"] == "CANCELLED") == is_cancelled, title
        assert (data[title]["time_status"], is_cancelled) != ("running", True)

    for title, course in courses.items():
        document = read(client, course.url)
        (_facts, status, is_coming) = SESSIONS[title]
        instances = [
            instance
            for script in document.select("script[type='application/ld+json']")
            for thing in json.loads(script.string or "")["@graph"]
            for instance in thing.get("hasCourseInstance", [])
        ]
        assert len(instances) == is_coming, title
        for instance in instances:
            is_cancelled = status == SessionStatus.CANCELLED
            assert instance["eventStatus"].endswith("Cancelled") == is_cancelled
            assert ("offers" in instance) == (status in {SessionStatus.OPEN, SessionStatus.FULL})
        applications = links(document, "main a[href^='https://apply.']")
        assert bool(applications) == (status == SessionStatus.OPEN), title
        text = words(one(document, "main"))
        assert ("Running now" in text) == (title.startswith("Begun") and is_coming), title
        assert not ("Running now" in text and "Not yet open" in text), title


def test_the_admin_finds_sessions_by_what_visitors_see(
    school: School, administrator: Client
) -> None:
    _publish_courses(school)
    for status in SessionStatus:
        document = read(administrator, f"/admin/sessions/?status={status.value}")
        found = {words(row.select("td")[2]) for row in document.select("main tbody tr")}
        assert found == {title for title, row in SESSIONS.items() if row[1] == status}, status
