"""Second factors: who needs one, how it is shown, and that it cannot be got around."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.core import mail
from django.test import Client
from pytest_django import Settings
from wagtail.models import ModelLogEntry

from cms.accounts.adapters import SecondFactorAdapter
from cms.models import User
from home.models import HomePage
from tests.day import NOW
from tests.factories import UserFactory
from tests.factories.cms import PASSWORD
from tests.html import parse, words
from tests.security.addresses import routes
from tests.security.authenticators import totp_code
from tests.security.conftest import add_totp, confirm, is_signed_in

OWN_FACTORS = "account/second-factor/"
FACTORS = f"/admin/{OWN_FACTORS}"
SECOND_STEP = "/admin/login/second-factor/"


@pytest.fixture
def moderator_account(home: HomePage) -> User:
    """A moderator."""
    return UserFactory.create(username="max", groups=["Moderators"])


def first_step(username: str = "max") -> Client:
    """Return a browser in which name and password were given."""
    client = Client()
    response = client.post("/admin/login/", {"username": username, "password": PASSWORD})
    assert response.status_code == 302
    return client


@pytest.mark.usefixtures("second_factor_required")
@pytest.mark.parametrize(
    ("account", "needs"),
    [
        ({"groups": ["Editors"]}, False),
        ({"groups": ["Moderators"]}, True),
        ({"groups": ["Editors", "Administrators"]}, True),
        ({"is_superuser": True}, True),
    ],
)
@pytest.mark.parametrize(
    "address", ["/admin/", "/admin/users/", "/admin/account/", "/admin/pages/"]
)
def test_who_must_set_a_factor_up_before_anything_else(
    home: HomePage, account: dict[str, object], needs: bool, address: str
) -> None:
    UserFactory.create(username="max", **account)
    client = first_step()
    response = client.get(address)
    assert (response.status_code == 302 and response["Location"] == FACTORS) is needs
    assert client.get(FACTORS).status_code == 200
    if needs:
        assert client.post(address, {})["Location"] == FACTORS


@pytest.mark.usefixtures("second_factor_required")
def test_the_way_to_a_factor_is_open_and_then_everything_is(moderator_account: User) -> None:
    client = first_step()
    page = client.get("/admin/", follow=True)
    assert "needs a second factor" in words(parse(page))
    add_totp(client)
    assert is_signed_in(client)


def test_nobody_needs_one_where_the_setting_names_no_group(moderator_account: User) -> None:
    assert is_signed_in(first_step())


def test_the_password_alone_no_longer_lets_in(moderator_account: User) -> None:
    secret = add_totp(first_step())
    client = first_step()
    assert not is_signed_in(client)
    wrong = client.post(SECOND_STEP, {"code": "000000"})
    assert "Incorrect code" in words(parse(wrong))
    assert not is_signed_in(client)
    response = client.post(SECOND_STEP, {"code": totp_code(secret)})
    assert response["Location"] == "/admin/"
    assert is_signed_in(client)


def test_a_code_is_taken_once(moderator_account: User) -> None:
    secret = add_totp(first_step())
    code = totp_code(secret)
    first, second = first_step(), first_step()
    assert first.post(SECOND_STEP, {"code": code}).status_code == 302
    assert second.post(SECOND_STEP, {"code": code}).status_code == 200
    assert not is_signed_in(second)


def test_a_code_holds_for_its_half_minute(moderator_account: User) -> None:
    secret = add_totp(first_step())
    with time_machine.travel(NOW.replace(second=0)) as clock:
        early = totp_code(secret)
        client = first_step()
        clock.shift(timedelta(seconds=31))
        assert client.post(SECOND_STEP, {"code": early}).status_code == 200
        assert not is_signed_in(client)
        assert client.post(SECOND_STEP, {"code": totp_code(secret)}).status_code == 302


def test_nothing_weaker_than_an_app_or_a_key_is_offered(moderator_account: User) -> None:
    client = first_step()
    add_totp(client)
    offered = words(parse(client.get(FACTORS))).lower()
    asked = words(parse(first_step().get(SECOND_STEP))).lower()
    for weak in ("sms", "phone number", "e-mail", "email", "question"):
        assert weak not in offered + asked
    assert client.get("/admin/login/code/confirm/").status_code == 404
    sent = len(mail.outbox)
    first_step().get(SECOND_STEP)
    assert not [m for m in mail.outbox[sent:] if re.search(r"\b\d{6}\b", str(m.body))]


def test_codes_cannot_be_tried_out(moderator_account: User) -> None:
    secret = add_totp(first_step())
    client = first_step()
    for number in range(5):
        client.post(SECOND_STEP, {"code": f"{number:06}"})
    response = client.post(SECOND_STEP, {"code": totp_code(secret)})
    assert "Too many attempts" in words(parse(response))
    assert not is_signed_in(client)


def test_a_recovery_code_lets_in_once(moderator_account: User) -> None:
    client = first_step()
    add_totp(client)
    shown = client.get(f"{FACTORS}recovery-codes/")
    codes = parse(shown).select("textarea")[0].text.split()
    assert len(codes) == 10
    assert codes[0] not in client.get(f"{FACTORS}recovery-codes/").content.decode()
    other = first_step()
    assert other.post(SECOND_STEP, {"code": codes[0]}).status_code == 302
    assert is_signed_in(other)
    again = first_step()
    assert again.post(SECOND_STEP, {"code": codes[0]}).status_code == 200
    assert not is_signed_in(again)


def test_a_new_factor_ends_other_sessions_tells_by_mail_and_stands_in_the_log(
    moderator_account: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A test's transaction is never committed, and allauth writes once it is.
    monkeypatch.setattr("django.db.transaction.on_commit", lambda follow, **kwargs: follow())
    here, there = first_step(), first_step()
    mail.outbox.clear()
    add_totp(here)
    assert is_signed_in(here)
    assert not is_signed_in(there)
    confirm(here)
    here.post(f"{FACTORS}app/deactivate/")
    assert not Authenticator.objects.filter(user=moderator_account).exists()
    assert [message.to for message in mail.outbox] == [["max@example.org"]] * 2
    actions = ModelLogEntry.objects.filter(user=moderator_account).values_list("action", flat=True)
    assert {"cms.factor_add", "cms.factor_remove"} <= set(actions)


def test_factors_are_changed_only_by_who_knows_the_password(moderator_account: User) -> None:
    add_totp(first_step())
    client = Client()
    moderator_account.refresh_from_db()
    # Signed in without having typed a password just now.
    client.force_login(moderator_account)
    pages = {route.replace("<int:pk>", "1") for route in routes() if OWN_FACTORS in route}
    unasked = {
        page.removeprefix(OWN_FACTORS)
        for page in pages
        for response in (client.get(f"/admin/{page}"), client.post(f"/admin/{page}"))
        if not response.headers.get("Location", "").startswith("/admin/account/confirm/")
        and response.status_code != 405
    }
    assert len(pages) > 10
    assert unasked == {"", "keys/", "confirm/"}, "Two lists, and where one confirms."
    assert Authenticator.objects.filter(user=moderator_account, type="totp").exists()


@pytest.mark.usefixtures("second_factor_required")
def test_the_last_factor_stays_where_one_is_required(moderator_account: User) -> None:
    client = first_step()
    add_totp(client)
    confirm(client)
    response = client.post(f"{FACTORS}app/deactivate/")
    assert "cannot deactivate" in words(parse(response))
    assert Authenticator.objects.filter(user=moderator_account, type="totp").exists()


def test_a_copy_of_the_table_makes_no_codes(moderator_account: User, settings: Settings) -> None:
    secret = add_totp(first_step())
    for row in Authenticator.objects.filter(user=moderator_account):
        assert secret not in str(row.data)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a new key", [settings.SECRET_KEY]
    client = first_step()
    client.post(SECOND_STEP, {"code": totp_code(secret)})
    assert is_signed_in(client), "A new SECRET_KEY with the old one as fallback takes old secrets."
    settings.SECRET_KEY_FALLBACKS = []
    for row in Authenticator.objects.filter(user=moderator_account):
        with pytest.raises(InvalidToken):
            SecondFactorAdapter().decrypt(row.data.get("secret") or row.data["seed"])


@pytest.mark.parametrize(
    "body",
    [
        *("", "{}", "null", "[]", "7", "no json", '{"id": 1, "response": {}}'),
        '{"id": "a", "rawId": "a", "type": "public-key", "response": []}',
        '{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {"clientDataJSON": "e30",'
        ' "authenticatorData": "YQ", "signature": "YQ", "userHandle": "YQ"}}',
        '{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {"clientDataJSON": "e30",'
        ' "attestationObject": "oA"}}',
    ],
)
def test_a_malformed_passkey_is_refused_in_words(moderator_account: User, body: str) -> None:
    stranger = Client()
    stranger.get("/admin/login/passkey/", headers={"Accept": "application/json"})
    response = stranger.post("/admin/login/passkey/", {"credential": body}, follow=True)
    assert response.status_code == 200
    assert not is_signed_in(stranger)
    client = first_step()
    confirm(client)
    client.get(f"{FACTORS}keys/add/")
    response = client.post(f"{FACTORS}keys/add/", {"credential": body})
    assert response.status_code == 200
    assert not Authenticator.objects.exists()
