"""`manage.py start` says what it does in few lines, and whoever asks for more gets more."""

import io
import json
import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import DjangoCaptureOnCommitCallbacks

from cms.operations.observability import logs
from home.models import HomePage
from testing.servers import ROOT, ask, free_port, responses, running, wait_until

COMMAND = [sys.executable, "manage.py", "start"]
# As .ci/run looks for it.
SITE = re.compile(r"^ *Site  *(http://[^ ]*)/$", re.MULTILINE)
MOST_LINES = 25

# It starts with SQLite whatever the other tests use, and it takes a while from an empty directory.
on_sqlite = pytest.mark.skipif("DATABASE_URL" in os.environ, reason="run with SQLite's tests")


@dataclass
class Development:
    """A developer's machine of this module's own, with nothing on it yet."""

    directory: Path

    @property
    def log(self) -> str:
        """What has been kept of setting up."""
        return (self.directory / "start.log").read_text()

    def environment(self, **more: str) -> dict[str, str]:
        """The environment of a command that writes into the directory only."""
        return {
            "PYTHONPATH": str(self.directory),
            "DJANGO_SETTINGS_MODULE": "elsewhere",
            "DATABASE_URL": f"sqlite:///{self.directory / 'db.sqlite3'}",
            "MEDIA_ROOT": str(self.directory / "media"),
            **more,
        }

    @contextmanager
    def started(self, output: Path, **more: str) -> Iterator[int]:
        """Run the command until it serves, and as long as the block lasts; yield its port."""
        port = free_port()
        with running(COMMAND, self.environment(PORT=str(port), **more), output):
            wait_until(lambda: responses(port), f"the site answers; see {output}", seconds=120)
            yield port


def ask_and_read(port: int, path: str, output: Path) -> int:
    """Ask for a page; return its status once the line about it, which follows it, is there."""
    status = ask(port, path).status
    line = f"GET {path.partition('?')[0]} {status} "
    wait_until(lambda: line in output.read_text(), f"a line about {path}; see {output}")
    return status


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Development:
    """An empty directory, and settings that write there."""
    directory = tmp_path_factory.mktemp("development")
    settings = f"from cms.settings.development import *\nVAR_DIR = {str(directory)!r}\n"
    (directory / "elsewhere.py").write_text(settings)
    return Development(directory)


@pytest.fixture(scope="module")
def first(machine: Development) -> str:
    """What the first start on an empty machine printed, and one request after it."""
    output = machine.directory / "first.txt"
    with machine.started(output) as port:
        assert ask_and_read(port, "/courses/?q=gene", output) == 200
        assert ask_and_read(port, "/nowhere/", output) == 404
    return output.read_text()


@on_sqlite
def test_a_first_start_is_short_and_says_where_everything_is(
    first: str, machine: Development
) -> None:
    said, _stop, requests = first.partition("Stop with Ctrl+C.\n")
    assert len(said.splitlines()) < MOST_LINES
    assert max(map(len, said.splitlines())) <= 110
    assert SITE.search(said)
    for step in ("Texts:", "Checks:", "Database: migrated", "Site set up", "School content loaded"):
        assert re.search(rf"^{step}.* \(\d+\.\d s\)\.$", said, re.MULTILINE), step
    assert f"{machine.directory / 'start.log'}" in said
    (password,) = re.findall(r"“admin” with the password (\S+)$", said, re.MULTILINE)
    assert password not in machine.log
    assert "university LU" in machine.log
    assert "university LU" not in said
    # One line a request, the probes of this test's own included; without what was looked for.
    lines = [line for line in requests.splitlines() if "/-/live" not in line]
    assert re.fullmatch(r"GET /courses/ 200 \d+ ms", lines[0])
    assert re.fullmatch(r"GET /nowhere/ 404 \d+ ms", lines[1])
    assert len(lines) == 2


@on_sqlite
def test_a_second_start_is_shorter_and_tells_what_log_level_asks_for(
    first: str, machine: Development, tmp_path: Path
) -> None:
    output = tmp_path / "second.txt"
    with machine.started(output, LOG_LEVEL="WARNING") as port:
        ask(port, "/courses/")
        ask_and_read(port, "/nowhere/", output)
    said, _stop, requests = output.read_text().partition("Stop with Ctrl+C.\n")
    assert len(said.splitlines()) < len(first.partition("Stop with")[0].splitlines())
    assert "password" not in said
    assert re.fullmatch(r"GET /nowhere/ 404 \d+ ms\n", requests), "No line of what went well."


@on_sqlite
def test_what_goes_wrong_is_shown_in_full(tmp_path: Path) -> None:
    directory = Development(tmp_path)
    broken = "from cms.settings.development import *\n"
    broken += f"VAR_DIR = {str(tmp_path)!r}\nROOT_URLCONF = 'no_such_module'\n"
    (tmp_path / "elsewhere.py").write_text(broken)
    done = subprocess.run(  # noqa: S603
        COMMAND, cwd=ROOT, env=directory.environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "Traceback" in done.stderr
    assert "no_such_module" in done.stderr
    assert "Database" not in done.stdout, "It stopped where it went wrong."


@pytest.mark.parametrize(
    ("level", "shown"),
    [("DEBUG", 4), ("INFO", 3), ("WARNING", 2), ("ERROR", 1), ("CRITICAL", 0)],
)
def test_the_level_rules_everybodys_lines(level: str, shown: int) -> None:
    settings = logs.logging_settings(level, as_json=False)
    of_requests = settings["loggers"]["django.server"]["level"]
    levels = (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR)
    assert sum(line >= logging.getLevelNamesMapping()[of_requests] for line in levels) == shown
    for name in ("wagtail", "django_tasks"):
        own = logging.getLevelNamesMapping()[settings["loggers"][name]["level"]]
        assert own >= logging.getLevelNamesMapping()[level], f"{name} tells more than is asked for."


def test_a_load_is_one_event_in_the_log(
    home: HomePage, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.formatter(as_json=True))
    ours = logging.getLogger("cms")
    level = ours.level
    ours.addHandler(handler)
    ours.setLevel(logging.INFO)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            call_command("load_school_content", stdout=io.StringIO())
    finally:
        ours.removeHandler(handler)
        ours.setLevel(level)
    (event,) = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert event["event"] == "audit_sum"
    assert event["command"] == "load_school_content"
    assert event["actions"]["wagtail.publish"] > 3
