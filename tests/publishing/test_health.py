"""The probes say what their contracts promise."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from cms.operations import health
from cms.publishing.scheduling import publish_scheduled
from tests.school import School


@pytest.fixture(autouse=True)
def _nothing_looked_at_yet() -> None:
    health._migrations.cache_clear()


def test_live_answers_without_a_database(client: Client) -> None:
    """Runs without the `db` fixture: a query would be an error."""
    response = client.get("/-/live")

    assert response.status_code == 200
    assert response.json() == {"status": "ok"}


def test_ready_is_ok_where_everything_is_in_order(school: School, client: Client) -> None:
    publish_scheduled()
    response = client.get("/-/ready")

    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "checks": {"database": "ok", "migrations": "ok", "cache": "ok", "scheduler": "ok"},
    }
    assert "no-store" in response.headers["Cache-Control"]


def test_a_silent_scheduler_degrades_and_does_not_fail(school: School, client: Client) -> None:
    response = client.get("/-/ready")

    assert response.status_code == 200
    assert response.json()["status"] == "degraded"
    assert response.json()["checks"]["scheduler"] != "ok"


def test_a_missing_migration_fails(school: School, client: Client) -> None:
    MigrationRecorder(connection).record_unapplied("courses", "0001_initial")
    response = client.get("/-/ready")

    assert response.status_code == 503
    assert response.json()["checks"]["migrations"] == "not all migrations are applied"


def test_probes_are_reachable_over_plain_http_where_the_site_is_not(
    school: School, client: Client, settings: object
) -> None:
    settings.SECURE_SSL_REDIRECT = True  # type: ignore[attr-defined]

    assert client.get("/-/live").status_code == 200
    assert client.get("/about/").status_code == 301


def test_the_scheduler_command_says_what_it_did(
    school: School, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("run_scheduler", once=True)

    assert capsys.readouterr().out == "0 objects published or expired.\n"
