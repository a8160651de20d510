"""What breaks under visitors: rows of the table in docs/operations.md with no other test."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from testing.servers import (
    ROOT,
    PostgreSQL,
    ask,
    gunicorn,
    manage,
    production,
    program,
    responses,
    wait_until,
)
from testing.varnish import varnish
from tests.operations.visiting import visiting

pytestmark = pytest.mark.programs("initdb", "pg_ctl", "createdb")

PATHS = ("/about/", "/courses/", "/search/?q=nobody{}")
# As long as a worker may give no sign of life here, and in production (gunicorn.conf.py) thirty.
FROZEN = 4
# Seconds until a dead machine is asked no more.
NOTICED = 2.5
SCHEDULED = """
from datetime import timedelta
from django.utils import timezone
from home.models import ContentPage, HomePage
home = HomePage.objects.get(locale__language_code="en")
page = home.add_child(instance=ContentPage(title="Soon", slug="soon", live=False))
page.go_live_at = timezone.now() + timedelta(seconds=1)
page.save_revision().publish()
"""
WRITE = """
from random import randbytes
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.utils import timezone
from cms.publishing.http.database_fallback import outage
try:
    Session.objects.create(session_data=randbytes(5_000_000).hex(), expire_date=timezone.now())
    print("written")
except DatabaseError as error:
    print(outage(error), error)
"""
LIVE = """
from wagtail.models import Page, PageLogEntry
print(PageLogEntry.objects.filter(action="wagtail.publish.scheduled").count())
"""


@contextmanager
def served(site: dict[str, str], log: Path) -> Iterator[tuple[int, int]]:
    """Serve the site with two workers, which may be frozen for a short while only."""
    environment = site | {"WEB_WORKERS": "2", "GUNICORN_CMD_ARGS": f"--timeout {FROZEN}"}
    with gunicorn(environment, log) as (port, pid):
        wait_until(lambda: len(workers(pid)) == 2, "Both workers are there")
        yield port, pid


def workers(pid: int) -> list[int]:
    """Return the processes of the server that answer."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in children.read_text().split()]


def test_a_worker_that_is_killed_costs_those_it_was_answering(
    site: dict[str, str], tmp_path: Path
) -> None:
    with served(site, tmp_path / "log") as (port, pid), visiting(port, *PATHS) as visits:
        time.sleep(1)
        killed = workers(pid)[0]
        os.kill(killed, signal.SIGKILL)
        wait_until(lambda: killed not in workers(pid) and len(workers(pid)) == 2, "another")
        met = len(visits)
        wait_until(lambda: len(visits) > met + 20, "Visitors go on")
    assert sum(visits.failed.values()) <= 4, visits.failed
    assert not {"500", "502", "503"} & set(visits.failed)


def test_a_worker_that_is_frozen_is_replaced_and_the_other_goes_on(
    site: dict[str, str], tmp_path: Path
) -> None:
    with served(site, tmp_path / "log") as (port, pid), visiting(port, *PATHS) as visits:
        frozen = workers(pid)[0]
        os.kill(frozen, signal.SIGSTOP)
        time.sleep(1)
        assert responses(port), "The other one answers."
        wait_until(lambda: frozen not in workers(pid), "It is killed", seconds=4 * FROZEN)
        wait_until(lambda: len(workers(pid)) == 2, "There is another")
        met = len(visits)
        wait_until(lambda: len(visits) > met + 20, "Visitors go on")
    assert sum(visits.failed.values()) <= 4, visits.failed
    assert visits.slowest < 3 * FROZEN


def test_a_reload_under_load_fails_nobody(site: dict[str, str], tmp_path: Path) -> None:
    with served(site, tmp_path / "log") as (port, pid), visiting(port, *PATHS) as visits:
        before = workers(pid)
        os.kill(pid, signal.SIGHUP)
        wait_until(lambda: not set(before) & set(workers(pid)), "All workers are new")
        met = len(visits)
        wait_until(lambda: len(visits) > met + 20, "Visitors go on")
    assert not visits.failed


@pytest.mark.programs("varnishd")
def test_a_server_told_to_stop_under_load_ends_what_it_has_begun(
    site: dict[str, str], tmp_path: Path
) -> None:
    with served(site, tmp_path / "log") as (port, pid):
        with varnish([port], tmp_path / "varnish") as (front, _pid):
            ask(front, "/about/")
            with visiting(front, "/about/") as readers, visiting(port, *PATHS) as visits:
                time.sleep(0.5)
                os.kill(pid, signal.SIGTERM)
                wait_until(lambda: not workers(pid), "It has stopped")
                time.sleep(0.5)
        assert not readers.failed, "Varnish goes on with what it has."
        # Whoever comes after it has closed its door is told so at once, by no error of ours.
        assert set(visits.failed) <= {"ConnectionRefusedError", "ConnectionResetError"}


@pytest.mark.programs("varnishd")
def test_one_of_two_web_machines_that_dies_is_hardly_noticed(
    site: dict[str, str], tmp_path: Path
) -> None:
    with (
        served(site, tmp_path / "one.log") as (one, pid),
        served(site, tmp_path / "two.log") as (two, _pid_two),
        varnish([one, two], tmp_path / "varnish") as (front, _front_pid),
        visiting(front, *PATHS) as visits,
    ):
        time.sleep(1)
        for process in (pid, *workers(pid)):
            os.kill(process, signal.SIGKILL)
        killed = time.perf_counter()
        wait_until(lambda: time.perf_counter() > killed + NOTICED, "Varnish knows")
        failed, met = visits.failed, len(visits)
        wait_until(lambda: len(visits) > met + 20, "Visitors go on")
    assert sum(failed.values()) <= 8, failed
    assert visits.failed == failed, "None after that."


def test_a_log_without_room_fails_no_request(site: dict[str, str]) -> None:
    with gunicorn(site | {"WEB_WORKERS": "1"}, Path("/dev/full")) as (port, _pid):
        assert ask(port, "/about/").status == 200
        assert ask(port, "/no-such-page/").status == 404
        assert ask(port, "/admin/login/", "POST", "username=a").status == 403
        assert ask(port, "/-/ready").status == 200


def test_a_table_that_is_locked_keeps_nobody_from_what_was_kept(
    site: dict[str, str], tmp_path: Path
) -> None:
    with served(site, tmp_path / "log") as (port, _pid):
        for _worker in range(8):
            assert ask(port, "/about/").status == 200
        with psycopg.connect(site["DATABASE_URL"]) as connection:
            connection.execute("LOCK TABLE wagtailcore_page IN ACCESS EXCLUSIVE MODE")
            assert ask(port, "/about/").seconds < 1
            waited = ask(port, "/search/?q=locked")
        assert waited.status == 503
        assert "very busy right now" in waited.text
        assert waited.seconds < 7, "As long as a lock is waited for."
        assert ask(port, "/search/?q=locked").status == 200


def test_two_schedulers_publish_once(site: dict[str, str]) -> None:
    manage(site, "shell", "--no-imports", "--command", SCHEDULED)
    time.sleep(1.5)
    command = ["run_scheduler", "--once"]
    both = [_begun(site, *command) for _twice in range(2)]
    assert [process.wait(timeout=60) for process in both] == [0, 0]
    assert manage(site, "shell", "--no-imports", "--command", LIVE).strip() == "1"


def _begun(site: dict[str, str], *command: str) -> "subprocess.Popen[bytes]":
    command = (sys.executable, "manage.py", *command)
    return subprocess.Popen(command, env=site, cwd=ROOT)  # noqa: S603


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of 60 MB for the database, where this machine lets one be made."""
    directory = Path(tempfile.mkdtemp(prefix="atmp-disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", "size=60m,mode=0777", "tmpfs", str(directory)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:  # noqa: S603
        directory.rmdir()
        pytest.skip("No disk can be mounted here.")
    yield directory
    subprocess.run([program("umount"), "--lazy", str(directory)], check=True)  # noqa: S603
    directory.rmdir()


def test_a_database_without_room_is_told_from_one_that_is_away(
    postgresql: PostgreSQL, small_disk: Path, tmp_path: Path
) -> None:
    space = small_disk / "space"
    space.mkdir()
    if os.getuid() == 0:
        shutil.chown(space, "postgres")
    superuser = f"postgres://postgres@127.0.0.1:{postgresql.port}/postgres"
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute(f"CREATE TABLESPACE small LOCATION '{space}'")
        connection.execute("CREATE DATABASE filled OWNER atmp TABLESPACE small")
    environment = production(postgresql.address("filled"), tmp_path)
    shell = ("shell", "--no-imports", "--command", WRITE)
    try:
        manage(environment, "migrate", "sessions", "--verbosity=0")
        with (small_disk / "filler").open("wb", buffering=0) as filler, suppress(OSError):
            while True:
                filler.write(bytes(100_000))
        assert manage(environment, *shell).startswith("full could not extend file")
        (small_disk / "filler").unlink()
        assert manage(environment, *shell).startswith("written")
    finally:
        with psycopg.connect(superuser, autocommit=True) as connection:
            connection.execute("DROP DATABASE filled WITH (FORCE)")
            connection.execute("DROP TABLESPACE small")
