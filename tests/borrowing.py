"""Builds the school of the tests once in a process, and lends it to one test after another.

The school stands in a transaction that stays open; each test runs in a savepoint within it, which
is rolled back. Building it anew for every test would be most of the suite's time. Tests that do
not ask for the school find the database without it.
"""

from dataclasses import fields

import pytest
import time_machine
from django.db import transaction
from pytest_django import DjangoDbBlocker

from home.models import HomePage
from tests.day import NOW
from tests.school import School, build_school


class Lender:
    """Holds the transaction with the school in it."""

    def __init__(self, blocker: DjangoDbBlocker) -> None:
        self._blocker = blocker
        self._transaction: transaction.Atomic | None = None
        self._school: School | None = None

    def prepare_for(self, item: pytest.Item) -> None:
        """Have the school in the database if the test asks for it, and else not."""
        if not asks_for_school(item):
            self.close()
        elif self._transaction is None:
            with self._blocker.unblock(), time_machine.travel(NOW):
                self._transaction = transaction.atomic()
                self._transaction.__enter__()
                self._school = build_school(HomePage.objects.get(locale__language_code="en"))

    def close(self) -> None:
        """Take the school out of the database."""
        if self._transaction is not None:
            with self._blocker.unblock():
                transaction.set_rollback(True)
                self._transaction.__exit__(None, None, None)
            self._transaction = self._school = None

    def lend(self) -> School | None:
        """Return the school as it stands in the database, or None where it does not."""
        if self._school is None:
            return None
        return School(
            **{
                field.name: (kept := getattr(self._school, field.name))._meta.model.objects.get(
                    pk=kept.pk
                )
                for field in fields(School)
            }
        )


def asks_for_school(item: pytest.Item) -> bool:
    """Return whether a test uses the school and runs in a transaction that is rolled back."""
    names = getattr(item, "fixturenames", ())
    marks = [mark for mark in item.iter_markers("django_db") if mark.kwargs.get("transaction")]
    return "school" in names and "transactional_db" not in names and not marks
