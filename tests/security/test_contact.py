"""Whoever finds a weakness finds whom to tell (RFC 9116)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from tests.day import NOW

ADDRESS = "/.well-known/security.txt"
pytestmark = pytest.mark.django_db


def fields(client: Client) -> dict[str, list[str]]:
    response = client.get(ADDRESS)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    found: dict[str, list[str]] = {}
    for line in response.text.splitlines():
        name, _, value = line.partition(": ")
        found.setdefault(name, []).append(value)
    return found


def test_without_a_contact_there_is_no_such_file(client: Client) -> None:
    assert client.get(ADDRESS).status_code == 404


def test_it_names_the_contacts_and_an_end_within_a_year(client: Client, settings: Settings) -> None:
    settings.SECURITY_CONTACT = ["mailto:security@example.org", "https://example.org/report"]
    found = fields(client)
    assert found["Contact"] == settings.SECURITY_CONTACT
    assert found["Canonical"] == [f"http://testserver{ADDRESS}"]
    assert found["Preferred-Languages"] == ["en, sv"]
    [expires] = found["Expires"]
    end = datetime.strptime(expires, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert timedelta() < end - NOW < timedelta(days=365)


def test_the_operator_sets_the_end(client: Client, settings: Settings) -> None:
    settings.SECURITY_CONTACT = ["mailto:security@example.org"]
    settings.SECURITY_CONTACT_EXPIRES = date(2027, 3, 1)
    assert fields(client)["Expires"] == ["2027-03-01T00:00:00Z"]
