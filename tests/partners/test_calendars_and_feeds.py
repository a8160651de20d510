"""Calendars to subscribe to, and a feed to follow."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self
from xml.etree import ElementTree

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from icalendar import Calendar, Event
from wagtail.models import PageViewRestriction

from courses.models import CourseSession
from tests.factories import CoursePageFactory, CourseSessionFactory
from tests.html import Response
from tests.school import School

ATOM = "{http://www.w3.org/2005/Atom}"
LIST = "/courses/calendar.ics"


@dataclass(frozen=True, slots=True)
class Entry:
    """An event of a calendar as its subscriber understands it."""

    uid: str
    summary: str
    start: date
    end: date
    stamp: datetime
    sequence: int
    url: str
    transparency: str
    status: str | None
    location: str | None

    @classmethod
    def of(cls, event: Event) -> Self:
        """Return what `event` says; it has to be one of whole days, stamped with a moment."""
        start, end = event.decoded("dtstart"), event.decoded("dtend")
        assert (type(start), type(end)) == (date, date)
        return cls(
            uid=str(event["uid"]),
            summary=str(event["summary"]),
            start=start,
            end=end,
            stamp=event.decoded("dtstamp"),
            sequence=int(str(event["sequence"])),
            url=str(event["url"]),
            transparency=str(event["transp"]),
            status=_optional(event, "status"),
            location=_optional(event, "location"),
        )


def _optional(event: Event, name: str) -> str | None:
    return str(event[name]) if name in event else None


def events(response: Response) -> dict[str, Entry]:
    """Return the calendar's events by their UID."""
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.content)
    found = [Entry.of(event) for event in calendar.events]
    return {entry.uid: entry for entry in found}


def coming(school: School) -> CourseSession:
    """Return the session of the GMP course that is still to come."""
    session: CourseSession = school.course.sessions.get(start_date=date(2026, 11, 2))
    return session


def publish(school: School, change: Callable[[CourseSession], None]) -> None:
    """Change the coming session as an editor does, through its course."""
    course = type(school.course).objects.get(pk=school.course.pk)
    session = next(s for s in course.sessions.all() if s.start_date == date(2026, 11, 2))
    change(session)
    course.sessions.add(session)
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        course.save_revision().publish()


def test_a_session_is_an_event_of_whole_days(school: School, client: Client) -> None:
    event = events(client.get("/courses/gmp/calendar.ics"))[str(coming(school).translation_key)]

    assert event.start == date(2026, 11, 2)
    assert event.end == date(2026, 11, 14)
    assert event.summary == "Good manufacturing practice"
    assert event.location == "BMC, Lund"
    assert event.status == "CONFIRMED"
    assert event.url == "http://testserver/courses/gmp/"
    assert event.transparency == "TRANSPARENT"


def test_the_list_has_the_sessions_of_all_courses_and_takes_the_filters_of_the_api(
    school: School, client: Client
) -> None:
    online = CourseSessionFactory.build(mode="online", start_date=date(2026, 12, 1), end_date=None)
    CoursePageFactory(parent=school.index, slug="online", sessions=[online])

    assert len(events(client.get(LIST))) == 3
    assert len(events(client.get(f"{LIST}?mode=online"))) == 2
    assert len(events(client.get(f"{LIST}?mode=online&upcoming=true"))) == 1
    assert len(events(client.get(f"{LIST}?host=lu"))) == 2


def test_a_cancelled_session_stays_as_cancelled_under_the_same_uid(
    school: School, client: Client
) -> None:
    uid = str(coming(school).translation_key)
    before = events(client.get(LIST))[uid]

    def cancel(session: CourseSession) -> None:
        session.state = "cancelled"

    publish(school, cancel)
    after = events(client.get(LIST))[uid]

    assert after.status == "CANCELLED"
    assert after.summary.startswith("Cancelled: ")
    assert after.sequence > before.sequence


def test_an_edit_moves_the_stamp_and_nothing_else_does(school: School, client: Client) -> None:
    school.course.save_revision().publish()
    uid = str(coming(school).translation_key)
    before = events(client.get(LIST))[uid]
    again = events(client.get(f"{LIST}?upcoming=true"))[uid]

    def postpone(session: CourseSession) -> None:
        assert session.end_date
        session.end_date += timedelta(days=7)

    publish(school, postpone)
    after = events(client.get(LIST))[uid]

    assert again.stamp == before.stamp
    assert after.stamp > before.stamp
    assert after.end == before.end + timedelta(days=7)


def test_deadlines_are_events_of_their_own_for_those_who_ask(
    school: School, client: Client
) -> None:
    plain = events(client.get(LIST))
    both = events(client.get(f"{LIST}?deadlines=true"))
    deadlines = [both[uid] for uid in both.keys() - plain.keys()]

    assert [event.start for event in deadlines] == [date(2026, 10, 1)]
    assert deadlines[0].summary == "Last day to apply: Good manufacturing practice"


def test_long_and_odd_texts_are_folded_and_escaped(school: School, client: Client) -> None:
    title = "Cells; genes, tissues \\ and \n" + "å" * 150
    CoursePageFactory(
        parent=school.index,
        title=title.replace("\n", " "),
        slug="odd",
        sessions=[CourseSessionFactory.build()],
    )
    response = client.get("/courses/odd/calendar.ics")

    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))
    (event,) = events(response).values()
    assert event.summary == title.replace("\n", " ")


@pytest.mark.parametrize("address", ["calendar.ics", "feed.atom"])
def test_what_is_not_public_is_in_no_calendar_and_no_feed(
    address: str, school: School, client: Client
) -> None:
    secret = CoursePageFactory(
        parent=school.index,
        title="Secret",
        slug="secret",
        sessions=[CourseSessionFactory.build()],
    )
    CoursePageFactory(
        parent=school.index,
        title="Draft",
        slug="draft",
        live=False,
        sessions=[CourseSessionFactory.build()],
    )
    PageViewRestriction.objects.create(page=secret, restriction_type="login")

    response = client.get(f"/courses/{address}").content.decode()

    assert "Secret" not in response
    assert "Draft" not in response
    assert client.get(f"/courses/secret/{address}").status_code == 404
    assert client.get(f"/courses/draft/{address}").status_code == 404


@pytest.mark.parametrize("query", ["mode=flying", "unknown=1", "starts_from=tomorrow", "host="])
def test_a_wrong_filter_is_refused_by_name(query: str, school: School, client: Client) -> None:
    for address in ("calendar.ics", "feed.atom"):
        response = client.get(f"/courses/{address}?{query}")
        assert response.status_code == 400
        assert response.headers["Content-Type"] == "application/problem+json"
        assert response.json()["parameter"] == query.partition("=")[0]


@pytest.mark.parametrize("address", ["/about/calendar.ics", "/nowhere/feed.atom"])
def test_only_courses_have_calendars(address: str, school: School, client: Client) -> None:
    assert client.get(address).status_code == 404


def entries(response: Response) -> dict[str, ElementTree.Element]:
    """Return the feed's entries by their ids."""
    assert response.status_code == 200
    root = ElementTree.fromstring(response.content)  # noqa: S314 Our own.
    found = {}
    for entry in root.iter(f"{ATOM}entry"):
        found[str(entry.findtext(f"{ATOM}id"))] = entry
    return found


def test_the_feed_tells_of_courses_and_of_applications_that_have_opened(
    school: School, client: Client
) -> None:
    for course in (school.course, school.other_course):
        course.save_revision().publish()
    found = entries(client.get("/courses/feed.atom"))
    titles = [entry.findtext(f"{ATOM}title", "") for entry in found.values()]

    assert school.course.translation_key.urn in found
    assert sorted(titles) == [
        "Cell therapy",
        "Good manufacturing practice",
        "Open for application: Good manufacturing practice",
    ]
    link = found[school.course.translation_key.urn].find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == "http://testserver/courses/gmp/"
    assert {
        summary.get("type") for entry in found.values() for summary in entry.iter(f"{ATOM}summary")
    } == {"text"}


def test_calendars_and_feeds_answer_304_to_those_who_have_them(
    school: School, client: Client
) -> None:
    for course in (school.course, school.other_course):
        course.save_revision().publish()
    for address in (LIST, "/courses/feed.atom", "/courses/gmp/calendar.ics"):
        first = client.get(address)
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304, address
