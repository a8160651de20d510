"""Numbers for whoever watches the site, and for nobody else."""

import re

from django.test import Client
from pytest_django import Settings

from cms.models import User
from tests.security.conftest import WRONG, sign_in

TOKEN = "a-token-of-more-than-twenty-characters"


def test_without_a_token_there_are_no_numbers(client: Client, db: None, settings: Settings) -> None:
    assert client.get("/-/metrics", follow=True).status_code == 404


def test_with_a_token_there_are(client: Client, db: None, settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN
    watched = Client()
    watched.get("/robots.txt")
    refused = watched.get("/-/metrics", headers={"Authorization": "Bearer "})
    response = watched.get("/-/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert refused.status_code == 401
    assert response.headers["Cache-Control"] == "no-store"
    assert (
        'site_requests_total{cache="none",method="GET",part="site",status="200"}' in response.text
    )


def test_failures_to_sign_in_are_counted(editor_account: User, settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN
    watched = Client()

    def numbers() -> dict[str, float]:
        text = watched.get("/-/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text
        found = re.findall(r'^site_logins_total{result="(\w+)"} (\S+)$', text, flags=re.MULTILINE)
        return {"failed": 0.0, "succeeded": 0.0} | {name: float(count) for name, count in found}

    before = numbers()
    for password in (WRONG, WRONG):
        sign_in(watched, password=password)
    sign_in(watched)
    after = numbers()
    assert (after["failed"] - before["failed"], after["succeeded"] - before["succeeded"]) == (2, 1)
