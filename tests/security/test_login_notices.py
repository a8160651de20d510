"""Who owns an account is told by mail what somebody else may have done with it."""

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from cms.models import User
from tests.admin_forms import SETTINGS_FORM, AdminForm
from tests.factories import UserFactory
from tests.factories.cms import PASSWORD
from tests.security.conftest import WRONG, is_signed_in, sign_in

pytestmark = pytest.mark.usefixtures("home")


def test_changing_the_password_ends_the_other_sessions_and_tells_by_mail(
    editor_account: User,
) -> None:
    here, there = Client(), Client()
    sign_in(here)
    sign_in(there)
    mail.outbox.clear()
    new = "seventeen green umbrellas"
    response = here.post(
        "/admin/account/password/",
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    assert response.status_code == 302
    assert is_signed_in(here)
    assert not is_signed_in(there)
    assert "password" in mail.outbox[-1].subject.lower()
    wrong = here.post(
        "/admin/account/password/",
        {"oldpassword": WRONG, "password1": PASSWORD, "password2": PASSWORD},
    )
    assert wrong.status_code == 200


def test_a_new_browser_is_told_by_mail_and_a_known_one_is_not(
    editor_account: User, settings: Settings
) -> None:
    browser = Client(headers={"User-Agent": "Firefox on a boat"})
    sign_in(browser)
    (message,) = mail.outbox
    assert message.to == ["edith@example.org"]
    assert "Firefox on a boat" in message.body
    browser.post("/admin/logout/")
    sign_in(browser)
    assert len(mail.outbox) == 1
    sign_in(Client())
    assert len(mail.outbox) == 2
    cookie = browser.cookies[settings.KNOWN_DEVICE_COOKIE_NAME]
    assert cookie["path"] == "/"
    assert cookie["httponly"]
    assert "edith" not in cookie.value


def test_the_mark_of_one_account_says_nothing_about_another(editor_account: User) -> None:
    UserFactory.create(username="other", groups=["Editors"])
    browser = Client()
    for username in ("edith", "other", "edith", "other"):
        sign_in(browser, username)
        browser.post("/admin/logout/")
    assert [message.to for message in mail.outbox] == [["edith@example.org"], ["other@example.org"]]


def test_a_new_e_mail_address_is_told_to_the_old_one(editor_account: User) -> None:
    client = Client()
    sign_in(client)
    mail.outbox.clear()
    form = AdminForm(client, "/admin/account/", "main form")
    form["name_email-email"] = "thief@evil.example"
    form.send()
    assert User.objects.get(username="edith").email == "thief@evil.example"
    assert [message.to for message in mail.outbox] == [["edith@example.org"]]


def test_a_password_that_an_administrator_sets_is_told_to_its_owner(
    administrator: Client, editor_account: User
) -> None:
    form = AdminForm(administrator, f"/admin/users/edit/{editor_account.pk}/", SETTINGS_FORM)
    form["password1"] = form["password2"] = "seventeen green umbrellas"
    form.send()
    assert sign_in(Client(), password="seventeen green umbrellas") == 302
    assert mail.outbox[0].to == ["edith@example.org"]
    assert "password" in mail.outbox[0].subject.lower()
