"""Course sessions as a calendar to subscribe to (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from cms.api.licences import rights
from cms.i18n.languages import localised
from cms.upstream.characters import clean, clean_line
from courses.models import CoursePage, CourseSession
from courses.status import SessionState

PRODUCT_ID = "-//National ATMP Research School//Courses//EN"
CONTENT_TYPE = "text/calendar; charset=utf-8"
# How often a subscriber need look again (RFC 7986, 5.7); asking more often costs a 304.
REFRESH_INTERVAL = timedelta(hours=6)
ONE_DAY = timedelta(days=1)
# Seconds since then fit into RFC 5545's 32-bit integers until 2091.
_SEQUENCE_EPOCH = datetime(2023, 1, 1, tzinfo=UTC).timestamp()
_STATUS = {
    SessionState.PLANNED: "TENTATIVE",
    SessionState.CONFIRMED: "CONFIRMED",
    SessionState.FULL: "CONFIRMED",
    SessionState.CANCELLED: "CANCELLED",
}


def build_calendar(
    sessions: Iterable[CourseSession], name: str, base_url: str, *, with_deadlines: bool = False
) -> bytes:
    """Return a calendar called `name` with an event for each of `sessions` that has a date.

    `base_url` (scheme and host) goes before the addresses of the course pages. With
    `with_deadlines`, the last day to apply of each session that is not cancelled is an event of
    its own. The sessions come with their `page` and its `host`.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT_ID)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", clean_line(name))
    calendar.add("x-wr-calname", clean_line(name))
    calendar.add("description", rights())
    calendar.add("x-wr-timezone", "Europe/Stockholm")
    calendar.add("refresh-interval", REFRESH_INTERVAL, parameters={"VALUE": "DURATION"})
    for session in sessions:
        url = f"{base_url}{session.page.url}"
        if session.start_date and session.last_date:
            days = (session.start_date, session.last_date)
            calendar.add_component(_session_event(session, *days, url))
        if with_deadlines and session.application_closes and not _is_cancelled(session):
            calendar.add_component(_deadline_event(session, session.application_closes, url))
    content: bytes = calendar.to_ical()
    return content


def _session_event(session: CourseSession, first: date, last: date, url: str) -> Event:
    course = session.page
    title = course.title
    if _is_cancelled(session):
        title = _("Cancelled: %(course)s") % {"course": title}
    event = _all_day_event(session.translation_key, title, first, last, course=course, url=url)
    event.add("status", _STATUS[SessionState(session.state)])
    if session.location:
        event.add("location", clean_line(localised(session, "location")))
    event.add("description", _description(session))
    event.add("categories", [clean_line(stage.localised_name) for stage in course.stages.all()])
    return event


def _deadline_event(session: CourseSession, day: date, url: str) -> Event:
    title = _("Last day to apply: %(course)s") % {"course": session.page.title}
    # A name-based UUID: the same for the same session every time, and different from its own.
    uid = uuid5(session.translation_key, "last-day-to-apply")
    event = _all_day_event(uid, title, day, day, course=session.page, url=url)
    if session.apply_url:
        event.add("description", session.apply_url)
    return event


def _all_day_event(
    uid: UUID, title: str, first: date, last: date, *, course: CoursePage, url: str
) -> Event:
    """Return an event of whole days, which need no time zone to mean the same everywhere.

    DTEND is the day after the last (RFC 5545, 3.6.1). The UID stays for ever; DTSTAMP and
    LAST-MODIFIED move with every edit, by which subscribers notice it.
    """
    event = Event()
    event.add("uid", str(uid))
    event.add("dtstamp", course.changed_at)
    event.add("last-modified", course.changed_at)
    event.add("sequence", int(course.changed_at.timestamp() - _SEQUENCE_EPOCH))
    event.add("summary", clean_line(title))
    event.add("dtstart", first)
    event.add("dtend", last + ONE_DAY)
    event.add("url", url)
    # A course among somebody's plans does not make them unavailable.
    event.add("transp", "TRANSPARENT")
    return event


def _description(session: CourseSession) -> str:
    course = session.page
    lines = [
        course.summary,
        course.host.localised_name if course.host else "",
        session.get_mode_display(),
        localised(session, "workload"),
        localised(session, "note"),
        str(session.status.label),
    ]
    if session.application_closes:
        day = {"day": session.application_closes.isoformat()}
        lines.append(_("Last day to apply: %(day)s") % day)
    return clean("\n".join(line for line in lines if line))


def _is_cancelled(session: CourseSession) -> bool:
    return bool(session.state == SessionState.CANCELLED)
