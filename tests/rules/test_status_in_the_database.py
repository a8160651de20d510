"""The database finds the sessions that the rules say it should."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
import time_machine

from courses.models import CourseSession
from courses.status import (
    ApplicationStatus,
    SessionState,
    TimeStatus,
    application_status,
    has_application_status,
    has_time_status,
    is_open_for_application,
    time_status,
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
    found = CourseSession.objects.filter(is_open_for_application(today))
    assert {session.pk for session in found} == {
        session.pk
        for session in every_session
        if application_status(session, today) is ApplicationStatus.OPEN
    }


@pytest.mark.parametrize("status", list(ApplicationStatus))
def test_the_database_knows_every_status_of_an_application(
    every_session: list[CourseSession], status: ApplicationStatus
) -> None:
    today = date(2026, 9, 15)
    found = CourseSession.objects.filter(has_application_status(status, today))

    assert {session.pk for session in found} == {
        session.pk for session in every_session if application_status(session, today) is status
    }


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
