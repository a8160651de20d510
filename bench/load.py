"""Loading a server with wrk, and what that costs it."""

import json
import os
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from testing.servers import HOST, program

TICKS = os.sysconf("SC_CLK_TCK")
REPORT = Path(__file__).with_name("report.lua")
# No response may take longer.
LONGEST = 20
CONNECTIONS = 8


@dataclass(frozen=True, slots=True)
class Load:
    """One measurement. Times in milliseconds, CPU over all processes of the server."""

    rate: float
    p50: float
    p99: float
    bytes: float
    cpu: float


def processes_below(pid: int) -> set[int]:
    """Return `pid` and every process that descends from it."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int(_stat(int(entry.name))[1])
            except OSError:
                continue
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def cpu_seconds(pids: list[int]) -> float:
    """Return the processor time that `pids`, their descendants and those who ended have used."""
    total = 0
    for pid in set().union(*(processes_below(pid) for pid in pids)):
        try:
            total += sum(int(field) for field in _stat(pid)[11:15])
        except OSError:
            continue
    return total / TICKS


def resident_bytes(pid: int) -> dict[int, int]:
    """Return the memory that each process below `pid` has to itself or shares, by process."""
    pages = {p: Path(f"/proc/{p}/statm").read_text().split()[1] for p in processes_below(pid)}
    return {p: int(count) * os.sysconf("SC_PAGE_SIZE") for p, count in pages.items() if p != pid}


def wrk(server: str, paths: list[str], connections: int, **headers: str) -> list[str]:
    """Return the command that asks `server` for `paths`, until it is interrupted.

    Several are asked for at random; `{}` in one is another number each time.
    """
    headers |= {"Host": HOST, "X-Forwarded-Proto": "https", "Accept-Encoding": "gzip"}
    return [
        *(program("wrk"), "--threads=1", f"--connections={connections}", "--duration=1h"),
        *(f"--timeout={LONGEST}s", f"--script={REPORT}"),
        *(f"--header={name}: {value}" for name, value in headers.items()),
        f"{server}{paths[0]}",
        *(["--", *paths] if len(paths) > 1 or "{}" in paths[0] else []),
    ]


def load(
    port: int,
    path: str,
    pids: list[int],
    seconds: float,
    *,
    connections: int = CONNECTIONS,
    etag: str = "",
) -> Load:
    """Ask for `path` as fast as the server answers; no response may be an error.

    Takes `seconds`, or longer where not even one response has come by then. `pids` are the server's
    processes, whose CPU is counted.
    """
    more = {"If-None-Match": etag} if etag else {}
    command = wrk(f"http://127.0.0.1:{port}", [path], connections, **more)
    before = cpu_seconds(pids)
    result = measure(command, seconds)
    used = cpu_seconds(pids) - before
    assert not result["errors"], f"{path}: {result['errors']} answers were errors"
    requests = result["requests"]
    if not requests:
        assert seconds < LONGEST, f"{path}: no answer within {seconds:.0f} s"
        return load(port, path, pids, 2 * seconds, connections=connections, etag=etag)
    return Load(
        rate=requests / result["seconds"],
        p50=result["p50"],
        p99=result["p99"],
        bytes=result["bytes"] / requests,
        cpu=used * 1e3 / requests,
    )


def measure(command: list[str], seconds: float) -> dict[str, float]:
    """Run wrk for `seconds`; return what it measured, `errors` too, and the seconds of `failing`.

    wrk itself takes whole seconds only. Interrupted, it reports as it does at the end.
    """
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as wrk:  # noqa: S603
        try:
            output, _ = wrk.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            wrk.send_signal(signal.SIGINT)
            output, _ = wrk.communicate()
    assert "RESULT " in output, f"wrk measured nothing: {output}"
    result: dict[str, float] = json.loads(output.partition("RESULT ")[2])
    return result


def _stat(pid: int) -> list[str]:
    # The second field is the program's name, which may hold blanks and brackets.
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
