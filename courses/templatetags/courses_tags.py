"""What other apps' pages show of the courses."""

from django import template
from django.db.models import Count, Q, QuerySet
from wagtail.models import Locale

from courses.models import CoursePage, CourseSession, DevelopmentStage
from courses.status import SessionState, TimeStatus

register = template.Library()


@register.simple_tag
def upcoming_sessions(limit: int = 3) -> QuerySet[CourseSession]:
    """Return the sessions that start next, in the reader's language, with their courses."""
    courses = CoursePage.objects.live().public().filter(locale=Locale.get_active())
    return (
        CourseSession.objects.filter(page__in=courses)
        .exclude(state=SessionState.CANCELLED)
        .with_time_status(TimeStatus.UPCOMING)
        .by_date()
        .select_related("page__host")
        .prefetch_related("page__stages")[:limit]
    )


@register.simple_tag
def development_stages() -> QuerySet[DevelopmentStage]:
    """Return all stages in order, each with `course_count`, its public courses in this language."""
    courses = CoursePage.objects.live().public().filter(locale=Locale.get_active())
    return DevelopmentStage.objects.annotate(
        course_count=Count("courses", filter=Q(courses__in=courses), distinct=True)
    )
