"""What the dates of a session mean, on the day before, the day itself and the day after."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from courses.models import CourseSession
from courses.status import (
    ApplicationStatus,
    SessionState,
    TimeStatus,
    application_status,
    time_status,
)

FIRST_DAY, LAST_DAY = date(2026, 11, 2), date(2026, 11, 13)
OPENS, CLOSES = date(2026, 9, 1), date(2026, 10, 1)
DAY = timedelta(days=1)


@dataclass
class Facts:
    """A session without a database."""

    start_date: date | None = FIRST_DAY
    end_date: date | None = LAST_DAY
    application_opens: date | None = OPENS
    application_closes: date | None = CLOSES
    state: str = SessionState.CONFIRMED


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (FIRST_DAY - DAY, TimeStatus.UPCOMING),
        (FIRST_DAY, TimeStatus.RUNNING),
        (FIRST_DAY + DAY, TimeStatus.RUNNING),
        (LAST_DAY - DAY, TimeStatus.RUNNING),
        (LAST_DAY, TimeStatus.RUNNING),
        (LAST_DAY + DAY, TimeStatus.PAST),
    ],
)
def test_a_session_runs_from_its_first_day_through_its_last(
    today: date, expected: TimeStatus
) -> None:
    assert time_status(Facts(), today) is expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (FIRST_DAY - DAY, TimeStatus.UPCOMING),
        (FIRST_DAY, TimeStatus.RUNNING),
        (FIRST_DAY + DAY, TimeStatus.PAST),
    ],
)
def test_a_session_without_a_last_day_lasts_one_day(today: date, expected: TimeStatus) -> None:
    assert time_status(Facts(end_date=None), today) is expected


def test_a_session_without_dates_is_unscheduled() -> None:
    assert time_status(Facts(start_date=None, end_date=None), FIRST_DAY) is TimeStatus.UNSCHEDULED


@pytest.mark.parametrize("state", SessionState.values)
def test_what_is_cancelled_never_runs_and_no_other_decision_moves_a_session_in_time(
    state: str,
) -> None:
    days = (FIRST_DAY - DAY, FIRST_DAY, LAST_DAY, LAST_DAY + DAY)
    runs = TimeStatus.PAST if state == SessionState.CANCELLED else TimeStatus.RUNNING
    seen = [time_status(Facts(state=state), day) for day in days]
    assert seen == [TimeStatus.UPCOMING, runs, runs, TimeStatus.PAST]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (OPENS - DAY, ApplicationStatus.NOT_YET_OPEN),
        (OPENS, ApplicationStatus.OPEN),
        (OPENS + DAY, ApplicationStatus.OPEN),
        (CLOSES - DAY, ApplicationStatus.OPEN),
        (CLOSES, ApplicationStatus.OPEN),
        (CLOSES + DAY, ApplicationStatus.CLOSED),
        (FIRST_DAY, ApplicationStatus.CLOSED),
    ],
)
def test_application_is_open_from_the_opening_day_through_the_closing_day(
    today: date, expected: ApplicationStatus
) -> None:
    assert application_status(Facts(), today) is expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (OPENS - DAY, ApplicationStatus.NOT_YET_OPEN),
        (OPENS, ApplicationStatus.OPEN),
        (FIRST_DAY, ApplicationStatus.OPEN),
        (FIRST_DAY + DAY, ApplicationStatus.CLOSED),
    ],
)
def test_without_a_closing_day_application_ends_with_the_first_day_of_the_session(
    today: date, expected: ApplicationStatus
) -> None:
    assert application_status(Facts(application_closes=None), today) is expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (OPENS - DAY, ApplicationStatus.OPEN),
        (CLOSES, ApplicationStatus.OPEN),
        (CLOSES + DAY, ApplicationStatus.CLOSED),
    ],
)
def test_without_an_opening_day_application_is_open_until_it_closes(
    today: date, expected: ApplicationStatus
) -> None:
    assert application_status(Facts(application_opens=None), today) is expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (FIRST_DAY - DAY, ApplicationStatus.NOT_YET_OPEN),
        (FIRST_DAY, ApplicationStatus.CLOSED),
        (FIRST_DAY + DAY, ApplicationStatus.CLOSED),
    ],
)
def test_with_no_application_days_nothing_is_open(today: date, expected: ApplicationStatus) -> None:
    facts = Facts(application_opens=None, application_closes=None)
    assert application_status(facts, today) is expected


def test_with_no_dates_at_all_application_is_not_yet_open() -> None:
    assert (
        application_status(Facts(None, None, None, None), FIRST_DAY)
        is ApplicationStatus.NOT_YET_OPEN
    )


def test_with_an_opening_day_only_application_stays_open() -> None:
    facts = Facts(start_date=None, end_date=None, application_closes=None)
    assert application_status(facts, OPENS + 1000 * DAY) is ApplicationStatus.OPEN


@pytest.mark.parametrize("today", [OPENS - DAY, OPENS, CLOSES, CLOSES + DAY, LAST_DAY + DAY])
def test_a_cancelled_session_says_so_on_every_day(today: date) -> None:
    facts = Facts(state=SessionState.CANCELLED)
    assert application_status(facts, today) is ApplicationStatus.CANCELLED


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (OPENS - DAY, ApplicationStatus.FULL),
        (OPENS, ApplicationStatus.FULL),
        (CLOSES, ApplicationStatus.FULL),
        (CLOSES + DAY, ApplicationStatus.CLOSED),
    ],
)
def test_a_full_session_says_so_until_application_closes(
    today: date, expected: ApplicationStatus
) -> None:
    assert application_status(Facts(state=SessionState.FULL), today) is expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        # Winter time: Stockholm is one hour ahead of UTC.
        (datetime(2026, 1, 15, 22, 59, 59, tzinfo=UTC), ApplicationStatus.OPEN),
        (datetime(2026, 1, 15, 23, 0, tzinfo=UTC), ApplicationStatus.CLOSED),
        (datetime(2026, 1, 15, 23, 30, tzinfo=UTC), ApplicationStatus.CLOSED),
    ],
)
@pytest.mark.parametrize("active", ["Pacific/Auckland", "America/Los_Angeles", "UTC"])
def test_application_closes_at_midnight_in_stockholm_wherever_the_reader_is(
    moment: datetime, expected: ApplicationStatus, active: str
) -> None:
    session = CourseSession(start_date=date(2026, 2, 1), application_closes=date(2026, 1, 15))
    with time_machine.travel(moment, tick=False), timezone.override(active):
        assert session.application_status is expected


@pytest.mark.parametrize(
    ("moment", "expected_day"),
    [
        # Summer time begins on 29 March and ends on 25 October 2026, both at 01:00 UTC.
        (datetime(2026, 3, 28, 22, 59, 59, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 21, 59, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 24, 21, 59, 59, tzinfo=UTC), date(2026, 10, 24)),
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), date(2026, 10, 26)),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_a_one_day_session_runs_from_midnight_to_midnight_even_when_the_clocks_change(
    moment: datetime, expected_day: date
) -> None:
    sessions = {
        day: CourseSession(start_date=day)
        for day in (expected_day - DAY, expected_day, expected_day + DAY)
    }
    with time_machine.travel(moment, tick=False):
        seen = [session.time_status for session in sessions.values()]
    assert seen == [TimeStatus.PAST, TimeStatus.RUNNING, TimeStatus.UPCOMING]


@pytest.mark.parametrize("hour", range(24))
@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_every_hour_of_a_day_on_which_the_clocks_change_is_that_day(day: date, hour: int) -> None:
    offset = 1 if day.month == 3 else 2
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=offset)
    lasts = 23 if day.month == 3 else 25
    with time_machine.travel(midnight + timedelta(hours=hour * lasts / 24), tick=False):
        assert CourseSession(start_date=day).time_status is TimeStatus.RUNNING
