"""Nobody tries passwords out: neither those of one account, nor one after another's."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from cms.models import User
from tests.day import NOW
from tests.factories import UserFactory
from tests.factories.cms import PASSWORD
from tests.html import parse, words
from tests.security.conftest import LOGIN, WRONG, sign_in

pytestmark = pytest.mark.usefixtures("home")


def test_five_failures_close_an_account_for_five_minutes(
    client: Client, editor_account: User
) -> None:
    UserFactory.create(username="other", groups=["Editors"])
    with time_machine.travel(NOW) as clock:
        for _attempt in range(5):
            assert sign_in(client, password=WRONG) == 200
        response = client.post(LOGIN, {"username": "edith", "password": PASSWORD})
        assert response.status_code == 429
        assert "Too many attempts" in words(parse(response))
        elsewhere = Client(REMOTE_ADDR="192.0.2.1")
        assert sign_in(elsewhere) == 429, "The account is closed, wherever one comes from."
        assert sign_in(elsewhere, "other") == 302
        clock.shift(timedelta(minutes=5, seconds=1))
        assert sign_in(client) == 302


def test_an_address_is_throttled_whatever_names_it_tries(
    client: Client, editor_account: User, settings: Settings
) -> None:
    settings.TRUSTED_PROXIES = 1
    for number in range(10):
        attacker = Client(HTTP_X_FORWARDED_FOR=f"10.0.0.{number}, 2001:db8::1")
        attacker.post(LOGIN, {"username": f"user{number}", "password": WRONG})
    same_network = Client(HTTP_X_FORWARDED_FOR="10.9.9.9, 2001:db8::2")
    assert sign_in(same_network) == 429
    assert sign_in(Client(HTTP_X_FORWARDED_FOR="2001:db8::1, 192.0.2.7")) == 302


def test_a_flood_of_logins_meets_a_page_that_says_what_to_do(client: Client) -> None:
    for number in range(30):
        response = client.post(LOGIN, {"username": f"user{number}"})
    response = client.post(LOGIN, {"username": "one-more"})
    assert response.status_code == 429
    assert "Wait five minutes" in words(parse(response))
