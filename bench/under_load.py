"""Visitors, searches and an editor at once, through Varnish: `make bench ARGS=--load`."""

import json
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from statistics import median, quantiles
from typing import TypedDict

from bench.load import measure, wrk
from bench.site import Bench
from bench.tables import figure, row, say
from testing.servers import ROOT

VISITORS = 45
# One in ten asks for what nobody has asked for before.
SEARCHERS = 5
SEARCH = "/search/?q=cell{}"
# Milliseconds, and for the editor and the age of what is shown seconds.
P99_OF_KEPT, P99_OF_SEARCHES = 1_000, 2_000
PUBLISHING, SLOWEST_PUBLISHING, OLDEST = 1.0, 3.0, 10.0


class Edited(TypedDict):
    """What `bench.site.editor` prints."""

    publishing: list[float]
    ages: list[float]
    failed: int


def under_load(bench: Bench, pages: list[str], seconds: float, *, restart: bool) -> list[str]:
    """Print what visitors and the editor meet; return which aims are missed.

    With `restart`, the database is restarted at half time; who asks meanwhile may get a 503.
    """
    say(f"\n## Under load, {VISITORS + SEARCHERS} connections for {seconds:.0f} s\n")
    port = bench.varnish_port
    with ThreadPoolExecutor(3) as threads:
        visits = threads.submit(measure, wrk(port, pages, VISITORS), seconds)
        searches = threads.submit(measure, wrk(port, [SEARCH], SEARCHERS), seconds)
        editing = threads.submit(_edit, bench, seconds)
        if restart:
            threading.Timer(seconds / 2, bench.database.restart).start()
    kept, searched, edited = visits.result(), searches.result(), editing.result()
    took, ages = edited["publishing"], edited["ages"]
    row("", "requests", "p50 ms", "p99 ms", "errors")
    row("---", "---:", "---:", "---:", "---:")
    for name, result in (("pages", kept), ("searches", searched)):
        numbers = [figure(result[key]) for key in ("p50", "p99")]
        row(name, f"{result['requests']}", *numbers, f"{result['errors']}")
    say(
        f"\nPublished {len(took)} times, {edited['failed']} failed: "
        f"median {figure(median(took))} s, slowest {figure(max(took))} s. "
        f"Shown at most {figure(max(ages))} s after it was replaced, "
        f"in 99 % of cases {figure(quantiles(ages, n=100)[-1])} s."
    )
    missed = {
        "errors": 0 if restart else kept["errors"] + searched["errors"] + edited["failed"],
        "p99 of pages": kept["p99"] > P99_OF_KEPT,
        "p99 of searches": searched["p99"] > P99_OF_SEARCHES,
        "publishing": median(took) > PUBLISHING,
        "slowest publishing": max(took) > SLOWEST_PUBLISHING,
        "age": max(ages) > OLDEST,
    }
    return [name for name, is_missed in missed.items() if is_missed]


def _edit(bench: Bench, seconds: float) -> Edited:
    command = [sys.executable, "-m", "bench.site.editor", f"{bench.varnish_port}", f"{seconds}"]
    done = subprocess.run(  # noqa: S603
        command, cwd=ROOT, env=bench.environment, stdout=subprocess.PIPE, text=True, check=True
    )
    result: Edited = json.loads(done.stdout)
    return result
