"""`make bench-api`: pulls every course from Wagtail's own API v2 and from ours; prints how long.

Both stand in the same gunicorn, and each response is rendered: with every field, a hundred courses
in each, one after the other, as a partner does who wants everything.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.aims import TIMES_STOCK, too_many_queries
from bench.load import cpu_seconds
from bench.site import prepare, run
from bench.tables import figure, machine, row, say
from testing.servers import PostgreSQL, ask, gunicorn, production

LIMIT = 100
STOCK = f"/stock/pages/?type=courses.CoursePage&fields=*&limit={LIMIT}"
OURS = f"/api/v2/courses/?fields=*&limit={LIMIT}"
COLUMNS = ("", "seconds", "requests", "SQL a request", "CPU ms a request", "MB")


@dataclass(frozen=True)
class Site:
    """Where the site answers, what it was started with, and the processes that do the work."""

    port: int
    environment: dict[str, str]
    pids: list[int]


@dataclass(frozen=True, slots=True)
class Pull:
    """All courses, pulled once: what it took, and which they were."""

    seconds: float
    requests: int
    cpu: float
    bytes: int
    ids: frozenset[int]


def main() -> None:
    """Read the options, start the server, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m bench.api", description=__doc__)
    parser.add_argument(
        "--courses", type=int, default=2_000, help="how many courses are pulled; default: 2000"
    )
    parser.add_argument(
        "--rounds",
        type=int,
        default=3,
        help="how often, of which the middle one counts; default: 3",
    )
    parser.add_argument(
        "--any-speed",
        action="store_true",
        help=f"succeed although ours is not {TIMES_STOCK} times as fast: a short pull on a busy "
        "machine says little about it",
    )
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="atmp-bench-") as directory,
        site(Path(directory), options.courses) as started,
    ):
        say(f"{machine()}; one worker process of 4 threads; {options.courses} courses.\n")
        for path in (STOCK, OURS):
            # The first response of a process learns what all later ones know.
            ask(started.port, path)
        rounds = [(pull(started, STOCK), pull(started, OURS)) for _ in range(options.rounds)]
        for stock, ours in rounds:
            assert stock.ids == ours.ids, "The two do not have the same courses."
            # Courses that are published in Swedish, too, come on top.
            assert len(ours.ids) >= options.courses, "Courses are missing."
        queries = json.loads(run(started.environment, "bench.queries", STOCK, OURS))
        row(*COLUMNS)
        row("---", *["---:"] * (len(COLUMNS) - 1))
        stock = _print("Wagtail's own v2", [stock for stock, _ in rounds], queries[STOCK])
        ours = _print("v2 course list", [ours for _, ours in rounds], queries[OURS])
        say(
            f"\nOurs is {stock.seconds / ours.seconds:.1f} times as fast, and takes "
            f"{ours.cpu / stock.cpu:.0%} of the CPU."
        )
        missed = too_many_queries({"v2 course list": {"cold": queries[OURS]["answer"]}})
        if stock.seconds < TIMES_STOCK * ours.seconds and not options.any_speed:
            missed.append(f"The aim is {TIMES_STOCK} times as fast.")
        if missed:
            sys.exit("\n".join(missed))


def pull(started: Site, path: str) -> Pull:
    """Fetch the whole list at `path`, page by page."""
    ids: set[int] = set()
    requests = size = 0
    begun, before = time.perf_counter(), cpu_seconds(started.pids)
    total = 1
    while requests * LIMIT < total:
        response = ask(started.port, f"{path}&offset={requests * LIMIT}")
        assert response.status == 200, response.text
        data = json.loads(response.body)
        total = data["meta"]["total_count"]
        ids |= {item["id"] for item in data["items"]}
        requests += 1
        size += len(response.body)
    seconds, used = time.perf_counter() - begun, cpu_seconds(started.pids) - before
    return Pull(seconds, requests, used * 1e3 / requests, size, frozenset(ids))


@contextmanager
def site(directory: Path, courses: int) -> Iterator[Site]:
    """Serve a site with that many courses from PostgreSQL, without a page cache."""
    database = PostgreSQL()
    with ExitStack() as stack:
        stack.callback(database.remove)
        database.start()
        environment = production(
            database.new_database("bench"),
            directory,
            DJANGO_SETTINGS_MODULE="bench.site.settings",
            CACHE_URL="locmem://",
            BENCH_UNCACHED="1",
            WEB_WORKERS="1",
            WEB_MAX_REQUESTS="0",
            API_REQUESTS_PER_MINUTE="1000000000",
        )
        prepare(environment, courses)
        port, pid = stack.enter_context(gunicorn(environment, directory / "gunicorn.log"))
        database_pid = int((database.directory / "postmaster.pid").read_text().split()[0])
        yield Site(port, environment, [pid, database_pid])


def _print(name: str, pulls: list[Pull], queries: dict[str, int]) -> Pull:
    """Print the pull that took the middle time; return it."""
    chosen = sorted(pulls, key=lambda one: one.seconds)[len(pulls) // 2]
    numbers = (figure(chosen.seconds), f"{chosen.requests}", f"{queries['answer']}")
    row(name, *numbers, f"{chosen.cpu:.0f}", figure(chosen.bytes / 1e6))
    return chosen


if __name__ == "__main__":
    main()
