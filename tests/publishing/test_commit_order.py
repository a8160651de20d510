"""The log's numbers come in the order of commits: whoever polls "since N" misses nothing.

SQLite has one writer at a time and no way to get this wrong; these tests need PostgreSQL.
"""

import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connection, connections, transaction

from cms.models import Publication
from cms.publishing.log import Change, append, read_stamp

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor != 'postgresql'", reason="SQLite has one writer at a time."
    ),
]


def in_own_connection[Result](work: Callable[[], Result]) -> Callable[[], Result]:
    """Return `work` as a thread can do it: its connection is closed with it."""

    def run() -> Result:
        try:
            return work()
        finally:
            connections.close_all()

    return run


def test_a_second_writer_waits_for_the_first_to_commit() -> None:
    appended, may_commit = threading.Event(), threading.Event()
    before = read_stamp().sequence

    def first() -> None:
        with transaction.atomic():
            append([Change("pages", 1)])
            appended.set()
            may_commit.wait(10)

    def second() -> None:
        with transaction.atomic():
            append([Change("pages", 2)])

    with ThreadPoolExecutor(2) as pool:
        writing_first = pool.submit(in_own_connection(first))
        assert appended.wait(10)
        writing_second = pool.submit(in_own_connection(second))
        with connection.cursor() as cursor:
            for _attempt in range(200):
                cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
                if cursor.fetchone()[0]:
                    break
                time.sleep(0.02)
        assert not writing_second.done()
        assert read_stamp().sequence == before
        may_commit.set()
        writing_first.result(10)
        writing_second.result(10)

    written = Publication.objects.filter(pk__gt=before).order_by("pk")
    rows = written.values_list("resource_id", flat=True)
    assert list(rows) == [1, 2]


WRITERS, ROWS_EACH = 6, 15
ROLLED_BACK = -1


def poll_until(all_written: threading.Event, newest: int) -> list[int]:
    """Return the ids seen by asking, again and again, for what came after number `newest`."""
    seen: list[int] = []
    while True:
        finished = all_written.is_set()
        rows = list(
            Publication.objects.filter(pk__gt=newest)
            .order_by("pk")
            .values_list("pk", "resource_id")
        )
        if finished and not rows:
            return seen
        newest = max([newest, *(pk for pk, _resource_id in rows)])
        seen += [resource_id or 0 for _pk, resource_id in rows]


def write_rows(writer: int) -> None:
    """Append rows in transactions of uneven length; every fifth is rolled back and repeated."""
    pauses = random.Random(writer)
    for number in range(ROWS_EACH):
        row = Change("pages", writer * 1000 + number)
        if number % 5 == 4:
            with transaction.atomic():
                append([row, Change("pages", ROLLED_BACK)])
                transaction.set_rollback(True)
        with transaction.atomic():
            append([row])
            time.sleep(pauses.uniform(0, 0.004))


def test_a_reader_that_polls_misses_no_row_of_many_writers() -> None:
    all_written = threading.Event()
    with ThreadPoolExecutor(WRITERS + 1) as pool:
        reading = pool.submit(
            in_own_connection(partial(poll_until, all_written, read_stamp().sequence))
        )
        writing = [
            pool.submit(in_own_connection(partial(write_rows, writer))) for writer in range(WRITERS)
        ]
        for future in writing:
            future.result(60)
        all_written.set()
        seen = reading.result(60)

    expected = [writer * 1000 + number for writer in range(WRITERS) for number in range(ROWS_EACH)]
    assert sorted(seen) == expected
