"""Builds what many tests look at once in a process, and lends it to one test after another.

What is lent stands in a transaction that stays open; each test runs in a savepoint within it, which
is rolled back. Building it anew for every test would be most of the suite's time. Tests that do
not ask for any of it find the database without it.
"""

from collections.abc import Callable
from dataclasses import fields
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker

from home.models import HomePage
from tests.day import NOW
from tests.school import School, build_school
from tests.swedish import translate_school


def _translated_school(home: HomePage) -> School:
    school = build_school(home)
    translate_school(school)
    return school


def _content(_home: HomePage) -> None:
    call_command("load_school_content", stdout=StringIO())


def _sample_courses(home: HomePage) -> None:
    _content(home)
    call_command("load_sample_courses", force=True, stdout=StringIO())


# What a test does comes after what it finds.
EARLIER = NOW - timedelta(hours=1)

# By the fixture that asks for it. A test gets the first of these that it names, so what holds
# another stands before it.
BUILDERS: dict[str, Callable[[HomePage], School | None]] = {
    "swedish_pages": _translated_school,
    "school": build_school,
    "sample_courses": _sample_courses,
    "content": _content,
}


class Lender:
    """Holds the transaction with what is lent in it."""

    def __init__(self, blocker: DjangoDbBlocker) -> None:
        self._blocker = blocker
        self._transaction: transaction.Atomic | None = None
        self._name: str | None = None
        self._school: School | None = None

    def prepare_for(self, item: pytest.Item) -> None:
        """Have in the database what the test asks for, and nothing else."""
        name = asked_for(item)
        if name == self._name:
            return
        self.close()
        if name is not None:
            with self._blocker.unblock(), time_machine.travel(EARLIER):
                self._transaction = transaction.atomic()
                self._transaction.__enter__()
                self._school = BUILDERS[name](_home())
                self._name = name

    def close(self) -> None:
        """Take what is lent out of the database."""
        if self._transaction is not None:
            with self._blocker.unblock():
                transaction.set_rollback(True)
                self._transaction.__exit__(None, None, None)
            self._transaction = self._name = self._school = None

    def have_for(self, item: pytest.Item) -> None:
        """Build what the test asks for where it cannot be lent: the test has it for itself."""
        name = _named(item)
        if self._name is None and name is not None:
            self._school = BUILDERS[name](_home())

    def school(self) -> School:
        """Return the school, or the school in two languages, as it stands in the database."""
        return School(**{field.name: _fresh(self._school, field.name) for field in fields(School)})


def asked_for(item: pytest.Item) -> str | None:
    """Return what is lent to a test; nothing where its own transaction is not rolled back."""
    marks = [mark for mark in item.iter_markers("django_db") if mark.kwargs.get("transaction")]
    if "transactional_db" in getattr(item, "fixturenames", ()) or marks:
        return None
    return _named(item)


def _named(item: pytest.Item) -> str | None:
    names = getattr(item, "fixturenames", ())
    return next((name for name in BUILDERS if name in names), None)


def _home() -> HomePage:
    return HomePage.objects.get(locale__language_code="en")


def _fresh(school: School | None, name: str) -> Any:
    kept = getattr(school, name)
    return kept._meta.model.objects.get(pk=kept.pk)
