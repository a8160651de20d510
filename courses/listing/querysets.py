"""Lists of courses and sessions, with everything a card shows and no query per card."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Case, DateField, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from wagtail.models import Locale, PageQuerySet

from cms.i18n.clock import school_today
from cms.i18n.sorting import alphabetical
from cms.publishing.memoize import once_per_publication
from cms.publishing.visibility import public_pages
from courses.status import SessionState, TimeStatus, has_time_status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from courses.models import DevelopmentStage

# Long texts that no card shows.
_NOT_ON_CARDS = (
    "audience",
    "body",
    "editorial_note",
    "entry_requirements",
    "examination",
    "how_to_apply",
    "learning_outcomes",
)


def with_card_data(courses: PageQuerySet) -> PageQuerySet:
    """Fetch with `courses` what their cards show, in a number of queries that does not grow."""
    return (
        courses.select_related("host", "locale")
        .prefetch_related("sessions", "stages")
        .defer(*_NOT_ON_CARDS)
    )


def public_courses_in(locale: Locale, courses: PageQuerySet | None = None) -> PageQuerySet:
    """Return the public ones of `courses` (default: all), each once, for readers of `locale`.

    A course that is not public in that language is there in the source language: somebody who
    reads Swedish can take a course whose page is in English.
    """
    from courses.models import CoursePage

    public = public_pages(CoursePage.objects.all() if courses is None else courses)
    default = Locale.get_default()
    if locale == default:
        return public.filter(locale=locale)
    translated = public_pages(CoursePage.objects.filter(locale=locale)).values("translation_key")
    untranslated = Q(locale=default) & ~Q(translation_key__in=translated)
    return public.filter(Q(locale=locale) | untranslated)


def by_day(day: date | None, title: str) -> tuple[date, bool, tuple[str, str]]:
    """Return the key to sort by day and, within a day, by title; what has no day comes last."""
    return day or date.max, day is None, alphabetical(title)


def with_next_session(courses: PageQuerySet, today: date | None = None) -> PageQuerySet:
    """Annotate courses with their next session (see `CoursePage.next_session`), where there is one.

    `next_session_id` is its id, `next_start` its first day, or the last of all days where it has
    none yet, and `next_deadline` the last day to apply to it.
    """
    from courses.models import CourseSession

    today = today or school_today()
    preference = (TimeStatus.UPCOMING, TimeStatus.RUNNING, TimeStatus.UNSCHEDULED)
    next_session = (
        CourseSession.objects.filter(page=OuterRef("pk"))
        .with_time_status(*preference, today=today)
        .order_by(
            Case(When(state=SessionState.CANCELLED, then=1), default=0),
            Case(*(When(has_time_status(s, today), then=i) for i, s in enumerate(preference))),
            F("start_date").asc(nulls_last=True),
            Coalesce("end_date", "start_date"),
        )
    )
    some_day = Coalesce("start_date", Value(date.max, output_field=DateField()))
    return courses.annotate(
        next_session_id=Subquery(next_session.values("pk")[:1]),
        next_start=Subquery(next_session.values(day=some_day)[:1]),
        next_deadline=Subquery(
            next_session.values(day=Coalesce("application_closes", "start_date"))[:1]
        ),
    )


def ids_by_next_session(courses: PageQuerySet, today: date | None = None) -> list[int]:
    """Return the ids of courses by the first day of their next session.

    See `CoursePage.next_session`. Courses whose next session has no day yet follow, then those
    without one, each by title.
    """
    rows = with_next_session(courses, today).order_by("pk")
    rows = rows.values_list("pk", "next_start", "title")
    return [pk for pk, _day, _title in sorted(rows, key=lambda row: by_day(*row[1:]))]


@once_per_publication
def all_stages() -> "Sequence[DevelopmentStage]":
    """Return the stages of development in order."""
    from courses.models import DevelopmentStage

    return list(DevelopmentStage.objects.all())
