"""Uploads on a disk, people with a second factor, and an OpenID provider of our own."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import oidc_provider_mock
import pytest
import requests
from django.core.files.storage import FileSystemStorage, default_storage
from django.test import Client
from pytest_django import Settings

from cms.models import User
from cms.settings.single_sign_on import configuration
from home.models import HomePage
from tests.factories import UserFactory
from tests.factories.cms import PASSWORD
from tests.html import Response, parse
from tests.school import School
from tests.security.authenticators import totp_code

REQUIRED = ["Moderators", "Administrators"]
LOGIN = "/admin/login/"
WRONG = "not the password at all"
SSO = "/admin/oidc/sso/login/"
GROUP_MAP = {"atmp-staff": "Editors", "atmp-board": "Moderators"}


@pytest.fixture
def editor_account(home: HomePage) -> User:
    """Somebody who may sign in."""
    return UserFactory.create(username="edith", groups=["Editors"])


def sign_in(client: Client, username: str = "edith", password: str = PASSWORD) -> int:
    """Send the login form; return the status."""
    response = client.post(LOGIN, {"username": username, "password": password})
    return int(response.status_code)


def link_in(body: str) -> str:
    """Return the address on this site that a mail names."""
    found = re.search(r"http://testserver(\S+)", body)
    assert found is not None
    return found[1]


def confirm(client: Client) -> None:
    """Give the password again, as before every change of a factor."""
    response = client.post("/admin/account/confirm/", {"password": PASSWORD, "next": "/admin/"})
    assert response.status_code == 302


def add_totp(client: Client) -> str:
    """Set an authenticator app up, and return its secret."""
    confirm(client)
    page = parse(client.get("/admin/account/second-factor/app/activate/"))
    field = page.select_one("#authenticator_secret")
    assert field is not None
    secret = str(field["value"])
    response = client.post(
        "/admin/account/second-factor/app/activate/", {"code": totp_code(secret)}
    )
    assert response.status_code == 302, "The authenticator's code was not taken."
    return secret


@pytest.fixture
def second_factor_required(settings: Settings) -> None:
    """The rule of production."""
    settings.MFA_REQUIRED_GROUPS = REQUIRED


class Provider:
    """A running OpenID provider, and people who sign in with it."""

    def __init__(self, url: str) -> None:
        self.url = url

    def has(self, sub: str, **claims: Any) -> None:
        """Let the provider know somebody, instead of what it knew before."""
        response = requests.put(f"{self.url}/users/{sub}", json=claims, timeout=5)
        response.raise_for_status()

    def sign_in(self, client: Client, sub: str, query: str = "") -> Response:
        """Go to the provider, say who one is there, come back, and return where one arrives."""
        there = client.post(SSO + query)
        assert there.status_code == 302, there.content
        assert there["Location"].startswith(self.url)
        back = requests.post(there["Location"], data={"sub": sub}, allow_redirects=False, timeout=5)
        assert back.status_code == 302, back.text
        parts = urlsplit(back.headers["Location"])
        return client.get(f"{parts.path}?{parts.query}")


@pytest.fixture(scope="session")
def provider_url() -> Iterator[str]:
    """The address of a real OpenID provider on this machine."""
    with oidc_provider_mock.run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def single_sign_on(settings: Settings, provider_url: str) -> Callable[..., Provider]:
    """Return a function that configures single sign-on, and returns the provider."""

    def configure(**options: Any) -> Provider:
        given: dict[str, Any] = {
            "server": provider_url,
            "client_id": "site",
            "client_secret": "secret",
        }
        settings.SOCIALACCOUNT_PROVIDERS, settings.SINGLE_SIGN_ON = configuration(
            **(given | {"group_map": GROUP_MAP, "loopback": True} | options)
        )
        return Provider(provider_url)

    return configure


def groups_of(username: str) -> list[str]:
    """Return the names of somebody's groups."""
    user = User.objects.get(username=username)
    return sorted(user.groups.values_list("name", flat=True))


def is_signed_in(client: Client) -> bool:
    """Return whether the admin's front page is shown."""
    return client.get("/admin/").status_code == 200


@pytest.fixture
def disk(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory that uploads are written to, and served from.

    The storage in memory is put aside, not replaced: it holds the files of the school that many
    tests borrow.
    """
    directory = tmp_path / "media"
    directory.mkdir()
    settings.MEDIA_ROOT = directory
    monkeypatch.setattr(default_storage, "_wrapped", FileSystemStorage(location=directory))
    return directory


def directives(response: Response) -> dict[str, list[str]]:
    """Return the policy of a response, by directive."""
    parts = [part.split() for part in response.headers["Content-Security-Policy"].split(";")]
    return {name: values for name, *values in parts}


@pytest.fixture
def site(school: School, settings: Settings, tmp_path: Path) -> Callable[..., Response]:
    """Ask the site over https, as in production; redirects from http are on."""
    settings.ROOT_URLCONF = "tests.security.faulty"
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    settings.SECURITY_CONTACT = ["mailto:security@example.org"]
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "room.png").write_bytes(b"a picture")
    client = Client(raise_request_exception=False)

    def ask(address: str, method: str = "get", *, secure: bool = True, **extra: str) -> Response:
        response: Response = getattr(client, method)(address, secure=secure, headers=extra or None)
        return response

    return ask
