"""The page cache: the last public response of each address, kept in Django's cache.

An entry is found by what was asked for and carries the ETag it was made under; it counts as fresh
only while that is still the current one. So a publish makes every older response unreachable at
once, an address never takes more than one place, and the last good response is at hand when the
database is not.
"""

from dataclasses import dataclass

from django.core.cache import caches
from django.db import DatabaseError
from django.http import HttpResponse

PAGE_CACHE_ALIAS = "pages"
MAX_BODY_BYTES = 1_000_000
# An address nobody has asked for during this long is forgotten.
ENTRY_SECONDS = 7 * 24 * 60 * 60
_LAST_REMOVAL_KEY = "last-removal"


@dataclass(frozen=True, slots=True)
class Entry:
    """One kept response."""

    etag: str
    sequence: int
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @classmethod
    def of(cls, response: HttpResponse, sequence: int) -> "Entry":
        """Return the entry that keeps a finished `response` as of log row `sequence`."""
        return cls(
            etag=response.headers["ETag"],
            sequence=sequence,
            status=response.status_code,
            headers=tuple(response.headers.items()),
            body=response.content,
        )

    def response(self) -> HttpResponse:
        """Return the response again."""
        return HttpResponse(self.body, status=self.status, headers=dict(self.headers))


def get(key: str) -> Entry | None:
    """Return the entry kept under `key`. A cache that fails is a cache that has nothing."""
    try:
        return caches[PAGE_CACHE_ALIAS].get(key)
    except (DatabaseError, OSError):
        return None


def put(key: str, entry: Entry) -> None:
    """Keep `entry` under `key`, unless it is too large or the cache is out of order."""
    if len(entry.body) <= MAX_BODY_BYTES:
        _set(key, entry, timeout=ENTRY_SECONDS)


def remember_removal(sequence: int) -> None:
    """Note for all processes that no response older than log row `sequence` may be shown."""
    _set(_LAST_REMOVAL_KEY, max(sequence, last_removal()), timeout=None)


def last_removal() -> int:
    """Return the newest row that `remember_removal` was told of by any process; 0 for none."""
    try:
        return caches[PAGE_CACHE_ALIAS].get(_LAST_REMOVAL_KEY, 0)
    except (DatabaseError, OSError):
        return 0


def _set(key: str, value: object, timeout: int | None) -> None:
    try:
        caches[PAGE_CACHE_ALIAS].set(key, value, timeout)
    except (DatabaseError, OSError):
        return
