"""What is stored about somebody can be handed out, all of it, and no secret with it."""

import json
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.test import Client

from cms.accounts.personal_data.export import PERSONAL, TABLES
from cms.models import User
from home.models import HomePage
from tests.security.traces import USERNAME, leave_traces

# Wagtail's own table of images, in whose place the site has another.
UNUSED = {("wagtailimages.Image", "uploaded_by_user")}
SECRET = {"cms.User.password", "wagtailcore.APIToken.key_hash"}
# It counts how often all sessions were ended, and tells nothing else.
MEANINGLESS = {"cms.User.session_generation"}


@pytest.fixture
def author(home: HomePage, administrator: Client) -> User:
    """Somebody who has left traces everywhere."""
    return leave_traces(home, administrator)


def exported() -> tuple[dict[str, Any], str]:
    """Return what the command hands out, read and as it is printed."""
    output = StringIO()
    call_command("export_user_data", USERNAME, stdout=output)
    return json.loads(output.getvalue()), output.getvalue()


def test_the_export_names_everything_and_no_secret(author: User) -> None:
    data, printed = exported()
    assert data["account"][0]["email"] == "ingeborg@uu.example"
    assert data["groups"] == [{"group__name": "Moderators"}]
    assert [factor["type"] for factor in data["second_factors"]] == ["totp", "recovery_codes"]
    assert data["single_sign_on"][0]["uid"] == "eppn-42"
    assert data["comments"][0]["text"] == "Is this right?"
    assert "Not+saved" in data["not_saved"][0]["data"]
    assert data["approvals"][0]["comment"] == "Good."
    assert data["sessions"][0]["ways_to_sign_in"][0]["username"] == USERNAME
    assert "secret" not in printed
    assert author.password not in printed


def test_no_part_of_the_export_is_empty_for_somebody_who_has_done_everything(author: User) -> None:
    data, _printed = exported()
    assert not [section for section, rows in data.items() if not rows]


def test_the_export_tells_of_every_session_and_of_nobody_else_s(
    author: User, administrator: Client
) -> None:
    data, _printed = exported()
    complete, halfway = sorted(data["sessions"], key=lambda session: not session["signed_in_at"])
    assert complete["signed_in_at"] <= complete["seen_at"] < complete["ends_at"]
    assert halfway["signed_in_at"] is None


def test_the_export_looks_into_every_table_that_points_at_accounts(home: HomePage) -> None:
    pointing = {
        (model._meta.label, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and field.related_model is User
    }
    looked_into = {(table.model._meta.label, table.owner) for table in TABLES.values()}
    assert pointing - looked_into == UNUSED, "Add the table to cms.accounts.personal_data.export."


def test_every_column_about_somebody_is_handed_out_or_a_secret(home: HomePage) -> None:
    held_back = set()
    for table in PERSONAL.values():
        given = {field.partition("__")[0] for field in table.fields}
        held_back |= {
            f"{table.model._meta.label}.{field.name}"
            for field in table.model._meta.concrete_fields
            if not field.primary_key and not {field.name, field.attname} & {*given, table.owner}
        }
    assert held_back == SECRET | MEANINGLESS
