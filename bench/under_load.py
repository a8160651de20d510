"""Visitors, searches, an editor and a fault at once: `make bench ARGS=--load`.

Through nginx with TLS and Varnish, as in deploy/, and two web machines.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from statistics import median
from typing import NamedTuple, TypedDict

from bench.load import measure, processes_below, wrk
from bench.site import Bench
from bench.tables import figure, row, say
from testing.servers import ROOT, gunicorn
from testing.tls import Front, nginx
from testing.varnish import varnish

VISITORS = 50
SEARCH = "/search/?q=cell{}"
# Milliseconds, and for the editor, the age of what is shown and the time of errors, seconds.
P99_PAGES, P99_WITH_SEARCHES = 1_000, 2_000
PUBLISHING, SLOWEST_PUBLISHING, OLDEST, FAILING = 1.0, 3.0, 10.0, 2.0


class Edited(TypedDict):
    """What `bench.site.editor` prints."""

    publishing: list[float]
    ages: list[float]
    failed: int


class Scenario(NamedTuple):
    """What is asked for, the aim for nearly all of it, and what goes wrong at half time."""

    name: str
    paths: list[str]
    p99: float
    fault: Callable[[], None] | None = None


def under_load(bench: Bench, pages: list[str], seconds: float) -> list[str]:
    """Print what visitors and the editor meet, in each scenario; return which aims are missed."""
    say(f"\n## Under load, {VISITORS} connections, {seconds:.0f} s each\n")
    row(
        *("", "requests", "p50 ms", "p99 ms", "errors", "failing s"),
        *("published", "median s", "slowest s", "age s"),
    )
    row("---", *["---:"] * 9)
    # As many of the others, whatever their number, as make a search one in ten.
    mixed = [pages[number % len(pages)] for number in range(9)] + [SEARCH]
    with _two_machines(bench) as (front, other_pid):
        scenarios = [
            Scenario("pages", pages, P99_PAGES),
            Scenario("with searches", mixed, P99_WITH_SEARCHES),
            Scenario("database restarted", mixed, P99_WITH_SEARCHES, bench.database.restart),
            Scenario("one machine killed", mixed, P99_WITH_SEARCHES, lambda: _kill(other_pid)),
        ]
        return [
            f"{aim} ({scenario.name})"
            for scenario in scenarios
            for aim in _missed(bench, front, scenario, seconds)
        ]


@contextmanager
def _two_machines(bench: Bench) -> Iterator[tuple[Front, int]]:
    """Start another server of the site, and what stands before both; yield its process id, too."""
    log = bench.directory / "other.log"
    with (
        gunicorn(bench.environment, log) as (port, pid),
        varnish([bench.port, port], bench.directory / "front") as (varnish_port, _varnish_pid),
        nginx(varnish_port, bench.directory / "tls", "localhost") as front,
    ):
        yield front, pid


def _missed(bench: Bench, front: Front, scenario: Scenario, seconds: float) -> list[str]:
    """Print the row of one scenario; return which aims it misses."""
    server = f"https://localhost:{front.https_port}"
    with ThreadPoolExecutor(2) as threads:
        visits = threads.submit(measure, wrk(server, scenario.paths, VISITORS), seconds)
        editing = threads.submit(_edit, bench, server, f"{front.pem}", f"{seconds}")
        if scenario.fault:
            threading.Timer(seconds / 2, scenario.fault).start()
    met, edited = visits.result(), editing.result()
    took, ages = edited["publishing"], edited["ages"]
    errors = met["errors"] + edited["failed"]
    times = (median(took), max(took), max(ages))
    row(
        *(scenario.name, f"{met['requests']}", figure(met["p50"]), figure(met["p99"])),
        *(f"{errors}", figure(met["failing"]), f"{len(took)}", *map(figure, times)),
    )
    aims = {
        # In the moment of the fault a request may fail that was on its way.
        "errors": met["failing"] > FAILING if scenario.fault else errors > 0,
        "p99": met["p99"] > scenario.p99,
        "publishing": median(took) > PUBLISHING,
        "slowest publishing": max(took) > SLOWEST_PUBLISHING,
        "age": max(ages) > OLDEST,
    }
    return [aim for aim, is_missed in aims.items() if is_missed]


def _kill(pid: int) -> None:
    """End a server and its workers as a power failure does."""
    for process in processes_below(pid):
        os.kill(process, signal.SIGKILL)


def _edit(bench: Bench, *arguments: str) -> Edited:
    command = [sys.executable, "-m", "bench.site.editor", *arguments]
    done = subprocess.run(  # noqa: S603
        command, cwd=ROOT, env=bench.environment, stdout=subprocess.PIPE, text=True, check=True
    )
    result: Edited = json.loads(done.stdout)
    return result
