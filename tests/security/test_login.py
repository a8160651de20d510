"""Signing in with name and password: what it lets through, and what it gives away."""

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import Settings

from cms.models import User
from tests.factories import UserFactory
from tests.factories.cms import PASSWORD
from tests.html import parse, words
from tests.security.conftest import LOGIN, WRONG, is_signed_in, sign_in

pytestmark = pytest.mark.usefixtures("home")


def test_the_page_names_what_it_needs_and_keeps_what_was_typed(client: Client) -> None:
    response = client.post(LOGIN, {"username": "edith", "password": ""})
    page = parse(response)
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
    response = client.post(
        LOGIN, {"username": "edith", "password": PASSWORD, "next": "/admin/reports/locked/"}
    )
    assert response["Location"] == "/admin/reports/locked/"
    assert client.session.session_key != before
    assert not User.objects.filter(pk=editor_account.pk, last_login=None).exists()


@pytest.mark.parametrize(
    "target", ["https://evil.example", "//evil.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_to_another_site(client: Client, editor_account: User, target: str) -> None:
    response = client.post(LOGIN, {"username": "edith", "password": PASSWORD, "next": target})
    assert response.status_code == 302
    assert response["Location"] == "/admin/"


def test_a_wrong_name_and_a_wrong_password_look_the_same(
    client: Client, editor_account: User
) -> None:
    UserFactory.create(username="gone", is_active=False, groups=["Editors"])
    pages = []
    for username in ("edith", "nobody", "gone"):
        response = client.post(LOGIN, {"username": username, "password": WRONG})
        assert response.status_code == 200
        pages.append(words(parse(response)).replace(username, "…"))
    assert len(set(pages)) == 1
    assert "did not match" in pages[0]


def test_an_account_that_is_switched_off_or_has_no_role_stays_out(client: Client) -> None:
    UserFactory.create(username="gone", is_active=False, groups=["Editors"])
    UserFactory.create(username="stranger")
    for username in ("gone", "stranger"):
        response = client.post(LOGIN, {"username": username, "password": PASSWORD}, follow=True)
        assert "has no access" in words(parse(response))
        assert not is_signed_in(client)


def test_whoever_loses_access_while_signed_in_gets_the_login_page_and_no_loop(
    client: Client, editor_account: User
) -> None:
    sign_in(client)
    editor_account.groups.clear()
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0].startswith(LOGIN)
    assert response.status_code == 200


@pytest.mark.parametrize(
    "address", ["/admin/signup/", "/admin/3rdparty/signup/", "/accounts/signup/"]
)
def test_nobody_can_register(client: Client, address: str) -> None:
    for response in (client.get(address, follow=True), client.post(address, {}, follow=True)):
        assert response.status_code == 404 or response.request["PATH_INFO"] == LOGIN
    assert not User.objects.exists()


def test_signing_out_needs_a_post_and_leaves_no_session_cookie(editor: Client) -> None:
    editor.get("/admin/logout/")
    assert is_signed_in(editor)
    response = editor.post("/admin/logout/")
    assert response["Location"] == LOGIN
    assert editor.cookies[settings.SESSION_COOKIE_NAME].value == ""
    assert not is_signed_in(editor)


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


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_logging_in_leads_nowhere_else(target: str, editor: Client) -> None:
    UserFactory.create(username="someone", groups=["Editors"])
    response = Client().post(
        "/admin/login/", {"username": "someone", "password": PASSWORD, "next": target}
    )
    assert "evil" not in response.headers.get("Location", "")
    assert "javascript" not in response.headers.get("Location", "")
