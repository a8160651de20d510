"""The project holds together: migrations, checks, and production settings that assume nothing."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).parents[2]
COMPLETE = {
    "SECRET_KEY": "0123456789-for-this-test-only-0123456789-for-this-test-only",
    "ALLOWED_HOSTS": "www.example.org,example.org",
    "CSRF_TRUSTED_ORIGINS": "https://www.example.org",
    "DATABASE_URL": "postgres://nobody:secret@localhost:5432/none",
    "WAGTAILADMIN_BASE_URL": "https://www.example.org",
}
MALFORMED = {
    "SECRET_KEY": ["short", "insecure-development-key-that-production-refuses-whatever-its-length"],
    "ALLOWED_HOSTS": ["*", "https://www.example.org", "www.example.org:8000", " , "],
    "CSRF_TRUSTED_ORIGINS": ["www.example.org", "http://www.example.org", "https://*"],
    "DATABASE_URL": ["localhost", "sqlite:///db.sqlite3", "postgres://localhost"],
    "WAGTAILADMIN_BASE_URL": ["www.example.org", "https://www.example.org/path"],
    "SECURE_HSTS_SECONDS": ["a year", "-1"],
    "EMAIL_PORT": ["smtp", "70000"],
    "LOG_LEVEL": ["LOUD"],
}


def _production(environment: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run a command with production settings and nothing in the environment but what is given."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
    return subprocess.run(  # noqa: S603 The arguments are this module's own.
        [sys.executable, *arguments],
        env={**kept, **environment, "DJANGO_SETTINGS_MODULE": "cms.settings.production"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def _import_with(environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return _production(environment, "-c", "import cms.settings.production")


def _named(message: str) -> set[str]:
    """Return the variables that a refusal names, one at the beginning of each line."""
    return set(re.findall(r"^  ([A-Z\d_]+): ", message, flags=re.MULTILINE))


def test_production_names_every_variable_that_is_missing_at_once() -> None:
    result = _production({}, "manage.py", "check")
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert _named(result.stderr) == set(COMPLETE)


@pytest.mark.parametrize("number", range(max(map(len, MALFORMED.values()))))
def test_production_names_every_variable_that_is_malformed_at_once(number: int) -> None:
    environment = {name: values[number % len(values)] for name, values in MALFORMED.items()}
    result = _import_with(environment)
    assert result.returncode != 0
    assert _named(result.stderr) == set(MALFORMED), environment


@pytest.mark.parametrize("name", COMPLETE)
def test_production_refuses_to_start_without(name: str) -> None:
    environment = {key: value for key, value in COMPLETE.items() if key != name}
    result = _import_with(environment)
    assert result.returncode != 0
    assert _named(result.stderr) == {name}


def test_production_refuses_what_the_example_has_in_the_place_of_a_value() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    untouched = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert set(untouched) == set(COMPLETE)
    result = _import_with(untouched)
    assert _named(result.stderr) == set(COMPLETE)
    assert "openssl rand -base64 48" in result.stderr
    for name, value in untouched.items():
        assert _named(_import_with({**COMPLETE, name: value}).stderr) == {name}


@pytest.mark.parametrize("name", ["SECRET_KEY", "PORT", "WEB_WORKERS", "WEB_THREADS", "SENTRY_DSN"])
def test_the_server_says_in_one_line_what_is_wrong_with_a_variable(name: str) -> None:
    gunicorn = ("-m", "gunicorn", "--bind", "127.0.0.1:0", "cms.wsgi")
    result = _production({**COMPLETE, name: "-"}, *gunicorn)
    assert result.returncode != 0
    assert "Traceback" not in result.stderr
    assert _named(result.stderr) == {name}
    # Beside it, the heading.
    assert len([line for line in result.stderr.splitlines() if not line.startswith("{")]) == 2


@pytest.mark.parametrize(
    ("name", "value", "module", "extra"),
    [
        ("MEDIA_S3_BUCKET", "atmp-media", "boto3", "s3"),
        ("SENTRY_DSN", "https://key@sentry.example.org/1", "sentry_sdk", "sentry"),
    ],
)
def test_a_setting_that_asks_for_an_extra_names_it_where_it_is_missing(
    name: str, value: str, module: str, extra: str
) -> None:
    without = f"import sys; sys.modules['{module}'] = None; import cms.settings.production"
    hidden = (
        "import importlib.util as u; find = u.find_spec; "
        f"u.find_spec = lambda name: None if name == '{module}' else find(name); "
    )
    refused = _production({**COMPLETE, name: value}, "-c", hidden + without)
    assert _named(refused.stderr) == {name}
    assert f"the extra “{extra}”" in refused.stderr
    assert _production(COMPLETE, "-c", hidden + without).returncode == 0
    assert _import_with({**COMPLETE, name: value}).returncode == 0


def test_production_never_shows_a_secret_it_refuses() -> None:
    result = _import_with({**COMPLETE, "SECRET_KEY": "hunter2", "DATABASE_URL": "pg://me:pw123@h"})
    assert result.returncode != 0
    message = result.stderr.split("EnvironmentIncomplete")[-1]
    assert "hunter2" not in message
    assert "pw123" not in message


def test_production_starts_with_a_complete_environment_and_passes_its_checks() -> None:
    result = _production(COMPLETE, "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert result.returncode == 0, result.stderr


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_the_project_passes_its_own_checks() -> None:
    call_command("check", fail_level="WARNING")


def test_the_contents_of_the_decisions_name_and_date_every_section() -> None:
    text = (ROOT / "docs/decisions.md").read_text()
    listed = re.findall(r"^- \d{4}-\d\d-\d\d \[(.+)\]\(#(.+)\)$", text, flags=re.MULTILINE)
    sections = re.findall(r"^## (.+)$", text, flags=re.MULTILINE)
    # The anchors that code forges give.
    anchors = [re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in sections]
    assert listed == list(zip(sections, anchors, strict=True))
