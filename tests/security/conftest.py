"""Uploads on a disk, people with a second factor, and an OpenID provider of our own."""

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
from tests.factories.cms import PASSWORD
from tests.html import Answer, parse
from tests.security.authenticators import totp_code

REQUIRED = ["Moderators", "Administrators"]
SSO = "/admin/oidc/sso/login/"
GROUP_MAP = {"atmp-staff": "Editors", "atmp-board": "Moderators"}


def confirm(client: Client) -> None:
    """Give the password again, as before every change of a factor."""
    answer = client.post("/admin/account/confirm/", {"password": PASSWORD, "next": "/admin/"})
    assert answer.status_code == 302


def add_totp(client: Client) -> str:
    """Set an authenticator app up, and return its secret."""
    confirm(client)
    page = parse(client.get("/admin/account/second-factor/app/activate/"))
    field = page.select_one("#authenticator_secret")
    assert field is not None
    secret = str(field["value"])
    answer = client.post("/admin/account/second-factor/app/activate/", {"code": totp_code(secret)})
    assert answer.status_code == 302, "The authenticator's code was not taken."
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
        answer = requests.put(f"{self.url}/users/{sub}", json=claims, timeout=5)
        answer.raise_for_status()

    def sign_in(self, client: Client, sub: str, query: str = "") -> Answer:
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
