"""Longer lists cost no more queries."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses.models import CourseIndexPage, CoursePerson
from home.models import HomePage
from tests.caching import empty_caches
from tests.factories import (
    CourseIndexPageFactory,
    CoursePageFactory,
    CourseSessionFactory,
    DevelopmentStageFactory,
    UniversityFactory,
)
from tests.html import read


@pytest.fixture
def index(home: HomePage) -> CourseIndexPage:
    """An empty list of courses."""
    return CourseIndexPageFactory(parent=home)


def test_lists_of_courses_cost_the_same_number_of_queries_however_long_they_are(
    index: CourseIndexPage, client: Client
) -> None:
    stages = [DevelopmentStageFactory.create() for _number in range(3)]

    def add(count: int) -> None:
        for number in range(count):
            CoursePageFactory(
                parent=index,
                stages=stages,
                host=UniversityFactory.create(founding_partner=True),
                co_organisers=[UniversityFactory.create()],
                sessions=[
                    CourseSessionFactory.build(start_date=date(2026, 10, 1 + number)),
                    CourseSessionFactory.build(start_date=date(2026, 11, 1 + number)),
                ],
            )

    add(2)
    few = {address: _queries(client, address) for address in ("/", "/courses/")}
    add(18)
    assert {address: _queries(client, address) for address in ("/", "/courses/")} == few


def test_a_course_costs_the_same_number_of_queries_however_much_it_lists(
    index: CourseIndexPage, client: Client
) -> None:
    def add(slug: str, count: int) -> None:
        CoursePageFactory(
            parent=index,
            slug=slug,
            stages=[DevelopmentStageFactory.create() for _number in range(count)],
            co_organisers=[UniversityFactory.create() for _number in range(count)],
            application_url="https://apply.example.org/",
            sessions=[
                *(CourseSessionFactory.build() for _number in range(count)),
                *(
                    CourseSessionFactory.build(
                        start_date=date(2025, 1, 1 + number),
                        end_date=None,
                        application_opens=None,
                        application_closes=None,
                    )
                    for number in range(count)
                ),
            ],
            people=[
                CoursePerson(name=f"Teacher {number}", university=UniversityFactory.create())
                for number in range(count)
            ],
        )

    add("short", 2)
    add("long", 20)
    assert _queries(client, "/courses/long/") == _queries(client, "/courses/short/")


def _queries(client: Client, address: str) -> int:
    """Return how many queries it takes to make a page anew, in a process that made it before."""
    read(client, address)
    empty_caches()
    with CaptureQueriesContext(connection) as queries:
        read(client, address)
    assert len(queries) > 5, "The page was stored, not made anew."
    return len(queries)
