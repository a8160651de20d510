"""Nobody tries out the password that a page or a collection shares with those who may read it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from tests.day import NOW
from tests.html import parse, words
from tests.school import School

PASSWORD = "open sesame"


def _of_a_page(school: School) -> str:
    restriction = PageViewRestriction.objects.create(
        page=school.contact, restriction_type="password", password=PASSWORD
    )
    return f"/_util/authenticate_with_password/{restriction.pk}/{school.contact.pk}/"


def _of_documents(school: School) -> str:
    restriction = CollectionViewRestriction.objects.create(
        collection=Collection.get_first_root_node(), restriction_type="password", password=PASSWORD
    )
    return f"/documents/authenticate_with_password/{restriction.pk}/"


@pytest.mark.parametrize("share", [_of_a_page, _of_documents])
def test_ten_attempts_close_it_to_an_address_for_five_minutes(
    share: Callable[[School], str], school: School, client: Client
) -> None:
    address = share(school)
    with time_machine.travel(NOW) as clock:
        for number in range(10):
            response = client.post(address, {"password": f"guess {number}", "return_url": "/"})
            assert response.status_code == 200
        right = {"password": PASSWORD, "return_url": "/contact/"}
        refused = client.post(address, right)
        assert refused.status_code == 429
        assert "Too many attempts" in words(parse(refused))
        assert Client(REMOTE_ADDR="192.0.2.1").post(address, right).status_code == 302
        clock.shift(timedelta(minutes=5, seconds=1))
        assert client.post(address, right).status_code == 302
