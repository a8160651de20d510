"""Appending to the publication log and reading its stamp."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.utils import timezone

from cms.models import Publication
from cms.publishing import page_cache

# Any constant does, as long as nothing else in the database takes the same advisory lock.
_ADVISORY_LOCK_KEY = 0x41544D50
_EPOCH_MILLISECONDS = 1_577_836_800_000


@dataclass(frozen=True, slots=True)
class Change:
    """What a row of the log says changed.

    `resource` is a `Publication.Resource`; `resource_id` is None where the whole site is meant;
    `is_public` is whether everyone may read it now; `home` is, of a page that lists name now, the
    translation key of the home page above it: several sites each tell of their own.
    """

    resource: str
    resource_id: int | None = None
    translation_key: UUID | None = None
    locale: str = ""
    is_public: bool = True
    home: UUID | None = None


@dataclass(frozen=True, slots=True)
class Stamp:
    """The newest row of the log: what everything public is as fresh as.

    `last_removal` is the newest row that took something away from the public: no response older
    than that may be shown to anyone, not even when nothing newer can be had.
    """

    sequence: int = 0
    created_at: datetime | None = None
    last_removal: int = 0


def append(changes: Iterable[Change]) -> None:
    """Append one row for each distinct change, in the transaction that is open.

    Sequence order is commit order: on PostgreSQL an advisory lock is held from before the first
    number is drawn until the transaction ends, so that no row with a lower number can become
    visible after one with a higher number. SQLite has one writer at a time by itself. Without
    an open transaction the rows get one of their own.
    """
    distinct = list(dict.fromkeys(changes))
    if not distinct:
        return
    with transaction.atomic(savepoint=False):
        take_turn()
        written = _now_or_after_the_newest()
        rows = Publication.objects.bulk_create(
            Publication(
                created_at=written,
                resource=change.resource,
                resource_id=change.resource_id,
                translation_key=change.translation_key,
                locale=change.locale,
                is_public=change.is_public,
                home=change.home,
            )
            for change in distinct
        )
        removals = [row.pk for row in rows if not row.is_public]
        if removals:
            transaction.on_commit(lambda: page_cache.remember_removal(max(removals)))


def take_turn() -> None:
    """Wait for everybody else who publishes, and let nobody else until the transaction ends.

    For whoever has to judge what is public before there is anything to append.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ADVISORY_LOCK_KEY])


def _now_or_after_the_newest() -> datetime:
    """Return a time for the next rows: later than all before, also where the clock was put back.

    Who asks by date alone would otherwise be told that nothing has changed since.
    """
    now = timezone.now()
    newest = Publication.objects.order_by("pk").values_list("created_at", flat=True).last()
    # What is compared by HTTP has whole seconds.
    return newest + timedelta(seconds=1) if newest and newest > now else now


def read_stamp() -> Stamp:
    """Return the log's newest row in one query; number 0 where nothing was ever published.

    Written as plain SQL because every public request runs it: the query itself takes less time
    than the ORM needs to build it.
    """
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(_STAMP_QUERY)
        row = cursor.fetchone()
    if row is None:
        return Stamp()
    sequence, created_at, last_removal = row
    if created_at.tzinfo is None:
        # SQLite keeps UTC without saying so.
        created_at = created_at.replace(tzinfo=UTC)
    return Stamp(sequence, created_at, last_removal or 0)


_STAMP_QUERY = """
    SELECT newest.id, newest.created_at,
        (SELECT id FROM cms_publication WHERE NOT is_public ORDER BY id DESC LIMIT 1)
    FROM cms_publication newest ORDER BY newest.id DESC LIMIT 1
"""


def skip_numbers() -> None:
    """Let the log go on with numbers that it has never given before, after a backup is restored.

    How far the log had come is lost with it. So it goes on from the time: in milliseconds since
    2020, which no site publishes as often as.
    """
    number = int(time.time() * 1000) - _EPOCH_MILLISECONDS
    connection = connections[DEFAULT_DB_ALIAS]
    statement = _SKIP_POSTGRESQL if connection.vendor == "postgresql" else _SKIP_SQLITE
    with connection.cursor() as cursor:
        cursor.execute(statement, [number])


_SKIP_POSTGRESQL = """
    SELECT setval(
        pg_get_serial_sequence('cms_publication', 'id'),
        greatest(%s, (SELECT max(id) + 1 FROM cms_publication))
    )
"""
_SKIP_SQLITE = "UPDATE sqlite_sequence SET seq = max(seq + 1, %s) WHERE name = 'cms_publication'"
