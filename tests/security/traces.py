"""Somebody who has worked here long enough to have left a trace in every table."""

from collections.abc import Iterator
from typing import Final

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from wagtail.models import APIToken, Comment, CommentReply, Page, PageSubscription, UploadedFile

from cms.models import User
from home.models import HomePage
from tests.admin_forms import SETTINGS_FORM, AdminForm
from tests.factories import UserFactory
from tests.security.conftest import add_totp, sign_in
from tests.security.files import DOCUMENTS, IMAGES, picture, upload

USERNAME: Final = "ingeborg"
# What tells whose account it was, in small letters.
NAMES: Final = (USERNAME, "wollstonecraft", "ingeborg@uu.example")


def leave_traces(home: HomePage, administrator: Client) -> User:
    """Return a moderator about whom every table that points at accounts has something to say."""
    user = UserFactory.create(
        username=USERNAME,
        first_name="Ingeborg",
        last_name="Wollstonecraft",
        email="ingeborg@uu.example",
        groups=["Moderators"],
    )
    form = AdminForm(administrator, f"/admin/users/edit/{user.pk}/", SETTINGS_FORM)
    form["last_name"] = "Wollstonecraft"
    form.send()
    # The notice that names the account is shown once.
    administrator.get("/admin/")
    client = Client()
    sign_in(client, USERNAME)
    add_totp(client)
    # A browser in which the second factor is still being asked for.
    sign_in(Client(), USERNAME)
    _choose_portrait(client)
    _work(client, home)
    _discuss(user, home)
    _be_interrupted(client, home)
    SocialAccount.objects.create(user=user, provider="sso", uid="eppn-42", extra_data={})
    EmailAddress.objects.create(user=user, email=user.email)
    user.user_permissions.add(Permission.objects.get(codename="add_siteimage"))
    APIToken.objects.create(user=user, name="Ingeborg's script", key_hash="0f" * 32, prefix="0f")
    return user


def stored() -> Iterator[tuple[str, str]]:
    """Yield every table, and all that is in it, as text."""
    for model in apps.get_models(include_auto_created=True):
        yield model._meta.label, str(list(model._default_manager.values()))
    # The table of sessions does not show by itself what it holds.
    yield "sessions", str([session.get_decoded() for session in Session.objects.all()])


def _choose_portrait(client: Client) -> None:
    form = AdminForm(client, "/admin/account/", "main form")
    portrait = SimpleUploadedFile("ingeborg.png", picture())
    response = client.post("/admin/account/", {**form.fields, "avatar-avatar": portrait})
    assert response.status_code == 302


def _work(client: Client, home: HomePage) -> None:
    """Write a page, have it judged, judge it, lock it, and upload an image and a document."""
    form = AdminForm(client, f"/admin/pages/add/home/contentpage/{home.pk}/")
    form["title"], form["slug"] = "By a moderator", "by-a-moderator"
    form.save("action-submit")
    page = Page.objects.get(slug="by-a-moderator")
    state = page.current_workflow_task_state
    client.post(f"/admin/pages/workflow/action/{page.pk}/approve/{state.pk}/", {"comment": "Good."})
    client.post(f"/admin/pages/{page.pk}/lock/")
    assert upload(client, IMAGES, "a.png", picture()).status_code == 302
    assert upload(client, DOCUMENTS, "a.pdf", b"%PDF-1.7\n%more").status_code == 302


def _discuss(user: User, home: HomePage) -> None:
    comment = Comment.objects.create(
        page=home,
        user=user,
        text="Is this right?",
        contentpath="title",
        resolved_by=user,
        resolved_at=timezone.now(),
    )
    CommentReply.objects.create(comment=comment, user=user, text="It is.")
    PageSubscription.objects.create(page=home, user=user, comment_notifications=True)


def _be_interrupted(client: Client, home: HomePage) -> None:
    """Type and not save, and upload what still lacks its title."""
    address = f"/admin/pages/{home.pk}/edit/"
    form = AdminForm(client, address)
    form["headline"] = "Not saved"
    assert client.post(f"{address}preview/", form.fields).json()["is_valid"]
    client.post(
        "/admin/images/multiple/add/",
        {"title": "", "collection": 1, "files[]": SimpleUploadedFile("ingeborg-2.png", picture())},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert UploadedFile.objects.exists()
