"""`make bench`: measures the site on real servers and prints the tables of docs/performance.md."""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from bench.aims import too_many_queries
from bench.footprint import footprint
from bench.load import CONNECTIONS, Load, load, resident_bytes
from bench.site import Bench, servers
from bench.site.data import Course
from bench.tables import machine, row, say
from bench.under_load import under_load
from testing.servers import ask

COLUMNS = ("", "req/s", "p50 ms", "p99 ms", "SQL", "bytes", "CPU ms", "of nginx", "of constant")
# As courses.models.course_index_page has it, which needs the settings of a site to be read.
COURSES_A_PAGE = 20

# By name of the page: the number of queries of each way to answer; the cold answer and its queries.
type Queries = dict[str, dict[str, int]]
type Growth = dict[str, tuple[Load, int]]


def pages(course: Course, courses: int) -> dict[str, str]:
    """Return what is measured on a site with that many courses: a name and an address for each."""
    chosen = {
        "home": "/",
        "about": "/about/",
        "course index": "/courses/",
        "course index, page 2": "/courses/?page=2",
        "course page": course.path,
        "v2 course list": "/api/v2/courses/?limit=20",
        "v2 course list, filtered": "/api/v2/courses/?host=LU&limit=20&upcoming=true",
        "v2 course detail": f"/api/v2/courses/{course.id}/",
        "v2 site": "/api/v2/site/",
        "v2 redirects": "/api/v2/redirects/",
    }
    if courses <= COURSES_A_PAGE:
        del chosen["course index, page 2"]
    return chosen


def options() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--seconds",
        type=float,
        default=3,
        help="how long each measurement takes, such as 10 or 0.2; default: 3",
    )
    parser.add_argument(
        "--courses",
        type=int,
        nargs="+",
        metavar="COURSES",
        default=[100, 1_000, 10_000],
        help="how many courses the site has, one number or several that grow; all answers are "
        f"measured at the middle one; with {COURSES_A_PAGE} or fewer the list has no second page "
        "to measure; default: 100 1000 10000",
    )
    cores = os.cpu_count() or 2
    parser.add_argument(
        "--workers", type=int, default=cores, help="processes of each server; default: one a core"
    )
    parser.add_argument(
        "--memory",
        type=int,
        metavar="REQUESTS",
        default=0,
        help="measure memory instead, over that many requests, with the first number of courses",
    )
    parser.add_argument(
        "--load",
        type=float,
        metavar="SECONDS",
        nargs="?",
        const=60,
        default=0,
        help="measure 50 visitors and an editor at once, too, for that long, and as long again "
        "with searches, with a restarted database and with a dead web machine; default: 60",
    )
    parser.add_argument(
        "--any-speed",
        action="store_true",
        help="with --load: do not fail where an aim is missed, such as on a busy machine",
    )
    chosen = parser.parse_args()
    if chosen.courses != sorted(set(chosen.courses)):
        parser.error("--courses: each number has to be greater than the one before")
    return chosen


def main() -> None:
    """Read the options, start the servers, measure, print; fail where queries miss their aim."""
    wanted = options()
    with (
        tempfile.TemporaryDirectory(prefix="atmp-bench-") as directory,
        servers(
            Path(directory), wanted.workers, wanted.courses[0], admin=bool(wanted.load)
        ) as bench,
    ):
        say(
            f"{machine()}; worker processes: {wanted.workers}, of 4 threads; wrk on the same "
            f"machine, {CONNECTIONS} connections."
        )
        if wanted.memory:
            _memory(bench, wanted.courses[0], wanted.memory)
            return
        growth = {}
        middle = wanted.courses[len(wanted.courses) // 2]
        for courses in wanted.courses:
            course = bench.course if courses == wanted.courses[0] else bench.fill(courses)
            chosen = pages(course, courses)
            queries = bench.queries(chosen)
            growth[courses] = _growth(bench, chosen, queries, wanted.seconds)
            if courses == middle:
                say(f"\n## Answers, {courses} courses\n")
                _responses(bench, chosen, queries, wanted.seconds)
            missed = too_many_queries(queries)
            if missed:
                sys.exit(f"With {courses} courses:\n" + "\n".join(missed))
        _print_growth(growth)
        if wanted.load:
            missed = under_load(bench, list(chosen.values()), wanted.load)
            missed += footprint(bench)
            if missed and not wanted.any_speed:
                sys.exit(f"Missed: {', '.join(missed)}.")


def _responses(bench: Bench, chosen: dict[str, str], queries: Queries, seconds: float) -> None:
    """Print one row for each page and each way to be answered."""
    _warm_up(bench, bench.port, "/constant/")
    constant = load(bench.port, "/constant/", bench.pids, seconds)
    row(*COLUMNS)
    row(*["---", *["---:"] * (len(COLUMNS) - 1)])
    _result("constant view", constant, 1)
    for number, (name, path) in enumerate(chosen.items()):
        static = bench.put_static(str(number), path)
        etag = ask(bench.port, path, Accept_Encoding="gzip").headers["etag"]
        _warm_varnish(bench, path)
        nginx = load(bench.nginx_port, static, [bench.nginx_pid], seconds)
        cold = load(bench.uncached_port, path, bench.uncached_pids, seconds)
        kept = load(bench.port, path, bench.pids, seconds)
        same = load(bench.port, path, bench.pids, seconds, etag=etag)
        front = load(bench.varnish_port, path, [bench.varnish_pid], seconds)
        counted = queries[name]
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


def _warm_varnish(bench: Bench, path: str) -> None:
    """Let Varnish keep the response, so that what is measured is what the table calls it: a hit."""
    for _ in range(2):
        status = ask(bench.varnish_port, path, Accept_Encoding="gzip").headers["cache-status"]
    assert status == "varnish; hit", f"{path}: {status}"


def _warm_up(bench: Bench, port: int, path: str) -> None:
    """Ask until most likely every process has read its templates and what all pages share."""
    for _ in range(4 * bench.workers):
        ask(port, path)


def _growth(bench: Bench, chosen: dict[str, str], queries: Queries, seconds: float) -> Growth:
    """Return each page's cold answer and its number of queries, by name."""
    results = {}
    for name, path in chosen.items():
        _warm_up(bench, bench.uncached_port, path)
        cold = load(bench.uncached_port, path, bench.uncached_pids, seconds, connections=2)
        results[name] = (cold, queries[name]["cold"])
    return results


def _print_growth(growth: dict[int, Growth]) -> None:
    """Print one row for each page, with its figures for each number of courses."""
    few, many = min(growth), max(growth)
    say("\n## Cold answers by the number of courses (two connections)\n")
    heads = [f"{courses} courses: p50 ms, CPU ms, SQL" for courses in growth]
    if few < many:
        heads.append(f"{many} to {few}: p50, CPU")
    row("", *heads)
    row(*["---", *["---:"] * len(heads)])
    for name in growth[few]:
        results = [growth[courses][name] for courses in growth]
        cells = [f"{cold.p50:.1f}, {cold.cpu:.1f}, {sql}" for cold, sql in results]
        if few < many:
            (first, _), (last, _) = results[0], results[-1]
            cells.append(f"{last.p50 / first.p50:.2f}, {last.cpu / first.cpu:.2f}")
        row(name, *cells)


def _memory(bench: Bench, courses: int, requests: int) -> None:
    """Print what each worker holds while it answers `requests` mixed requests."""
    chosen = list(pages(bench.course, courses).values())
    say(
        f"\n## Memory of each worker over {requests} mixed requests, MB resident, "
        f"{courses} courses\n"
    )
    row("requests", "cached and 304", "rendering")
    row("---:", "---:", "---:")
    for path in chosen * 4:
        # The first response of a process reads its templates.
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
