"""Queries about courses, with everything a card shows and no query per card, and their sessions."""

from datetime import date
from typing import Any, Self

from django.db.models import (
    Case,
    DateField,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from wagtail.models import Locale, PageQuerySet

from cms.i18n.clock import school_today
from cms.i18n.sorting import alphabetical
from cms.publishing.visibility import listed_pages
from courses.status import (
    LAST_DAY_TO_APPLY,
    SessionState,
    TimeStatus,
    has_time_status,
    is_open_for_application,
    will_open_for_application,
)

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


def by_day(day: date | None, title: str) -> tuple[date, bool, tuple[str, str]]:
    """Return the key to sort by day and, within a day, by title; what has no day comes last."""
    return day or date.max, day is None, alphabetical(title)


class CoursePageQuerySet(PageQuerySet):
    """Courses, as lists of them need them."""

    def with_card_data(self) -> Self:
        """Fetch what cards show, in a number of queries that does not grow."""
        return (
            self.select_related("host", "locale")
            .prefetch_related("sessions", "stages")
            .defer(*_NOT_ON_CARDS)
        )

    def public_in(self, locale: Locale) -> Self:
        """Return the public ones, each once, for readers of `locale`.

        A course that is not public in that language is there in the source language: somebody
        who reads Swedish can take a course whose page is in English.
        """
        public = listed_pages(self)
        default = Locale.get_default()
        if locale == default:
            return public.filter(locale=locale)
        every = self.model._default_manager
        translated = listed_pages(every.filter(locale=locale)).values("translation_key")
        untranslated = Q(locale=default) & ~Q(translation_key__in=translated)
        return public.filter(Q(locale=locale) | untranslated)

    def with_next_session(self, today: date | None = None) -> Self:
        """Annotate each with its next session (see `CoursePage.next_session`), if there is one.

        `next_session_id` is its id, `next_start` its first day, or the last of all days where it
        has none yet, and `next_deadline` the last day to apply to it.
        """
        today = today or school_today()
        preference = (TimeStatus.UPCOMING, TimeStatus.RUNNING, TimeStatus.UNSCHEDULED)
        next_session = (
            self._sessions.filter(page=OuterRef("pk"))
            .with_time_status(*preference, today=today)
            .order_by(
                Case(When(state=SessionState.CANCELLED, then=1), default=0),
                Case(*(When(has_time_status(s, today), then=i) for i, s in enumerate(preference))),
                F("start_date").asc(nulls_last=True),
                Coalesce("end_date", "start_date"),
            )
        )
        some_day = Coalesce("start_date", Value(date.max, output_field=DateField()))
        return self.annotate(
            next_session_id=Subquery(next_session.values("pk")[:1]),
            next_start=Subquery(next_session.values(day=some_day)[:1]),
            next_deadline=Subquery(next_session.values(day=LAST_DAY_TO_APPLY)[:1]),
        )

    def ids_by_application(self, today: date | None = None) -> list[int]:
        """Return their ids by when those who want to apply have to act (`application_order`).

        The rest follow by the first day of their next session; then those whose next session has
        no day yet, and those without one. What is alike is sorted by title.
        """
        today = today or school_today()
        closing = self._first_days(is_open_for_application(today), LAST_DAY_TO_APPLY)
        opening = self._first_days(will_open_for_application(today), F("application_opens"))

        def key(pk: int, next_start: date | None, title: str) -> tuple[Any, ...]:
            if pk in closing:
                return 0, *by_day(closing[pk], title)
            if pk in opening:
                return 1, *by_day(opening[pk], title)
            return 2, *by_day(next_start, title)

        rows = self.with_next_session(today).order_by("pk").values_list("pk", "next_start", "title")
        return [row[0] for row in sorted(rows, key=lambda row: key(*row))]

    @property
    def _sessions(self) -> Any:
        return self.model._meta.get_field("sessions").related_model.objects

    def _first_days(self, condition: Q, day: F | Coalesce) -> dict[int, date | None]:
        """Return the earliest `day` of the sessions that meet `condition`, by the course's id."""
        days = self._sessions.filter(condition).values_list("page").annotate(first=Min(day))
        return dict(days.order_by())


class CourseSessionQuerySet(QuerySet[Any]):
    """Sessions, picked by what their dates mean on a day."""

    def with_time_status(self, *statuses: TimeStatus, today: date | None = None) -> Self:
        """Keep the sessions in any of `statuses` on `today` (default: today in Stockholm)."""
        condition = Q(pk__in=[])
        for status in statuses:
            condition |= has_time_status(status, today or school_today())
        return self.filter(condition)

    def open_for_application(self, today: date | None = None) -> Self:
        """Keep the sessions that can be applied to on `today` (default: today in Stockholm)."""
        return self.filter(is_open_for_application(today or school_today()))

    def by_date(self) -> Self:
        """Order by first day; sessions without one come last."""
        return self.order_by(F("start_date").asc(nulls_last=True), "end_date", "pk")
