"""The database finds the sessions that the rules say it should."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
import time_machine

from courses.models import CourseSession
from courses.status import (
    LAST_DAY_TO_APPLY,
    ApplicationStatus,
    SessionState,
    SessionStatus,
    TimeStatus,
    application_order,
    application_status,
    has_application_status,
    has_session_status,
    has_time_status,
    is_open_for_application,
    last_day_to_apply,
    session_status,
    time_status,
    will_open_for_application,
)
from home.models import HomePage
from tests.factories import CourseIndexPageFactory, CoursePageFactory

DAY = timedelta(days=1)


@pytest.fixture
def every_session(home: HomePage) -> list[CourseSession]:
    """A saved session for every combination of yesterday, today, tomorrow, no date and state."""
    today = date(2026, 9, 15)
    days = (None, today - DAY, today, today + DAY)
    course = CoursePageFactory(parent=CourseIndexPageFactory(parent=home))
    return CourseSession.objects.bulk_create(
        CourseSession(
            page=course,
            locale=course.locale,
            start_date=first,
            end_date=last,
            application_opens=opens,
            application_closes=closes,
            state=state,
        )
        for first, last, opens, closes, state in product(
            days, days, days, days, SessionState.values
        )
    )


def test_the_database_finds_the_same_sessions_as_the_rules(
    every_session: list[CourseSession],
) -> None:
    today = date(2026, 9, 15)
    for status in TimeStatus:
        found = CourseSession.objects.filter(has_time_status(status, today))
        assert {session.pk for session in found} == {
            session.pk for session in every_session if time_status(session, today) is status
        }, status
    for group, condition in enumerate((is_open_for_application, will_open_for_application)):
        found = CourseSession.objects.filter(condition(today))
        assert {session.pk for session in found} == {
            session.pk for session in every_session if application_order(session, today)[0] == group
        }
    with_day = CourseSession.objects.annotate(last_day=LAST_DAY_TO_APPLY)
    for session in with_day:
        assert session.last_day == last_day_to_apply(session)


def test_the_database_knows_every_status_of_an_application_and_of_a_session(
    every_session: list[CourseSession],
) -> None:
    today = date(2026, 9, 15)
    for status in ApplicationStatus:
        found = CourseSession.objects.filter(has_application_status(status, today))
        assert {session.pk for session in found} == {
            session.pk for session in every_session if application_status(session, today) is status
        }, status
    for one_word in SessionStatus:
        found = CourseSession.objects.filter(has_session_status(one_word, today))
        assert {session.pk for session in found} == {
            session.pk for session in every_session if session_status(session, today) is one_word
        }, one_word


# What may be said together, and which of it where one word has to do.
TABLE = {
    (TimeStatus.UPCOMING, ApplicationStatus.NOT_YET_OPEN): SessionStatus.NOT_YET_OPEN,
    (TimeStatus.UPCOMING, ApplicationStatus.OPEN): SessionStatus.OPEN,
    (TimeStatus.UPCOMING, ApplicationStatus.CLOSED): SessionStatus.CLOSED,
    (TimeStatus.UPCOMING, ApplicationStatus.FULL): SessionStatus.FULL,
    (TimeStatus.UPCOMING, ApplicationStatus.CANCELLED): SessionStatus.CANCELLED,
    (TimeStatus.RUNNING, ApplicationStatus.OPEN): SessionStatus.OPEN,
    (TimeStatus.RUNNING, ApplicationStatus.CLOSED): SessionStatus.RUNNING,
    (TimeStatus.RUNNING, ApplicationStatus.FULL): SessionStatus.RUNNING,
    (TimeStatus.PAST, ApplicationStatus.CLOSED): SessionStatus.PAST,
    (TimeStatus.PAST, ApplicationStatus.CANCELLED): SessionStatus.CANCELLED,
    (TimeStatus.UNSCHEDULED, ApplicationStatus.NOT_YET_OPEN): SessionStatus.NOT_YET_OPEN,
    (TimeStatus.UNSCHEDULED, ApplicationStatus.OPEN): SessionStatus.OPEN,
    (TimeStatus.UNSCHEDULED, ApplicationStatus.CLOSED): SessionStatus.CLOSED,
    (TimeStatus.UNSCHEDULED, ApplicationStatus.FULL): SessionStatus.FULL,
    (TimeStatus.UNSCHEDULED, ApplicationStatus.CANCELLED): SessionStatus.CANCELLED,
}


def test_no_combination_of_state_and_dates_has_statuses_that_contradict(
    every_session: list[CourseSession],
) -> None:
    today = date(2026, 9, 15)
    seen = {
        (time_status(session, today), application_status(session, today)): session_status(
            session, today
        )
        for session in every_session
    }
    assert seen == TABLE


def test_the_database_asks_for_today_in_stockholm(every_session: list[CourseSession]) -> None:
    with time_machine.travel(datetime(2026, 9, 15, 22, 30, tzinfo=UTC), tick=False):
        running = CourseSession.objects.with_time_status(TimeStatus.RUNNING, TimeStatus.UPCOMING)
        opened = CourseSession.objects.open_for_application()
        tomorrow = date(2026, 9, 16)
        assert {session.pk for session in running} == {
            session.pk
            for session in every_session
            if time_status(session, tomorrow) in {TimeStatus.RUNNING, TimeStatus.UPCOMING}
        }
        assert {session.pk for session in opened} == {
            session.pk
            for session in every_session
            if application_status(session, tomorrow) is ApplicationStatus.OPEN
        }


def test_sessions_are_listed_by_first_day_and_those_without_one_last(
    every_session: list[CourseSession],
) -> None:
    days = [session.start_date for session in CourseSession.objects.by_date()]
    assert days == sorted(days, key=lambda day: day or date.max)
