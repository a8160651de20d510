"""What is stored about somebody can be handed out, and taken away without breaking history."""

import json
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models
from django.test import Client
from wagtail.models import Comment, ModelLogEntry, Page, PageLogEntry
from wagtail.users.models import UserProfile

from cms.models import User
from home.models import HomePage
from tests.admin_forms import AdminForm
from tests.factories import UserFactory
from tests.factories.cms import PASSWORD
from tests.html import parse, words
from tests.security.conftest import add_totp, is_signed_in

NAMES = ("ingeborg", "Wollstonecraft", "ingeborg@uu.example")


@pytest.fixture
def author(home: HomePage) -> User:
    """Somebody who has left traces everywhere."""
    user = UserFactory.create(
        username="ingeborg",
        first_name="Ingeborg",
        last_name="Wollstonecraft",
        email="ingeborg@uu.example",
        groups=["Moderators"],
    )
    client = Client()
    client.post("/admin/login/", {"username": "ingeborg", "password": PASSWORD})
    form = AdminForm(client, f"/admin/pages/{home.pk}/edit/")
    form["headline"] = "By a moderator"
    form.send()
    add_totp(client)
    SocialAccount.objects.create(user=user, provider="sso", uid="eppn-42", extra_data={})
    Comment.objects.create(
        page=home, user=user, text="Is this right?", contentpath="title", position=""
    )
    UserProfile.get_for_user(user)
    return user


def test_the_export_names_everything_and_no_secret(author: User) -> None:
    output = StringIO()
    call_command("export_user_data", "ingeborg", stdout=output)
    data = json.loads(output.getvalue())
    assert data["account"]["email"] == "ingeborg@uu.example"
    assert data["groups"] == ["Moderators"]
    assert [factor["type"] for factor in data["second_factors"]] == ["totp", "recovery_codes"]
    assert data["single_sign_on"][0]["uid"] == "eppn-42"
    assert data["comments"][0]["text"] == "Is this right?"
    assert data["versions"]
    assert data["page_log"]
    assert "secret" not in output.getvalue()
    assert author.password not in output.getvalue()


def test_the_export_looks_into_every_table_that_points_at_accounts(author: User) -> None:
    exported = {
        *("wagtailusers.UserProfile", "mfa.Authenticator", "socialaccount.SocialAccount"),
        *("account.EmailAddress", "wagtailcore.PageSubscription", "wagtailcore.Revision"),
        *("wagtailcore.Comment", "wagtailcore.CommentReply", "wagtailcore.WorkflowState"),
        *("wagtailcore.TaskState", "wagtailcore.PageLogEntry", "wagtailcore.ModelLogEntry"),
        *("wagtailcore.Page", "cms.SiteImage", "wagtaildocs.Document"),
        *("cms.User_groups",),
    }
    short_lived_or_unused = {
        *("wagtailadmin.EditingSession", "wagtailadmin.FormState", "wagtailcore.UploadedFile"),
        *("wagtailcore.APIToken", "wagtailimages.Image", "cms.User_user_permissions"),
    }
    pointing = {
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and field.related_model is User
    }
    assert pointing <= exported | short_lived_or_unused, "Add the table to the export."


def test_erasing_leaves_no_name_and_a_history_that_holds(
    author: User, home: HomePage, administrator: Client
) -> None:
    entries = PageLogEntry.objects.filter(user=author).count()
    output = StringIO()
    call_command("erase_user", "ingeborg", "--yes", stdout=output)
    author.refresh_from_db()
    assert author.username == f"erased-{author.pk}"
    assert not author.is_active
    assert PageLogEntry.objects.filter(user=author).count() == entries
    assert Comment.objects.get().user == author
    assert not Authenticator.objects.exists()
    assert not SocialAccount.objects.exists()
    for address in (
        f"/admin/pages/{home.pk}/history/",
        f"/admin/pages/{home.pk}/edit/",
        "/admin/reports/site-history/",
        "/admin/users/",
        f"/admin/users/edit/{author.pk}/",
    ):
        answer = administrator.get(address)
        assert answer.status_code == 200
        text = answer.content.decode()
        assert not [name for name in NAMES if name in text], address
    history = words(parse(administrator.get(f"/admin/pages/{home.pk}/history/")))
    assert author.username in history


def test_no_table_holds_the_name_any_more(author: User) -> None:
    call_command("erase_user", "ingeborg", "--yes", stdout=StringIO())
    for model in apps.get_models(include_auto_created=True):
        if model._meta.label == "sessions.Session":
            continue
        rows = str(list(model._default_manager.values()))
        assert not [name for name in NAMES if name.lower() in rows.lower()], model._meta.label


def test_an_erased_account_opens_nothing(author: User) -> None:
    client = Client()
    client.force_login(author)
    call_command("erase_user", "ingeborg", "--yes", stdout=StringIO())
    assert not is_signed_in(client)
    for username in ("ingeborg", f"erased-{author.pk}"):
        client.post("/admin/login/", {"username": username, "password": PASSWORD})
        assert not is_signed_in(client)


def test_the_only_administrator_stays(home: HomePage) -> None:
    UserFactory.create(username="root", is_superuser=True)
    UserFactory.create(username="former", is_superuser=True, is_active=False)
    with pytest.raises(CommandError, match="only administrator"):
        call_command("erase_user", "root", "--yes")
    assert User.objects.get(username="root").is_active


def test_it_asks_first(author: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builtins.input", lambda prompt: "y")
    with pytest.raises(CommandError, match="Nothing was erased"):
        call_command("erase_user", "ingeborg")
    assert User.objects.filter(username="ingeborg").exists()
    assert Page.objects.exists()
    assert ModelLogEntry.objects.filter(action="cms.account_erase").count() == 0
