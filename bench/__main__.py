"""`make bench`: measures the site on real servers and prints the tables of docs/performance.md."""

import argparse
import json
import os
import tempfile
import time
from pathlib import Path

from bench.load import Load, load, resident_bytes
from bench.site import Bench, servers
from bench.tables import machine, row, say
from tests.servers import ask

COLUMNS = ("", "req/s", "p50 ms", "p99 ms", "SQL", "bytes", "CPU ms", "of nginx", "of constant")


def pages(bench: Bench) -> dict[str, str]:
    """Return what is measured: a name and an address for each."""
    courses = json.loads(ask(bench.port, "/api/v2/courses/?limit=1").body)["items"]
    return {
        "home": "/",
        "about": "/about/",
        "course index": "/courses/",
        "course index, page 2": "/courses/?page=2",
        "course page": "/courses/bench-90/",
        "v2 course list": "/api/v2/courses/?limit=20",
        "v2 course list, filtered": "/api/v2/courses/?host=LU&limit=20&upcoming=true",
        "v2 course detail": f"/api/v2/courses/{courses[0]['id']}/",
    }


def main() -> None:
    """Read the options, start the servers, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--seconds", type=int, default=3, help="of each measurement; default: 3")
    parser.add_argument("--courses", type=int, nargs=3, default=(100, 1_000, 10_000))
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 2)
    parser.add_argument(
        "--memory",
        type=int,
        metavar="REQUESTS",
        default=0,
        help="measure memory instead",
    )
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="atmp-bench-") as directory,
        servers(Path(directory), options.workers) as bench,
    ):
        say(
            f"{machine()}; {options.workers} worker processes of 4 threads; wrk on the same "
            "machine, 8 connections."
        )
        few, some, many = options.courses
        if options.memory:
            bench.fill(few)
            _memory(bench, options.memory)
            return
        growth = {few: _growth(bench, few, options.seconds)}
        growth[some] = _growth(bench, some, options.seconds)
        _answers(bench, some, options.seconds)
        growth[many] = _growth(bench, many, options.seconds)
        _print_growth(growth)


def _answers(bench: Bench, courses: int, seconds: int) -> None:
    """Print one row for each address and each way to be answered."""
    chosen = pages(bench)
    queries = bench.queries(list(chosen.values()))
    ask(bench.port, "/constant/")
    constant = load(bench.port, "/constant/", bench.pids, seconds)
    say(f"\n## Answers, {courses} courses\n")
    row(*COLUMNS)
    row(*["---", *["---:"] * (len(COLUMNS) - 1)])
    _result("constant view", constant, 1)
    for number, (name, path) in enumerate(chosen.items()):
        static = bench.put_static(str(number), path)
        etag = ask(bench.port, path, Accept_Encoding="gzip").headers["etag"]
        nginx = load(bench.nginx_port, static, [bench.nginx_pid], seconds)
        cold = load(bench.uncached_port, path, bench.uncached_pids, seconds)
        kept = load(bench.port, path, bench.pids, seconds)
        same = load(bench.port, path, bench.pids, seconds, etag=etag)
        front = load(bench.varnish_port, path, [bench.varnish_pid], seconds)
        counted = queries[path]
        _result(f"{name}: cold", cold, counted["cold"], nginx, constant)
        _result(
            f"{name}: cached ({kept.rate / cold.rate:.0f}x cold)",
            kept,
            counted["cached"],
            nginx,
            constant,
        )
        _result(f"{name}: 304", same, counted["304"], nginx, constant)
        _result(f"{name}: Varnish", front, "", nginx)
        _result(f"{name}: nginx static", nginx, "")


def _growth(bench: Bench, courses: int, seconds: int) -> dict[str, tuple[Load, int]]:
    """Fill up to `courses`; return each address's cold answer and its number of queries."""
    bench.fill(courses)
    chosen = pages(bench)
    queries = bench.queries(list(chosen.values()))
    results = {}
    for name, path in chosen.items():
        # Both processes work out once what all pages share.
        for _ in range(8):
            ask(bench.uncached_port, path)
        cold = load(bench.uncached_port, path, bench.uncached_pids, seconds, connections=2)
        results[name] = (cold, queries[path]["cold"])
    return results


def _print_growth(growth: dict[int, dict[str, tuple[Load, int]]]) -> None:
    sizes = list(growth)
    say("\n## Cold answers as the number of courses grows (two connections)\n")
    heads = [f"{size} courses: p50 ms, CPU ms, SQL" for size in sizes]
    row("", *heads, f"{sizes[-1]} to {sizes[0]}: p50, CPU")
    row(*["---", *["---:"] * (len(sizes) + 1)])
    for name in growth[sizes[0]]:
        cells = [growth[size][name] for size in sizes]
        (first, _), (last, _) = cells[0], cells[-1]
        ratios = f"{last.p50 / first.p50:.2f}, {last.cpu / first.cpu:.2f}"
        row(name, *(f"{cold.p50:.1f}, {cold.cpu:.1f}, {sql}" for cold, sql in cells), ratios)


def _memory(bench: Bench, requests: int) -> None:
    """Print what each worker holds while it answers `requests` mixed requests."""
    chosen = list(pages(bench).values())
    say(f"\n## Memory of the workers over {requests} mixed requests, MB resident\n")
    row("requests", "cached and 304", "rendering")
    row("---:", "---:", "---:")
    for path in chosen * 4:
        # The first answer of a process reads its templates.
        ask(bench.uncached_port, path)
    answered, rounds, started, limit = 0, 0, time.monotonic(), 900
    while answered < requests and time.monotonic() - started < limit:
        for path in chosen:
            etag = ask(bench.port, path, Accept_Encoding="gzip").headers["etag"]
            kept = load(bench.port, path, bench.pids, 2)
            same = load(bench.port, path, bench.pids, 2, etag=etag)
            cold = load(bench.uncached_port, path, bench.uncached_pids, 2)
            answered += round((kept.rate + same.rate + cold.rate) * 2)
        rounds += 1
        row(f"{answered}", _megabytes(bench.site_pid), _megabytes(bench.uncached_pids[0]))
    say(f"\n{rounds} rounds, {time.monotonic() - started:.0f} s.")


def _megabytes(pid: int) -> str:
    return ", ".join(f"{size / 1e6:.0f}" for size in resident_bytes(pid).values())


def _result(
    name: str,
    result: Load,
    queries: int | str,
    nginx: Load | None = None,
    constant: Load | None = None,
) -> None:
    numbers = [f"{result.rate:.0f}", f"{result.p50:.2f}", f"{result.p99:.2f}", f"{queries}"]
    numbers += [f"{result.bytes:.0f}", f"{result.cpu:.3f}"]
    ratios = [f"{result.rate / other.rate:.0%}" if other else "" for other in (nginx, constant)]
    row(name, *numbers, *ratios)


if __name__ == "__main__":
    main()
