"""Which courses and sessions somebody is looking for: the same for partner sites and visitors."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import date
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet

from cms.models import University
from cms.models.identifiers import normalise_ror_id
from cms.publishing.memoize import once_per_publication
from courses.models.course_page import CoursePage
from courses.models.course_session import CourseSession
from courses.models.stage import DevelopmentStage
from courses.status import TimeStatus, has_time_status, is_open_for_application

# The languages of instruction by their BCP 47 codes.
LANGUAGE_FIELDS = {"en": "taught_in_english", "sv": "taught_in_swedish"}


@dataclass(frozen=True, slots=True)
class CourseCriteria:
    """What is asked for; None asks for nothing in particular.

    The conditions on sessions hold for one and the same session: a course that is online in
    spring and open for application in autumn is no course that is online and open.
    """

    host: str | None = None
    stage: str | None = None
    language: str | None = None
    mode: str | None = None
    upcoming: bool | None = None
    open: bool | None = None
    starts_from: date | None = None
    starts_to: date | None = None
    deadline_from: date | None = None
    deadline_to: date | None = None

    def as_query(self) -> str:
        """Return it as the query string that the API, feeds and calendars take."""
        asked = ((each.name, getattr(self, each.name)) for each in fields(self))
        return urlencode(
            {
                name: str(value).lower() if isinstance(value, bool) else value
                for name, value in asked
                if value is not None
            }
        )

    def of_course(self, prefix: str = "") -> Q:
        """Return the condition on courses; `prefix` leads to the course from elsewhere."""
        condition = Q()
        if self.host is not None:
            condition &= Q(**{f"{prefix}host__in": host_ids(self.host)})
        if self.stage is not None:
            # A subquery, because a join would return a course once for each stage.
            stages = CoursePage.stages.through.objects.filter(developmentstage__slug=self.stage)
            condition &= Q(**{f"{prefix}pk__in": stages.values("coursepage_id")})
        if self.language is not None:
            condition &= Q(**{f"{prefix}{LANGUAGE_FIELDS[self.language]}": True})
        return condition

    def of_session(self, today: date) -> Q:
        """Return the condition on sessions on the day `today`."""
        condition = Q()
        if self.mode is not None:
            condition &= Q(mode=self.mode)
        if self.upcoming is not None:
            condition &= _yes_or_no(has_time_status(TimeStatus.UPCOMING, today), self.upcoming)
        if self.open is not None:
            condition &= _yes_or_no(is_open_for_application(today), self.open)
        for lookup, day in (
            ("start_date__gte", self.starts_from),
            ("start_date__lte", self.starts_to),
            ("application_closes__gte", self.deadline_from),
            ("application_closes__lte", self.deadline_to),
        ):
            if day is not None:
                condition &= Q(**{lookup: day})
        return condition


def filter_courses[C: QuerySet[CoursePage]](courses: C, criteria: CourseCriteria, today: date) -> C:
    """Return those of `courses` that are, or have a session that is, what is asked for."""
    courses = courses.filter(criteria.of_course())
    of_session = criteria.of_session(today)
    if not of_session:
        return courses
    sessions = CourseSession.objects.filter(of_session, page=OuterRef("pk"))
    return courses.filter(Exists(sessions))


def filter_sessions[S: QuerySet[CourseSession]](
    sessions: S, criteria: CourseCriteria, today: date
) -> S:
    """Return those of `sessions` that are what is asked for."""
    return sessions.filter(criteria.of_session(today), criteria.of_course("page__"))


def _yes_or_no(condition: Q, is_wanted: bool) -> Q:
    if is_wanted:
        return condition
    # Not `~`: SQL has no answer about a date that is missing, and would leave the session out.
    return ~Q(pk__in=CourseSession.objects.filter(condition).values("pk"))


@once_per_publication
def universities() -> Sequence[University]:
    """Return all universities, in their order."""
    return list(University.objects.only("pk", "short_name", "ror_id"))


def host_ids(value: str) -> list[int]:
    """Return the ids of the universities whose id, short name or ROR id is `value`."""
    names = {value.casefold()}
    with suppress(ValidationError):
        names.add(normalise_ror_id(value))
    return [
        university.pk
        for university in universities()
        if names & {str(university.pk), university.short_name.casefold(), university.ror_id}
    ]


@once_per_publication
def stage_slugs() -> Sequence[str]:
    """Return the slugs of the development stages, in their order."""
    return list(DevelopmentStage.objects.values_list("slug", flat=True))
