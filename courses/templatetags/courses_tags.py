"""What other apps' pages show of the courses."""

from collections.abc import Sequence
from itertools import count

from django import template
from django.db.models import QuerySet

from cms.publishing.locales import active_locale
from cms.publishing.memoize import once_per_publication
from cms.publishing.visibility import public_pages
from courses.listing import openings as listed
from courses.models import CourseIndexPage, CoursePage, CourseSession, DevelopmentStage
from courses.models.stage import all_stages
from courses.status import SessionState, SessionStatus, TimeStatus

register = template.Library()

_AT_A_TIME = 40


@register.simple_tag
def upcoming_sessions(limit: int = 3) -> list[CourseSession]:
    """Return the sessions that start next, in the reader's language, with their courses."""
    coming = CourseSession.objects.exclude(state=SessionState.CANCELLED)
    in_order = coming.with_time_status(TimeStatus.UPCOMING).by_date()
    chosen = _of_public_courses(in_order, limit)
    return list(in_order.filter(pk__in=chosen).select_related("page__host", "page__locale"))


def _of_public_courses(sessions: QuerySet[CourseSession], limit: int) -> list[int]:
    """Return the ids of the first `limit` of `sessions` whose courses the reader may know of.

    Asked of a few at a time: asked of all at once, the database looks through all courses for
    each session, however few are wanted.
    """
    found: list[int] = []
    for start in count(0, _AT_A_TIME):
        rows = list(sessions.values_list("pk", "page_id")[start : start + _AT_A_TIME])
        courses = CoursePage.objects.filter(pk__in={course for _session, course in rows})
        public = set(courses.public_in(active_locale()).values_list("pk", flat=True))
        found += [session for session, course in rows if course in public]
        if len(found) >= limit or len(rows) < _AT_A_TIME:
            break
    return found[:limit]


@register.simple_tag
def openings(limit: int = 4) -> listed.Openings:
    """Return what can be applied for today, in full only the `limit` things that close first."""
    return listed.openings(limit)


@register.simple_tag
def development_stages() -> Sequence[DevelopmentStage]:
    """Return all stages in order."""
    return all_stages()


@register.simple_tag
@once_per_publication
def course_list() -> CourseIndexPage | None:
    """Return the public list of courses in the reader's language, if there is one."""
    return public_pages(CourseIndexPage.objects.filter(locale=active_locale())).first()


@register.simple_tag
def session_statuses() -> Sequence[SessionStatus]:
    """Return every status that a session can have."""
    return list(SessionStatus)
