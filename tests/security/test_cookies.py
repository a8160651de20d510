"""Who gets which cookie: nobody who only reads, and for how long the others keep theirs."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from pytest_django import Settings

from cms.models import User
from home.models import HomePage
from tests.day import NOW
from tests.factories import ContentPageFactory
from tests.factories.cms import make_private
from tests.html import one, parse
from tests.security.conftest import sign_in

A_YEAR = timedelta(days=365)


def test_a_visitor_gets_cookies_where_a_page_asks_for_a_password_and_for_an_hour_at_most(
    home: HomePage, settings: Settings
) -> None:
    page = ContentPageFactory(parent=home, title="Members", slug="members")
    make_private(page, "password")
    visitor = Client()
    with time_machine.travel(NOW) as clock:
        form = one(parse(visitor.get("/members/")), "form[action*=authenticate]")
        assert set(visitor.cookies) == {settings.CSRF_COOKIE_NAME}
        visitor.post(str(form["action"]), {"password": "open sesame", "return_url": "/members/"})
        session = visitor.cookies[settings.SESSION_COOKIE_NAME]
        assert not session["max-age"], "The browser keeps it until it is closed."
        assert session["httponly"]
        held = Session.objects.get().get_decoded()
        assert {key.rpartition("_")[2] for key in held} == {"restrictions", "expiry"}
        assert not parse(visitor.get("/members/")).select("form[action*=authenticate]")
        clock.shift(timedelta(minutes=61))
        assert parse(visitor.get("/members/")).select("form[action*=authenticate]")


def test_a_browser_is_known_for_a_year_and_then_forgotten(
    editor_account: User, settings: Settings
) -> None:
    browser = Client()
    with time_machine.travel(NOW) as clock:
        sign_in(browser)
        cookie = browser.cookies[settings.KNOWN_DEVICE_COOKIE_NAME]
        assert cookie["max-age"] == A_YEAR.total_seconds()
        for passed, mails in ((A_YEAR - timedelta(days=1), 1), (A_YEAR + timedelta(days=1), 2)):
            browser.post("/admin/logout/")
            clock.move_to(NOW + passed)
            # As a browser that holds on to it would send it.
            browser.cookies[settings.KNOWN_DEVICE_COOKIE_NAME] = cookie.value
            sign_in(browser)
            assert len(mail.outbox) == mails, passed


@pytest.mark.parametrize("secure", [False, True])
def test_every_cookie_of_the_admin_is_out_of_reach_for_scripts_and_other_sites(
    secure: bool, editor_account: User, settings: Settings
) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = secure
    browser = Client()
    browser.get("/admin/login/", secure=True)
    sign_in(browser)
    given = dict(browser.cookies)
    # A notice says to whoever may no longer come in why.
    browser.post("/admin/logout/")
    User.objects.update(is_active=False)
    sign_in(browser)
    given = dict(browser.cookies) | given
    assert set(given) == {
        *(settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME),
        *(settings.KNOWN_DEVICE_COOKIE_NAME, settings.MESSAGES_COOKIE_NAME),
    }
    for name, cookie in given.items():
        assert cookie["httponly"], name
        assert bool(cookie["secure"]) is secure, name
        assert cookie["samesite"] == "Lax", name
        assert (cookie["path"], cookie["domain"]) == ("/", ""), name
