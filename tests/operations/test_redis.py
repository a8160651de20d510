"""Several machines with one Redis agree, and none needs it to be right."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from testing.servers import ask, free_port, gunicorn, manage, program, running, wait_until

pytestmark = pytest.mark.programs("initdb", "redis-server")
EDIT = """
from about.models import VisionPage
page = VisionPage.objects.get(locale__language_code="en")
page.statement = "{statement}"
page.save_revision().publish()
"""


@contextmanager
def redis(port: int, log: Path) -> Iterator[None]:
    """Run a Redis of the test's own."""
    command = [program("redis-server"), "--port", str(port), "--bind", "127.0.0.1"]
    command += ["--save", "", "--dir", str(log.parent)]
    with running(command, dict(os.environ), log):
        wait_until(lambda: b"Ready to accept" in log.read_bytes(), "Redis is ready")
        yield


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
