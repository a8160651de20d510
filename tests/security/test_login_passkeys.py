"""A passkey signs what the server has just asked, for this site, and each response counts once."""

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from pytest_django import Settings

from cms.models import User
from tests.html import one, parse
from tests.security.authenticators import Passkey
from tests.security.conftest import confirm, is_signed_in, sign_in

ADD = "/admin/account/second-factor/keys/add/"
SIGN_IN = "/admin/login/passkey/"


@pytest.fixture(autouse=True)
def _as_in_production(settings: Settings) -> None:
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False


@pytest.fixture
def passkey(editor_account: User) -> Passkey:
    """A passkey that its owner has added to the account."""
    client = Client()
    sign_in(client)
    confirm(client)
    options = json.loads(one(parse(client.get(ADD)), "#js_data").text)
    made = Passkey()
    sent = {
        "name": "Mine",
        "passwordless": "on",
        "credential": made.created(options["creation_options"]),
    }
    assert client.post(ADD, sent).status_code == 302
    assert Authenticator.objects.filter(user=editor_account, type="webauthn").exists()
    return made


def asked(client: Client) -> dict[str, Any]:
    """Return what the server wants signed by whoever wants to come in."""
    response = client.get(SIGN_IN, headers={"Accept": "application/json"})
    options: dict[str, Any] = response.json()["request_options"]
    return options


def test_it_lets_its_owner_in(passkey: Passkey) -> None:
    client = Client()
    client.post(SIGN_IN, {"credential": passkey.signed(asked(client))})
    assert is_signed_in(client)


def test_a_response_counts_once_and_only_where_it_was_asked_for(passkey: Passkey) -> None:
    client, other = Client(), Client()
    overheard = passkey.signed(asked(client))
    asked(other)
    for thief in (other, Client()):
        thief.post(SIGN_IN, {"credential": overheard})
        assert not is_signed_in(thief)
    client.post(SIGN_IN, {"credential": overheard})
    assert is_signed_in(client)
    client.post("/admin/logout/")
    asked(client)
    client.post(SIGN_IN, {"credential": overheard})
    assert not is_signed_in(client)


def test_what_was_signed_for_another_site_counts_nowhere(passkey: Passkey) -> None:
    for origin in ("https://evil.example", "https://testserver.evil.example", "http://testserver"):
        passkey.origin = origin
        client = Client()
        client.post(SIGN_IN, {"credential": passkey.signed(asked(client))})
        assert not is_signed_in(client), origin


def test_another_key_under_the_same_name_opens_nothing(passkey: Passkey) -> None:
    forged = Passkey()
    forged.id, forged.owner = passkey.id, passkey.owner
    client = Client()
    client.post(SIGN_IN, {"credential": forged.signed(asked(client))})
    assert not is_signed_in(client)


def test_what_is_asked_is_new_each_time(passkey: Passkey) -> None:
    challenges = {asked(Client())["publicKey"]["challenge"] for _time in range(5)}
    assert len(challenges) == 5
    assert min(map(len, challenges)) >= 22, "128 bits."
