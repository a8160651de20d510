"""What a page costs the database when it has to be rendered: little, and never more."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import CoursePageFactory, CourseSessionFactory
from tests.school import ADDRESSES, School

MOST = 12


def queries_of(client: Client, address: str) -> int:
    """Return how many queries it takes to render `address`.

    The process has answered before, so what all pages share is known to it.
    """
    client.get(address)
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("address", ADDRESSES)
def test_rendering_a_page_takes_few_queries(school: School, client: Client, address: str) -> None:
    assert queries_of(client, address) <= MOST


@pytest.mark.parametrize("address", ["/", "/courses/", "/courses/gmp/"])
def test_more_courses_take_no_more_queries(school: School, client: Client, address: str) -> None:
    add_courses(school, 3)
    few = queries_of(client, address)
    add_courses(school, 15)
    assert queries_of(client, address) == few


def add_courses(school: School, number: int) -> None:
    """Publish courses with two sessions and a stage each."""
    for _ in range(number):
        CoursePageFactory(
            parent=school.index,
            host=school.university,
            sessions=[CourseSessionFactory.build() for _ in range(2)],
            stages=[school.stage],
        )
