"""What other apps' pages show of the courses."""

from collections.abc import Sequence

from django import template
from django.db.models import QuerySet

from cms.publishing.locales import active_locale
from cms.publishing.memoize import once_per_publication
from cms.publishing.visibility import public_pages
from courses.models import CourseIndexPage, CoursePage, CourseSession, DevelopmentStage
from courses.models.stage import all_stages
from courses.status import SessionState, SessionStatus, TimeStatus

register = template.Library()


@register.simple_tag
def upcoming_sessions(limit: int = 3) -> QuerySet[CourseSession]:
    """Return the sessions that start next, in the reader's language, with their courses."""
    courses = CoursePage.objects.all().public_in(active_locale())
    return (
        CourseSession.objects.filter(page__in=courses)
        .exclude(state=SessionState.CANCELLED)
        .with_time_status(TimeStatus.UPCOMING)
        .by_date()
        .select_related("page__host", "page__locale")[:limit]
    )


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
