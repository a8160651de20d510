"""Nothing about somebody is kept for longer than docs/privacy.md says."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from wagtail.admin.models import EditingSession, FormState

from cms.models import User
from home.models import HomePage
from tests.admin_forms import AdminForm
from tests.school import NOW
from tests.security.conftest import sign_in


@pytest.fixture
def clock(home: HomePage) -> Iterator[time_machine.Traveller]:
    """A clock that can be put forward."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def test_what_was_typed_and_left_is_gone_after_a_day_though_nobody_opens_an_editor(
    clock: time_machine.Traveller, editor_account: User, home: HomePage
) -> None:
    client = Client()
    sign_in(client)
    address = f"/admin/pages/{home.pk}/edit/"
    form = AdminForm(client, address)
    form["headline"] = "Not saved"
    client.post(f"{address}preview/", form.fields)
    tables = (FormState, EditingSession, Session)
    for hours, left in ((0, [1, 1, 1]), (2, [1, 0, 0]), (23, [0, 0, 0])):
        clock.shift(timedelta(hours=hours))
        call_command("run_scheduler", once=True)
        assert [table._default_manager.count() for table in tables] == left, hours
