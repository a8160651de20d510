"""Signing in with name and password: what it lets through, and what it gives away."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.test import Client
from pytest_django import Settings

from cms.models import User
from home.models import HomePage
from tests.admin_forms import SETTINGS_FORM, AdminForm
from tests.factories import UserFactory
from tests.factories.cms import PASSWORD
from tests.html import parse, words
from tests.school import NOW
from tests.security.conftest import is_signed_in

pytestmark = pytest.mark.usefixtures("home")

LOGIN = "/admin/login/"
WRONG = "not the password at all"


@pytest.fixture
def editor_account(home: HomePage) -> User:
    """Somebody who may sign in."""
    return UserFactory.create(username="edith", groups=["Editors"])


def sign_in(client: Client, username: str = "edith", password: str = PASSWORD) -> int:
    """Send the login form; return the status."""
    answer = client.post(LOGIN, {"username": username, "password": password})
    return int(answer.status_code)


def test_the_page_names_what_it_needs_and_keeps_what_was_typed(client: Client) -> None:
    answer = client.post(LOGIN, {"username": "edith", "password": ""})
    page = parse(answer)
    field = page.select_one("input[name=username]")
    assert field is not None
    assert field["value"] == "edith"
    assert "This field is required" in words(page)


def test_signing_in_gives_a_new_session_and_leads_to_where_one_wanted(
    client: Client, editor_account: User
) -> None:
    client.get("/admin/pages/", follow=True)
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = before or ""
    answer = client.post(
        LOGIN, {"username": "edith", "password": PASSWORD, "next": "/admin/reports/locked/"}
    )
    assert answer["Location"] == "/admin/reports/locked/"
    assert client.session.session_key != before
    assert not User.objects.filter(pk=editor_account.pk, last_login=None).exists()


@pytest.mark.parametrize(
    "target", ["https://evil.example", "//evil.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_to_another_site(client: Client, editor_account: User, target: str) -> None:
    answer = client.post(LOGIN, {"username": "edith", "password": PASSWORD, "next": target})
    assert answer.status_code == 302
    assert answer["Location"] == "/admin/"


def test_a_wrong_name_and_a_wrong_password_look_the_same(
    client: Client, editor_account: User
) -> None:
    UserFactory.create(username="gone", is_active=False, groups=["Editors"])
    pages = []
    for username in ("edith", "nobody", "gone"):
        answer = client.post(LOGIN, {"username": username, "password": WRONG})
        assert answer.status_code == 200
        pages.append(words(parse(answer)).replace(username, "…"))
    assert len(set(pages)) == 1
    assert "did not match" in pages[0]


def test_an_account_that_is_switched_off_or_has_no_role_stays_out(client: Client) -> None:
    UserFactory.create(username="gone", is_active=False, groups=["Editors"])
    UserFactory.create(username="stranger")
    for username in ("gone", "stranger"):
        answer = client.post(LOGIN, {"username": username, "password": PASSWORD}, follow=True)
        assert "has no access" in words(parse(answer))
        assert not is_signed_in(client)


def test_whoever_loses_access_while_signed_in_gets_the_login_page_and_no_loop(
    client: Client, editor_account: User
) -> None:
    sign_in(client)
    editor_account.groups.clear()
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith(LOGIN)
    assert answer.status_code == 200


def test_five_failures_close_an_account_for_five_minutes(
    client: Client, editor_account: User
) -> None:
    UserFactory.create(username="other", groups=["Editors"])
    with time_machine.travel(NOW) as clock:
        for _attempt in range(5):
            assert sign_in(client, password=WRONG) == 200
        answer = client.post(LOGIN, {"username": "edith", "password": PASSWORD})
        assert answer.status_code == 429
        assert "Too many attempts" in words(parse(answer))
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
        answer = client.post(LOGIN, {"username": f"user{number}"})
    answer = client.post(LOGIN, {"username": "one-more"})
    assert answer.status_code == 429
    assert "Wait five minutes" in words(parse(answer))


@pytest.mark.parametrize(
    "address", ["/admin/signup/", "/admin/3rdparty/signup/", "/accounts/signup/"]
)
def test_nobody_can_register(client: Client, address: str) -> None:
    for answer in (client.get(address, follow=True), client.post(address, {}, follow=True)):
        assert answer.status_code == 404 or answer.request["PATH_INFO"] == LOGIN
    assert not User.objects.exists()


def test_signing_out_needs_a_post_and_leaves_no_session_cookie(editor: Client) -> None:
    editor.get("/admin/logout/")
    assert is_signed_in(editor)
    answer = editor.post("/admin/logout/")
    assert answer["Location"] == LOGIN
    assert editor.cookies[settings.SESSION_COOKIE_NAME].value == ""
    assert not is_signed_in(editor)


def test_a_forgotten_password_is_set_anew_by_mail_once(
    client: Client, editor_account: User
) -> None:
    signed_in = Client()
    sign_in(signed_in)
    mail.outbox.clear()
    answer = client.post("/admin/password_reset/", {"email": "Edith@Example.ORG"}, follow=True)
    assert answer.status_code == 200
    (message,) = mail.outbox
    link = _link(str(message.body))
    new = "seventeen green umbrellas"
    form = client.get(link, follow=True)
    address = form.redirect_chain[-1][0]
    answer = client.post(address, {"password1": new, "password2": new}, follow=True)
    assert answer.status_code == 200
    assert not is_signed_in(signed_in), "A new password ends the sessions of the old one."
    assert "password" in mail.outbox[-1].subject.lower()
    assert sign_in(client, password=new) == 302
    again = Client().get(link, follow=True)
    assert not parse(again).select("input[name=password1]")


def test_the_link_that_sets_a_password_lasts_an_hour(editor_account: User) -> None:
    with time_machine.travel(NOW) as clock:
        Client().post("/admin/password_reset/", {"email": "edith@example.org"})
        link = _link(str(mail.outbox[0].body))
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
        answer = client.post("/admin/password_reset/", {"email": email}, follow=True)
        pages.append((answer.status_code, words(parse(answer))))
    assert len(set(pages)) == 1
    assert [message.to for message in mail.outbox] == [["edith@example.org"]]


def test_the_link_in_the_mail_is_the_site_s_whatever_host_was_asked(
    editor_account: User, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.WAGTAILADMIN_BASE_URL = "https://atmp.example.se"
    Client(HTTP_HOST="evil.example").post("/admin/password_reset/", {"email": "edith@example.org"})
    assert "https://atmp.example.se/admin/password_reset/" in mail.outbox[0].body
    assert "evil.example" not in mail.outbox[0].body


def _link(body: str) -> str:
    found = re.search(r"http://testserver(\S+)", body)
    assert found is not None
    return found[1]


def test_changing_the_password_ends_the_other_sessions_and_tells_by_mail(
    editor_account: User,
) -> None:
    here, there = Client(), Client()
    sign_in(here)
    sign_in(there)
    mail.outbox.clear()
    new = "seventeen green umbrellas"
    answer = here.post(
        "/admin/account/password/",
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    assert answer.status_code == 302
    assert is_signed_in(here)
    assert not is_signed_in(there)
    assert "password" in mail.outbox[-1].subject.lower()
    wrong = here.post(
        "/admin/account/password/",
        {"oldpassword": WRONG, "password1": PASSWORD, "password2": PASSWORD},
    )
    assert wrong.status_code == 200


def test_a_mail_server_that_is_away_keeps_nobody_out(
    client: Client, editor_account: User, settings: Settings
) -> None:
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": 9, "timeout": 1},
        }
    }
    assert sign_in(client) == 302
    assert is_signed_in(client)


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
