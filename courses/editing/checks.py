"""Hints about a course and its sessions: what an applicant would stumble over."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import PageQuerySet

from cms.i18n.clock import school_today
from cms.pages.checks.anchors import field_anchor, list_anchor
from cms.pages.checks.figures import CREDITS, PLACES, Figure, on_figures
from cms.pages.checks.rules import Advice
from courses.editing.sources import session_anchor
from courses.models import CourseMode, CoursePage, CourseSession
from courses.status import SessionState, TimeStatus, has_time_status

_COMING = (TimeStatus.UPCOMING, TimeStatus.RUNNING, TimeStatus.UNSCHEDULED)


def advice_on_course(course: CoursePage) -> list[Advice]:
    """Return the hints for `course`, saved or not, with the sessions it has in memory."""
    known = course.sessions_by_date
    sessions = [
        session
        for session in known
        if session.time_status != TimeStatus.PAST and session.state != SessionState.CANCELLED
    ]
    # Those of other courses, and of what somebody has studied before, are other credits.
    figures = on_figures(course, _figures(course, known), leave_out=("entry_requirements",))
    if not sessions:
        none = Advice(_("The course has no coming session."), list_anchor("sessions"))
        return [none, *figures]
    return [
        *_on_clashes(sessions),
        *_on_deadlines(sessions),
        *_on_links(course, sessions),
        *figures,
    ]


def without_coming_session(courses: PageQuerySet) -> PageQuerySet:
    """Keep the courses that have no session to come that is not cancelled."""
    coming = CourseSession.objects.filter(page=OuterRef("pk")).with_time_status(*_COMING)
    return courses.exclude(Exists(coming.exclude(state=SessionState.CANCELLED)))


def planned_after_deadline() -> Q:
    """Return the condition for sessions that nobody confirmed or cancelled in time."""
    today = school_today()
    return Q(state=SessionState.PLANNED, application_closes__lt=today) & ~has_time_status(
        TimeStatus.PAST, today
    )


def _figures(course: CoursePage, sessions: list[CourseSession]) -> list[Figure]:
    of_sessions = [
        Figure(PLACES, Decimal(places), ngettext("%d place", "%d places", places) % places)
        for session in sessions
        if (places := session.places)
    ]
    if not course.credits:
        return of_sessions
    return [Figure(CREDITS, course.credits, course.credits_in_words), *of_sessions]


def _on_clashes(sessions: list[CourseSession]) -> Iterator[Advice]:
    for one, other in combinations([s for s in sessions if s.start_date], 2):
        if _overlap(one, other) and _same_place(one, other):
            text = _("Two sessions at the same place overlap: %(one)s and %(other)s.")
            yield Advice(text % {"one": one, "other": other}, session_anchor(other))


def _overlap(one: CourseSession, other: CourseSession) -> bool:
    dates = one.start_date, one.last_date, other.start_date, other.last_date
    if None in dates:
        return False
    return bool(one.start_date <= other.last_date and other.start_date <= one.last_date)  # type: ignore[operator]


def _same_place(one: CourseSession, other: CourseSession) -> bool:
    place, other_place = one.location.strip().casefold(), other.location.strip().casefold()
    is_known = bool(place) or CourseMode.ONLINE == one.mode == other.mode
    return is_known and place == other_place


def _on_deadlines(sessions: list[CourseSession]) -> Iterator[Advice]:
    today = school_today()
    for session in sessions:
        closes = session.application_closes
        if session.state == SessionState.PLANNED and closes and closes < today:
            text = _(
                "The last day to apply for %(session)s has passed, and it is still “planned”: "
                "confirm or cancel it."
            )
            yield Advice(text % {"session": session}, session_anchor(session))


def _on_links(course: CoursePage, sessions: list[CourseSession]) -> Iterator[Advice]:
    if not all(session.application_url or course.application_url for session in sessions):
        yield Advice(_("There is no application link."), field_anchor("application_url"))
    links = [(course.application_url, field_anchor("application_url"))]
    links += [(session.application_url, session_anchor(session)) for session in sessions]
    for link, anchor in links:
        if link and not link.startswith("https://"):
            text = _("The application link %(link)s is not encrypted: it should begin with https.")
            yield Advice(text % {"link": link}, anchor)
