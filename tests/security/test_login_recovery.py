"""A forgotten password is set anew by whoever reads the account's mail, and gives nothing away."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.template import Template
from django.test import Client
from django.test.signals import template_rendered
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from cms.models import User
from tests.day import NOW
from tests.factories import UserFactory
from tests.html import parse, words
from tests.security.conftest import is_signed_in, link_in, sign_in

pytestmark = pytest.mark.usefixtures("home")


def test_a_forgotten_password_is_set_anew_by_mail_once(
    client: Client, editor_account: User
) -> None:
    signed_in = Client()
    sign_in(signed_in)
    mail.outbox.clear()
    response = client.post("/admin/password_reset/", {"email": "Edith@Example.ORG"}, follow=True)
    assert response.status_code == 200
    (message,) = mail.outbox
    link = link_in(str(message.body))
    new = "seventeen green umbrellas"
    form = client.get(link, follow=True)
    address = form.redirect_chain[-1][0]
    response = client.post(address, {"password1": new, "password2": new}, follow=True)
    assert response.status_code == 200
    assert not is_signed_in(signed_in), "A new password ends the sessions of the old one."
    assert "password" in mail.outbox[-1].subject.lower()
    assert sign_in(client, password=new) == 302
    again = Client().get(link, follow=True)
    assert not parse(again).select("input[name=password1]")


def test_the_link_that_sets_a_password_lasts_an_hour(editor_account: User) -> None:
    with time_machine.travel(NOW) as clock:
        Client().post("/admin/password_reset/", {"email": "edith@example.org"})
        link = link_in(str(mail.outbox[0].body))
        clock.shift(timedelta(minutes=59))
        assert parse(Client().get(link, follow=True)).select("input[name=password1]")
        clock.shift(timedelta(minutes=2))
        assert not parse(Client().get(link, follow=True)).select("input[name=password1]")


def test_asking_for_a_new_password_says_nothing_about_accounts(
    client: Client, editor_account: User
) -> None:
    UserFactory.create(username="sso", groups=["Editors"], password=None)
    pages = []
    for email in ("edith@example.org", "sso@example.org", "nobody@example.org"):
        response = client.post("/admin/password_reset/", {"email": email}, follow=True)
        pages.append((response.status_code, words(parse(response))))
    assert len(set(pages)) == 1
    assert [message.to for message in mail.outbox] == [["edith@example.org"]]


def test_asking_for_a_new_password_takes_the_same_work_whoever_has_an_account(
    client: Client,
    editor_account: User,
    settings: Settings,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[list[object]]],
) -> None:
    settings.MAILERS = {
        "default": settings.MAIL_AFTER_COMMIT,
        "server": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"},
    }
    UserFactory.create(username="sso", groups=["Editors"], password=None)
    client.post("/admin/password_reset/", {"email": "warm@example.org"})
    done = []
    for email in ("edith@example.org", "sso@example.org", "nobody@example.org"):
        rendered: list[str | None] = []

        def note(template: Template, rendered: list[str | None] = rendered, **_: object) -> None:
            rendered.append(template.name)

        template_rendered.connect(note)
        with (
            CaptureQueriesContext(connection) as queries,
            django_capture_on_commit_callbacks() as mails,
        ):
            client.post("/admin/password_reset/", {"email": email})
        template_rendered.disconnect(note)
        asked = [query["sql"].partition(" ")[0] for query in queries]
        done.append((rendered, asked, len(mails)))
    assert done[0] == done[1] == done[2]
    assert "account/email/password_reset_key_message.txt" in done[0][0]
    # In a thread of its own, after the response.
    assert done[0][2] == 1


def test_the_link_in_the_mail_is_the_site_s_whatever_host_was_asked(
    editor_account: User, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.WAGTAILADMIN_BASE_URL = "https://atmp.example.se"
    Client(HTTP_HOST="evil.example").post("/admin/password_reset/", {"email": "edith@example.org"})
    assert "https://atmp.example.se/admin/password_reset/" in mail.outbox[0].body
    assert "evil.example" not in mail.outbox[0].body


def test_the_key_of_the_link_is_in_no_address_that_a_page_could_tell(editor_account: User) -> None:
    client = Client()
    client.post("/admin/password_reset/", {"email": "edith@example.org"})
    link = link_in(str(mail.outbox[0].body))
    key = link.rstrip("/").partition("-")[2]
    page = client.get(link, follow=True)
    assert len(key) > 32
    assert key not in page.request["PATH_INFO"]
    assert key not in page.text
