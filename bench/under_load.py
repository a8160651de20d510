"""Visitors, searches and an editor at once, through Varnish: `make bench ARGS=--load`."""

import json
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from typing import TypedDict

from bench.load import measure, wrk
from bench.site import Bench
from bench.tables import figure, row, say
from testing.servers import ROOT

VISITORS = 50
SEARCH = "/search/?q=cell{}"
PAGES, WITH_SEARCHES = "pages", "with searches"
# Milliseconds, and for the editor and the age of what is shown seconds.
P99 = {PAGES: 1_000, WITH_SEARCHES: 2_000}
PUBLISHING, SLOWEST_PUBLISHING, OLDEST = 1.0, 3.0, 10.0


class Edited(TypedDict):
    """What `bench.site.editor` prints."""

    publishing: list[float]
    ages: list[float]
    failed: int


def under_load(bench: Bench, pages: list[str], seconds: float, *, restart: bool) -> list[str]:
    """Print what visitors and the editor meet; return which aims are missed.

    First visitors ask for pages alone, then one request in ten is a new search. With `restart`,
    the database is restarted at half time; who asks meanwhile may get a 503.
    """
    say(f"\n## Under load, {VISITORS} connections for {seconds:.0f} s, and again with searches\n")
    row("", "requests", "p50 ms", "p99 ms", "errors", "published", "median s", "slowest s", "age s")
    row("---", *["---:"] * 8)
    # As many of the others, whatever their number, as make a search one in ten.
    mixed = [pages[number % len(pages)] for number in range(9)] + [SEARCH]
    missed = []
    for name, paths in ((PAGES, pages), (WITH_SEARCHES, mixed)):
        with ThreadPoolExecutor(2) as threads:
            visits = threads.submit(measure, wrk(bench.varnish_port, paths, VISITORS), seconds)
            editing = threads.submit(_edit, bench, seconds)
            if restart:
                threading.Timer(seconds / 2, bench.database.restart).start()
        met, edited = visits.result(), editing.result()
        took, ages = edited["publishing"], edited["ages"]
        errors = met["errors"] + edited["failed"]
        times = (met["p50"], met["p99"], median(took), max(took), max(ages))
        p50, p99, *of_editor = map(figure, times)
        row(name, f"{met['requests']}", p50, p99, f"{errors}", f"{len(took)}", *of_editor)
        aims = {
            "errors": errors and not restart,
            "p99": met["p99"] > P99[name],
            "publishing": median(took) > PUBLISHING,
            "slowest publishing": max(took) > SLOWEST_PUBLISHING,
            "age": max(ages) > OLDEST,
        }
        missed += [f"{aim} ({name})" for aim, is_missed in aims.items() if is_missed]
    return missed


def _edit(bench: Bench, seconds: float) -> Edited:
    command = [sys.executable, "-m", "bench.site.editor", f"{bench.varnish_port}", f"{seconds}"]
    done = subprocess.run(  # noqa: S603
        command, cwd=ROOT, env=bench.environment, stdout=subprocess.PIPE, text=True, check=True
    )
    result: Edited = json.loads(done.stdout)
    return result
