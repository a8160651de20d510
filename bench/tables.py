"""What the measurements print: Markdown, ready for docs/performance.md."""

import os
import platform
from datetime import UTC, datetime
from pathlib import Path


def machine() -> str:
    """Return when and on what this runs."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC; {os.cpu_count()} cores of {model}, "
        f"{memory:.0f} GB; Python {platform.python_version()}"
    )


def figure(number: float) -> str:
    """Return `number`, which is not negative, with about three digits that say something."""
    return f"{number:.{0 if number >= 100 else 1 if number >= 10 else 2 if number >= 1 else 3}f}"


def row(*cells: str) -> None:
    """Print a row of a table."""
    say(f"| {' | '.join(cells)} |")


def say(text: str) -> None:
    """Print `text` at once."""
    print(text, flush=True)  # noqa: T201
