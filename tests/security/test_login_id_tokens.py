"""What a provider says of somebody counts if it has signed it, for this site and this sign-in."""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import jwt
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client
from pytest_django import Settings

from cms.models import User
from tests.html import parse, words
from tests.security.conftest import SSO, Provider, is_signed_in
from tests.security.listening import Asked, Listener, listening

pytestmark = pytest.mark.usefixtures("home")

type Configure = Callable[..., Provider]
type Claims = dict[str, Any]
KEY, FOREIGN = generate_private_key(65537, 2048), generate_private_key(65537, 2048)


class Between:
    """Stands between the site and a provider: hands its tokens on, signed anew, or changed."""

    def __init__(self, provider_url: str) -> None:
        self.provider_url = provider_url
        self.forge: Callable[[Claims], str] = signed

    def response(self, asked: Asked) -> bytes:
        """Return the response of the token endpoint, or the keys."""
        if asked.path == "/keys":
            return json.dumps({"keys": [_public(KEY)]}).encode()
        said = requests.post(
            f"{self.provider_url}/oauth2/token",
            data=asked.body,
            headers={"Content-Type": asked.headers["content-type"]},
            timeout=5,
        ).json()
        claims = jwt.decode(said["id_token"], options={"verify_signature": False})
        return json.dumps({**said, "id_token": self.forge(claims)}).encode()


def _public(key: RSAPrivateKey) -> Claims:
    public: Claims = jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return {**public, "kid": "one", "use": "sig"}


def signed(claims: Claims, key: RSAPrivateKey = KEY, **changed: Any) -> str:
    """Return a token with claims, some of them changed, or left out where they are None."""
    said = {name: value for name, value in (claims | changed).items() if value is not None}
    return jwt.encode(said, key, "RS256", headers={"kid": "one"})


@pytest.fixture
def between(
    provider_url: str, single_sign_on: Configure, settings: Settings
) -> Iterator[tuple[Between, Provider]]:
    """A provider whose tokens pass through somebody's hands."""
    middle = Between(provider_url)
    with listening(middle.response) as listener:
        provider = _through(listener, single_sign_on, settings)
        provider.has("1", preferred_username="astrid", groups=["atmp-staff"])
        yield middle, provider


def _through(listener: Listener, single_sign_on: Configure, settings: Settings) -> Provider:
    provider = single_sign_on(more_hosts=[urlsplit(listener.url).netloc])
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["openid_configuration_overrides"] = {
        "token_endpoint": f"{listener.url}/token",
        "jwks_uri": f"{listener.url}/keys",
    }
    return provider


def test_a_token_that_the_provider_has_signed_lets_in(
    client: Client, between: tuple[Between, Provider]
) -> None:
    between[1].sign_in(client, "1")
    assert is_signed_in(client)


PUBLIC_KEY = KEY.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


@pytest.mark.parametrize(
    "forge",
    {
        "signed by somebody else": lambda claims: signed(claims, FOREIGN),
        "not signed": lambda claims: jwt.encode(claims, "", "none", headers={"kid": "one"}),
        "signed with the client's secret": lambda claims: jwt.encode(
            claims, "secret" * 8, "HS256", headers={"kid": "one"}
        ),
        "signed with the public key as a secret": lambda claims: jwt.encode(
            claims, PUBLIC_KEY, "HS256", headers={"kid": "one"}
        ),
        "a key that nobody has": lambda claims: jwt.encode(
            claims, KEY, "RS256", headers={"kid": "two"}
        ),
        "for another site": lambda claims: signed(claims, aud="another"),
        "handed to another site": lambda claims: signed(claims, azp="another"),
        "of another provider": lambda claims: signed(claims, iss="https://evil.example"),
        "long expired": lambda claims: signed(claims, exp=int(time.time()) - 120),
        "for ever": lambda claims: signed(claims, exp=None),
        "of another sign-in": lambda claims: signed(claims, nonce="another"),
        "of no sign-in": lambda claims: signed(claims, nonce=None),
        "about somebody else": lambda claims: signed(claims, sub="2"),
        "no token": lambda claims: "",
        "three dots": lambda claims: "...",
        "no header": lambda claims: "e30.e30.e30",
    }.items(),
    ids=lambda forge: forge[0],
)
def test_any_other_token_does_not(
    forge: tuple[str, Callable[[Claims], str]],
    client: Client,
    between: tuple[Between, Provider],
) -> None:
    middle, provider = between
    middle.forge = forge[1]
    response = provider.sign_in(client, "1")
    page = client.get(response["Location"]) if response.status_code == 302 else response
    shown = words(parse(page))
    assert "Signing in did not work" in shown or "gave conflicting answers" in shown
    assert not is_signed_in(client)
    assert not User.objects.exists()


def test_every_sign_in_has_a_nonce_of_its_own(single_sign_on: Configure) -> None:
    single_sign_on()
    asked = [Client().post(f"{SSO}?auth_params=nonce%3Dmine")["Location"] for _twice in range(2)]
    nonces = {address.partition("nonce=")[2].partition("&")[0] for address in asked}
    assert len(nonces) == 2
    assert all(len(nonce) > 40 for nonce in nonces), "It is the site's, whatever one asks for."
