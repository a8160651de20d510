"""Visitors who never stop asking, and what they have met."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from itertools import count

from testing.servers import ask


class Visits:
    """What each visit met: a status, or the name of an error of the connection."""

    def __init__(self) -> None:
        self.met: list[tuple[str, float]] = []

    def __len__(self) -> int:
        return len(self.met)

    @property
    def failed(self) -> Counter[str]:
        """How often what went wrong; nothing where all were answered 200."""
        return Counter(what for what, _seconds in self.met if what != "200")

    @property
    def slowest(self) -> float:
        """How long the longest took, in seconds."""
        return max(seconds for _what, seconds in self.met)


@contextmanager
def visiting(port: int, *paths: str, visitors: int = 4) -> Iterator[Visits]:
    """Let some visitors ask for `paths` in turn as long as the block lasts.

    `{}` in a path is another number each time.
    """
    visits, ended = Visits(), threading.Event()

    def visit(number: int) -> None:
        for turn in count(number):
            if ended.is_set():
                return
            path = paths[turn % len(paths)].format(f"{number}-{turn}")
            try:
                response = ask(port, path)
                visits.met.append((str(response.status), response.seconds))
            except (OSError, HTTPException) as error:
                visits.met.append((type(error).__name__, 0.0))
            # Not so fast that they learn nothing else.
            ended.wait(0.05)

    threads = [threading.Thread(target=visit, args=(number,)) for number in range(visitors)]
    for thread in threads:
        thread.start()
    try:
        yield visits
    finally:
        ended.set()
        for thread in threads:
            thread.join()
