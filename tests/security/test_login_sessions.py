"""How long one stays signed in, and how it ends everywhere."""

import os
import signal
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings
from pytest_django.asserts import assertNumQueries

from cms.models import User
from cms.operations.management.commands import run_scheduler
from cms.publishing.scheduling import publish_scheduled
from home.models import HomePage
from tests.day import NOW
from tests.factories import UserFactory
from tests.factories.cms import PASSWORD
from tests.html import parse, words
from tests.security.conftest import is_signed_in


@pytest.fixture
def clock(home: HomePage) -> Iterator[time_machine.Traveller]:
    """A clock that can be put forward."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def signed_in(username: str) -> Client:
    """Return a browser in which `username` has signed in through the form."""
    client = Client()
    assert (
        client.post("/admin/login/", {"username": username, "password": PASSWORD}).status_code
        == 302
    )
    return client


@pytest.fixture
def edith(home: HomePage) -> User:
    """An editor."""
    return UserFactory.create(username="edith", groups=["Editors"])


def test_an_hour_without_a_click_ends_it(clock: time_machine.Traveller, edith: User) -> None:
    client = signed_in("edith")
    clock.shift(timedelta(minutes=59))
    assert is_signed_in(client)
    clock.shift(timedelta(minutes=61))
    assert not is_signed_in(client)


def test_an_open_form_that_asks_whose_session_it_is_does_not_keep_it_alive(
    clock: time_machine.Traveller, edith: User
) -> None:
    client = signed_in("edith")
    for _ten_minutes in range(6):
        answer = client.get("/admin/login/session/")
        assert answer.json()["user"] == str(edith.pk)
        assert "no-store" in answer.headers["Cache-Control"]
        clock.shift(timedelta(minutes=10, seconds=1))
    assert client.get("/admin/login/session/").json() == {}


def test_whose_session_it_is_nobody_else_is_told(settings: Settings, edith: User) -> None:
    stranger = Client()
    assert stranger.get("/admin/login/session/").json() == {}
    assert not stranger.cookies
    client = signed_in("edith")
    settings.MFA_REQUIRED_GROUPS = ["Editors"]
    assert client.get("/admin/login/session/").json() == {}


def test_it_ends_after_twelve_hours_whatever_one_does(
    clock: time_machine.Traveller, edith: User
) -> None:
    client = signed_in("edith")
    for _half_hour in range(23):
        clock.shift(timedelta(minutes=30))
        assert is_signed_in(client)
    clock.shift(timedelta(minutes=31))
    assert not is_signed_in(client)
    assert not Session.objects.filter(session_key=client.session.session_key or "-").exists()


def test_the_scheduler_deletes_what_has_ended_at_its_start_and_once_a_day(
    clock: time_machine.Traveller, edith: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in("edith")
    clock.shift(timedelta(hours=2))
    remaining = signed_in("edith").session.session_key
    uptime = SimpleNamespace(monotonic=lambda: 0.0)
    monkeypatch.setattr(run_scheduler, "time", uptime)
    stored: list[list[str]] = []

    def publish_and_look() -> int:
        """Look at the table before each round cleans up; let time go by, and stop in the end."""
        stored.append(list(Session.objects.values_list("session_key", flat=True)))
        if len(stored) == 2:
            clock.shift(timedelta(hours=3))
        if len(stored) == 3:
            uptime.monotonic = lambda: run_scheduler.A_DAY
        if len(stored) == 4:
            os.kill(os.getpid(), signal.SIGTERM)
        return publish_scheduled()

    monkeypatch.setattr(run_scheduler, "publish_scheduled", publish_and_look)
    # The test's transaction is on the connection that it would close.
    monkeypatch.setattr(run_scheduler, "close_old_connections", lambda: None)
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        call_command("run_scheduler", interval=0.01)
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
    assert len(stored[0]) == 2
    assert stored[1:] == [[remaining], [remaining], []]


def test_a_copied_cookie_is_worth_nothing_after_signing_out(edith: User) -> None:
    client = signed_in("edith")
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert is_signed_in(thief)
    client.post("/admin/logout/")
    assert not is_signed_in(thief)


def test_the_key_of_a_session_is_long_new_each_time_and_in_no_address_or_page(edith: User) -> None:
    client, again = signed_in("edith"), signed_in("edith")
    key = str(client.session.session_key)
    assert len(key) == 32
    assert key != again.session.session_key
    name = settings.SESSION_COOKIE_NAME
    for address in ("/admin/", "/admin/account/", "/admin/pages/", "/"):
        assert key not in client.get(address).text
    for thief in (Client(), Client(headers={"X-Session-Token": key})):
        assert thief.get(f"/admin/?{name}={key}").status_code == 302
        assert thief.post("/admin/", {name: key}).status_code == 302


def test_signing_out_deletes_the_row(edith: User) -> None:
    client = signed_in("edith")
    assert Session.objects.count() == 1
    client.post("/admin/logout/")
    assert not Session.objects.exists()


def test_sign_out_everywhere_else(edith: User) -> None:
    here, there = signed_in("edith"), signed_in("edith")
    account = here.get("/admin/account/")
    assert "Sign out everywhere else" in words(parse(account))
    here.get("/admin/account/sign-out/")
    assert is_signed_in(there), "Only a POST does anything."
    here.post("/admin/account/sign-out/")
    assert is_signed_in(here)
    assert not is_signed_in(there)


def test_an_administrator_signs_others_out_but_no_superuser(
    administrator: Client, edith: User
) -> None:
    root = UserFactory.create(username="root", is_superuser=True)
    client, roots = signed_in("edith"), signed_in("root")
    listing = words(parse(administrator.get("/admin/users/")))
    assert "Sign out everywhere" in listing
    administrator.post(f"/admin/users/{edith.pk}/sign-out/")
    assert not is_signed_in(client)
    administrator.post(f"/admin/users/{root.pk}/sign-out/")
    assert is_signed_in(roots)
    editor = signed_in("edith")
    editor.post(f"/admin/users/{root.pk}/sign-out/")
    assert is_signed_in(roots)


@pytest.mark.parametrize("address", ["/", "/search/?q=x", "/api/v2/", "/nowhere/"])
def test_visitors_have_no_session(client: Client, home: HomePage, address: str) -> None:
    client.get(address)
    assert not client.cookies
    assert not Session.objects.exists()


def test_a_visitor_s_page_costs_no_query_for_sessions(client: Client, home: HomePage) -> None:
    client.get("/")
    with assertNumQueries(1):
        client.get("/")
