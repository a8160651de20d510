"""Nothing about somebody is kept for longer than docs/privacy.md says."""

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from wagtail.admin.models import EditingSession, FormState

from cms.models import User
from home.models import HomePage
from tests.admin_forms import AdminForm
from tests.day import NOW
from tests.school import School
from tests.security.conftest import WRONG, sign_in
from tests.security.traces import stored


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


def test_no_table_holds_where_somebody_signed_in_from_or_what_a_visitor_looked_for(
    editor_account: User, school: School
) -> None:
    boat = Client(REMOTE_ADDR="192.0.2.77", headers={"User-Agent": "Firefox on a boat"})
    sign_in(boat, password=WRONG)
    sign_in(boat)
    boat.post("/admin/account/sign-out/")
    Client(REMOTE_ADDR="192.0.2.77").get("/search/?q=my-illness")
    Client(REMOTE_ADDR="192.0.2.77").get("/api/v2/courses/?search=my-illness")
    (message,) = mail.outbox
    assert "192.0.2.77" in message.body
    assert "Firefox on a boat" in message.body
    for table, rows in stored():
        for told in ("192.0.2", "Firefox", "my-illness"):
            assert told not in rows, table


def test_an_address_is_counted_for_five_minutes_at_most(
    clock: time_machine.Traveller, editor_account: User, school: School
) -> None:
    boat = Client(REMOTE_ADDR="192.0.2.77")
    sign_in(boat, password=WRONG)
    boat.post("/admin/password_reset/", {"email": "nobody@example.org"})
    boat.get("/api/v2/courses/")
    assert len(counted()) > 3
    clock.shift(timedelta(seconds=121))
    assert not [key for key in counted() if "192.0.2.77" in key]
    assert counted(), "Failures for an account, under a hash of its name."
    clock.shift(timedelta(minutes=3))
    assert not counted()


def counted() -> list[str]:
    """Return the names of what the throttles count and have not forgotten."""
    ends = cache._expire_info  # type: ignore[attr-defined]
    now = time.time()
    return [key for key, end in ends.items() if ("rl:" in key or "requests:" in key) and end > now]


def test_a_name_that_was_taken_off_a_page_is_nowhere_once_its_versions_are_purged(
    home: HomePage, moderator: Client
) -> None:
    for headline in ("Guest of the year: Wollstonecraft", "Guest of the year: nobody"):
        form = AdminForm(moderator, f"/admin/pages/{home.pk}/edit/")
        form["headline"] = headline
        form.save("action-publish")
    assert [table for table, rows in stored() if "Wollstonecraft" in rows]
    call_command("purge_revisions", verbosity=0)
    assert not [table for table, rows in stored() if "Wollstonecraft" in rows]
