"""Several machines with one Redis agree, and none needs it to be right."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from testing.servers import ask, free_port, gunicorn, manage, program, running, wait_until

pytestmark = pytest.mark.programs("initdb", "redis-server")
# As long as the cache is waited for (cms/settings/caches.py).
HANGING = 0.5
EDIT = """
from about.models import VisionPage
page = VisionPage.objects.get(locale__language_code="en")
page.statement = "{statement}"
page.save_revision().publish()
"""


@contextmanager
def redis(port: int, log: Path) -> Iterator[int]:
    """Run a Redis of the test's own; yield its process id."""
    command = [program("redis-server"), "--port", str(port), "--bind", "127.0.0.1"]
    command += ["--save", "", "--dir", str(log.parent)]
    with running(command, dict(os.environ), log) as pid:
        wait_until(lambda: b"Ready to accept" in log.read_bytes(), "Redis is ready")
        yield pid


def is_kept(port: int, path: str) -> bool:
    """Return whether the response at `path` comes from the cache."""
    return ask(port, path).headers["cache-status"] == "atmp; hit"


def test_machines_share_answers_and_survive_the_loss_of_their_cache(
    site: dict[str, str], tmp_path: Path
) -> None:
    redis_port = free_port()
    environment = site | {"CACHE_URL": f"redis://127.0.0.1:{redis_port}/0"}
    path = "/about/vision/"
    with (
        gunicorn(environment, tmp_path / "one.log") as (one, _pid_one),
        gunicorn(environment, tmp_path / "two.log") as (two, _pid_two),
    ):
        with redis(redis_port, tmp_path / "redis.log"):
            wait_until(lambda: is_kept(one, path), "The first machine keeps its answer")
            wait_until(lambda: is_kept(two, path), "The second sends what the first has kept")
            manage(environment, "shell", "--command", EDIT.format(statement="Seen at once."))
            for port in (one, two):
                assert "Seen at once." in ask(port, path).text

        for port in (one, two):
            without_cache = ask(port, path)
            assert without_cache.status == 200
            assert "Seen at once." in without_cache.text
            assert without_cache.seconds < 3
        manage(environment, "shell", "--command", EDIT.format(statement="Seen without cache."))
        for port in (one, two):
            assert "Seen without cache." in ask(port, path).text

        with redis(redis_port, tmp_path / "redis-again.log"):
            wait_until(lambda: is_kept(one, path), "Answers are kept again")
            assert "Seen without cache." in ask(one, path).text


def test_a_cache_that_hangs_costs_one_of_many_visitors_half_a_second(
    site: dict[str, str], tmp_path: Path
) -> None:
    redis_port = free_port()
    environment = site | {
        "CACHE_URL": f"redis://127.0.0.1:{redis_port}/0",
        "WEB_WORKERS": "1",
    }
    with (
        gunicorn(environment, tmp_path / "log") as (port, _pid),
        redis(redis_port, tmp_path / "redis.log") as redis_pid,
    ):
        wait_until(lambda: is_kept(port, "/about/"), "Answers are kept")
        os.kill(redis_pid, signal.SIGSTOP)
        try:
            # All threads of the process, and both of its caches.
            paths = ["/about/", "/courses/", "/api/v2/pages/?limit=2", "/search/?q=gene"] * 6
            with ThreadPoolExecutor(2) as visitors:
                responses = list(visitors.map(lambda path: ask(port, path), paths))
        finally:
            os.kill(redis_pid, signal.SIGCONT)
        assert {response.status for response in responses} == {200}
        # Whoever comes at the same time as the first one does not know it yet.
        assert sum(response.seconds > HANGING for response in responses) <= 2 * 2
        wait_until(lambda: is_kept(port, "/about/"), "Answers are kept again")
