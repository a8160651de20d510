"""Wherever a password is set the same rules hold, and a good one stays good."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client

from cms.models import User
from tests.admin_forms import SETTINGS_FORM, AdminForm
from tests.day import NOW
from tests.factories.cms import PASSWORD
from tests.html import Response, one, parse, words
from tests.security.conftest import is_signed_in, link_in, sign_in

WEAK = "fourteen chars"
LONG = "a sentence that somebody likes to write, " * 3 + "ending 🦊 "


def change(account: User, administrator: Client, password: str) -> Response:
    """Set a new password on the owner's own page."""
    client = Client()
    sign_in(client)
    sent = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    return client.post("/admin/account/password/", sent)


def recover(account: User, administrator: Client, password: str) -> Response:
    """Set a new password where the mailed link leads."""
    client = Client()
    mail.outbox.clear()
    client.post("/admin/password_reset/", {"email": account.email})
    form = client.get(link_in(str(mail.outbox[0].body)), follow=True).redirect_chain[-1][0]
    return client.post(form, {"password1": password, "password2": password})


def be_given(account: User, administrator: Client, password: str) -> Response:
    """Set somebody's password as an administrator."""
    form = AdminForm(administrator, f"/admin/users/edit/{account.pk}/", SETTINGS_FORM)
    form["password1"] = form["password2"] = password
    return form.send()


type Way = Callable[[User, Client, str], Response]
WAYS: list[Way] = [change, recover, be_given]


@pytest.mark.parametrize("way", WAYS)
def test_a_weak_password_is_refused_in_words_wherever_it_is_set(
    way: Way, editor_account: User, administrator: Client
) -> None:
    response = way(editor_account, administrator, WEAK)
    assert response.status_code == 200
    assert "at least 15 characters" in words(parse(response))
    assert sign_in(Client(), password=PASSWORD) == 302


@pytest.mark.parametrize("way", WAYS)
def test_a_long_password_is_taken_whole_wherever_it_is_set(
    way: Way, editor_account: User, administrator: Client
) -> None:
    assert len(LONG) > 128
    assert way(editor_account, administrator, LONG).status_code == 302
    for part in (LONG[:-1], LONG[:72], LONG.strip(), LONG.upper()):
        assert sign_in(Client(), password=part) == 200
    client = Client()
    sign_in(client, password=LONG)
    assert is_signed_in(client)


def test_a_password_does_not_grow_old(editor_account: User) -> None:
    with time_machine.travel(NOW + timedelta(days=3 * 365)):
        client = Client()
        assert sign_in(client) == 302
        assert client.get("/admin/").status_code == 200


def test_a_password_may_be_pasted_and_kept_by_a_browser(
    client: Client, editor_account: User
) -> None:
    field = one(parse(client.get("/admin/login/")), "input[name=password]")
    assert field["type"] == "password"
    assert field["autocomplete"] == "current-password"
    assert not [name for name in field.attrs if name.startswith("on") or name == "maxlength"]


def test_no_mail_holds_a_password(editor_account: User, administrator: Client) -> None:
    for way, password in zip(WAYS, ("three blue boats at sea", LONG, PASSWORD), strict=True):
        way(editor_account, administrator, password)
        for message in mail.outbox:
            assert password.strip() not in f"{message.subject}{message.body}"
