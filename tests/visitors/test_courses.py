"""Visitors find the courses that come next, and whether they can apply."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from bs4 import Tag
from django.test import Client

from courses.models import CourseIndexPage
from home.models import HomePage
from tests.factories import (
    CourseIndexPageFactory,
    CoursePageFactory,
    CourseSessionFactory,
    DevelopmentStageFactory,
)
from tests.html import links, one, read, words


@pytest.fixture
def index(home: HomePage) -> CourseIndexPage:
    """An empty list of courses."""
    return CourseIndexPageFactory(parent=home)


NO_DAYS: dict[str, object] = {
    "end_date": None,
    "application_opens": None,
    "application_closes": None,
}


def _course(index: CourseIndexPage, title: str, *days: date | None, **facts: object) -> None:
    CoursePageFactory(
        parent=index,
        title=title,
        sessions=[CourseSessionFactory.build(start_date=day, **(NO_DAYS | facts)) for day in days],
    )


def test_courses_are_listed_by_their_next_session(index: CourseIndexPage, client: Client) -> None:
    _course(index, "Without a date", None)
    _course(index, "Over", date(2026, 3, 1))
    _course(index, "Also over", date(2025, 3, 1))
    _course(index, "In December", date(2026, 12, 1), date(2026, 1, 1))
    _course(index, "In October", date(2027, 5, 1), date(2026, 10, 1))
    _course(index, "Running", date(2026, 9, 15))
    main = one(read(client, "/courses/"), "main")
    listed = [
        words(link) for link in main.select("h2 a[href^='/courses/'], h3 a[href^='/courses/']")
    ]
    assert listed == [
        "Running", "In October", "In December", "Without a date", "Also over", "Over",
    ]  # fmt: skip


def test_a_cancelled_session_does_not_hide_the_one_that_takes_place(
    index: CourseIndexPage, client: Client
) -> None:
    CoursePageFactory(
        parent=index,
        sessions=[
            CourseSessionFactory.build(
                start_date=date(2026, 10, 5),
                end_date=None,
                application_closes=None,
                state="cancelled",
            ),
            CourseSessionFactory.build(
                start_date=date(2026, 11, 2),
                end_date=None,
                application_closes=None,
                state="confirmed",
            ),
        ],
    )
    text = words(one(read(client, "/courses/"), "main"))
    assert "2 November 2026" in text
    assert "Open for application" in text
    assert "Cancelled" not in text


def test_the_home_page_shows_the_sessions_that_start_next(
    index: CourseIndexPage, client: Client
) -> None:
    _course(index, "Over", date(2026, 9, 1))
    _course(index, "Called off", date(2026, 9, 20), state="cancelled")
    _course(index, "Without a date", None)
    _course(index, "Twice a year", date(2027, 3, 1), date(2026, 10, 1))
    _course(index, "In November", date(2026, 11, 1))
    _course(index, "In December", date(2026, 12, 1))
    _course(index, "Next summer", date(2027, 6, 1))
    shown = list(links(one(read(client, "/"), "section[aria-labelledby=next]")).values())
    assert shown == ["Twice a year", "In November", "In December"]
    days = one(read(client, "/"), "section[aria-labelledby=next]").select("time")
    assert [day["datetime"] for day in days] == [
        "2026-10-01", "2026-11-01", "2026-12-01", "2027-03-01",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 8, 31, 21, 59, tzinfo=UTC), "Not yet open for application"),
        (datetime(2026, 8, 31, 22, 0, tzinfo=UTC), "Open for application"),
        (datetime(2026, 10, 1, 21, 59, tzinfo=UTC), "Open for application"),
        (datetime(2026, 10, 1, 22, 0, tzinfo=UTC), "Application closed"),
    ],
)
def test_application_opens_and_closes_at_midnight_in_sweden_on_every_page(
    moment: datetime, expected: str, index: CourseIndexPage, client: Client
) -> None:
    CoursePageFactory(
        parent=index,
        slug="gmp",
        sessions=[CourseSessionFactory.build()],
        application_url="https://apply.example.org/gmp",
    )
    with time_machine.travel(moment, tick=False):
        for address in ("/", "/courses/", "/courses/gmp/"):
            assert expected in _statuses(one(read(client, address), "main")), address
        offered = "https://apply.example.org/gmp" in links(
            one(read(client, "/courses/gmp/"), "header.course-head")
        )
    assert offered is (expected == "Open for application")


@pytest.mark.parametrize(
    ("state", "expected"),
    [("full", "Full"), ("cancelled", "Cancelled"), ("planned", "Open for application")],
)
def test_what_the_organisers_decided_is_said_in_words(
    state: str, expected: str, index: CourseIndexPage, client: Client
) -> None:
    CoursePageFactory(parent=index, slug="gmp", sessions=[CourseSessionFactory.build(state=state)])
    assert _statuses(one(read(client, "/courses/gmp/"), "main")) == {expected}


def test_a_sessions_own_application_link_goes_before_the_courses(
    index: CourseIndexPage, client: Client
) -> None:
    CoursePageFactory(
        parent=index,
        slug="gmp",
        application_url="https://apply.example.org/course",
        sessions=[
            CourseSessionFactory.build(application_url="https://apply.example.org/session"),
            CourseSessionFactory.build(start_date=date(2026, 12, 1), end_date=None),
        ],
    )
    sessions = one(read(client, "/courses/gmp/"), "section[aria-labelledby=sessions]")
    assert list(links(sessions)) == [
        "https://apply.example.org/session",
        "https://apply.example.org/course",
    ]


def test_past_sessions_are_kept_apart_the_latest_first(
    index: CourseIndexPage, client: Client
) -> None:
    CoursePageFactory(
        parent=index,
        slug="gmp",
        sessions=[
            CourseSessionFactory.build(
                start_date=date(year, 5, 4),
                end_date=None,
                application_opens=None,
                application_closes=None,
            )
            for year in (2024, 2027, 2025)
        ],
    )
    sessions = one(read(client, "/courses/gmp/"), "section[aria-labelledby=sessions]")
    past = one(sessions, "details")
    assert [day["datetime"] for day in past.select("time")] == ["2025-05-04", "2024-05-04"]
    assert sessions.select("time")[0]["datetime"] == "2027-05-04"


def test_a_course_without_sessions_offers_none(index: CourseIndexPage, client: Client) -> None:
    CoursePageFactory(parent=index, slug="gmp")
    assert "No session planned" in words(read(client, "/courses/"))
    assert not read(client, "/courses/gmp/").select("section[aria-labelledby=sessions]")


def test_the_stages_are_shown_in_their_order(index: CourseIndexPage, client: Client) -> None:
    last = DevelopmentStageFactory.create(name="Access", sort_order=900)
    first = DevelopmentStageFactory.create(name="Research", sort_order=10)
    CoursePageFactory(parent=index, slug="gmp", stages=[last, first])
    for address in ("/", "/courses/", "/courses/gmp/"):
        text = words(one(read(client, address), "main"))
        assert text.index("Research") < text.index("Access")


def _statuses(main: Tag) -> set[str]:
    return {words(status) for status in main.select(".status")}
