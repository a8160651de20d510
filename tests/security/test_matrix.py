"""Every role at every address of the admin, reading and sending, against a table of who may.

`make who-may` writes the table anew; whoever does so reads what has changed in it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import transaction
from django.db.models.signals import post_save
from django.template.response import SimpleTemplateResponse
from django.test import Client
from pytest_django import Settings
from wagtail.models import ModelLogEntry, PageLogEntry

from cms.models import User
from tests.factories import UserFactory
from tests.html import Response
from tests.school import School
from tests.security import who_may
from tests.security.addresses import addresses
from tests.security.samples import Samples

GROUPS = {
    "nobody": [],
    "partner": ["Partner editors: Lund University"],
    "editor": ["Editors"],
    "moderator": ["Moderators"],
    "administrator": ["Administrators"],
    "superuser": [],
}
# tests/operations/test_crawl.py sees every page that the table says these are shown: here their
# templates, most of the time that these roles would take, are left out.
RENDERED_ELSEWHERE = {"administrator", "superuser"}


def _user(role: str) -> User | None:
    if role == "anonymous":
        return None
    user: User = UserFactory.create(
        username=role, groups=GROUPS[role], is_superuser=role == "superuser"
    )
    return user


@contextmanager
def _what_is_done() -> Iterator[list[str]]:
    """Yield what the audit log takes down, action by action."""
    done: list[str] = []

    def take_down(instance: PageLogEntry | ModelLogEntry, **_rest: Any) -> None:
        done.append(instance.action)

    for log in (PageLogEntry, ModelLogEntry):
        post_save.connect(take_down, sender=log)
    try:
        yield done
    finally:
        for log in (PageLogEntry, ModelLogEntry):
            post_save.disconnect(take_down, sender=log)


def _ask(client: Client, method: str, path: str) -> tuple[Response, bool]:
    """Ask, and put everything back: what is in the database, and the cookies.

    Return the response, and whether anything was taken down in the audit log.
    """
    cookies = client.cookies
    client.cookies = SimpleCookie(cookies.output(header="", sep=";"))
    with transaction.atomic(), _what_is_done() as done:
        response: Response = getattr(client, method)(path)
        transaction.set_rollback(True)
    client.cookies = cookies
    return response, bool(done)


def _outcomes(client: Client, samples: Samples) -> Iterator[tuple[who_may.Key, str]]:
    for address in addresses(samples):
        for method in ("get", "post"):
            response, changed = _ask(client, method, address.path)
            key = (address.route, address.sample, method.upper())
            yield key, who_may.outcome(response, changed=changed)


@pytest.mark.parametrize("role", who_may.ROLES)
def test_who_may(
    role: str, school: School, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    # Each request is put back in the database, the session with it; a signed one needs no row.
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    if role in RENDERED_ELSEWHERE:
        monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")
    user = _user(role)
    samples = Samples(school, user)
    client = Client(raise_request_exception=False)
    if user:
        client.force_login(user)
    found = dict(_outcomes(client, samples))
    assert not [key for key, outcome in found.items() if outcome.startswith("5")]
    assert not [key for key, outcome in found.items() if "GET" in key and outcome == "changed"]
    if who_may.is_being_written():
        who_may.write(role, found)
    assert found == who_may.expected(role)
