"""What serving takes before anybody asks: time to start, and memory after a load."""

import sys
import time
from pathlib import Path

from bench.load import processes_below
from bench.site import Bench
from bench.tables import figure, row, say
from testing.servers import gunicorn, running, wait_until

# Seconds, and megabytes of two workers and the scheduler together.
FIRST_RESPONSE, MEMORY = 4.0, 350


def footprint(bench: Bench) -> list[str]:
    """Print the time to the first `/-/live` and the memory after what came before.

    Return which aims are missed.
    """
    started = time.perf_counter()
    with gunicorn(bench.environment, bench.directory / "start.log"):
        first = time.perf_counter() - started
    scheduler = [sys.executable, "manage.py", "run_scheduler"]
    log = bench.directory / "scheduler.log"
    with running(scheduler, bench.environment, log) as pid:
        wait_until(lambda: _memory(pid) > 0 and _is_asleep(pid), "The scheduler has run")
        workers = sorted(processes_below(bench.site_pid) - {bench.site_pid})
        sizes = {f"worker {number}": _memory(worker) for number, worker in enumerate(workers, 1)}
        sizes["scheduler"] = _memory(pid)
        total = sum(sizes.values())
        sizes |= {"together": total, "their parent": _memory(bench.site_pid)}
    say(f"\nFirst response after {figure(first)} s.\n")
    row("MB, what is shared in equal parts", *sizes)
    row("---", *["---:"] * len(sizes))
    row("", *(f"{size:.0f}" for size in sizes.values()))
    missed = {"first response": first > FIRST_RESPONSE, "memory": total > MEMORY}
    return [name for name, is_missed in missed.items() if is_missed]


def _memory(pid: int) -> float:
    """Return the megabytes that are resident for a process, its part of what others share."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _is_asleep(pid: int) -> bool:
    """Return whether a process has done its work of the minute: two seconds without any."""
    before = Path(f"/proc/{pid}/stat").read_text().split()[13:15]
    time.sleep(2)
    return Path(f"/proc/{pid}/stat").read_text().split()[13:15] == before
