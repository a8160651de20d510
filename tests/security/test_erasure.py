"""What is stored about somebody can be taken away, without breaking history."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Comment, ModelLogEntry, Page, PageLogEntry

from cms.accounts.personal_data.export import PERSONAL, WORK
from cms.models import User
from home.models import HomePage
from tests.factories import UserFactory
from tests.factories.cms import PASSWORD
from tests.html import parse, words
from tests.security.conftest import is_signed_in
from tests.security.traces import NAMES, USERNAME, leave_traces, stored


@pytest.fixture
def author(disk: Path, home: HomePage, administrator: Client) -> User:
    """Somebody who has left traces everywhere."""
    return leave_traces(home, administrator)


def erase() -> None:
    """Run the command, which is sure."""
    call_command("erase_user", USERNAME, "--yes", stdout=StringIO())


def named(text: str) -> list[str]:
    """Return what of the account's owner stands in a text."""
    return [name for name in NAMES if name in text.lower()]


def test_erasing_leaves_no_name_and_a_history_that_holds(
    author: User, home: HomePage, administrator: Client
) -> None:
    entries = PageLogEntry.objects.filter(user=author).count()
    erase()
    author.refresh_from_db()
    assert author.username == f"erased-{author.pk}"
    assert not author.is_active
    assert PageLogEntry.objects.filter(user=author).count() == entries
    assert Comment.objects.get().user == author
    page = Page.objects.get(slug="by-a-moderator")
    for address in (
        f"/admin/pages/{page.pk}/history/",
        f"/admin/pages/{page.pk}/edit/",
        f"/admin/pages/{home.pk}/edit/",
        "/admin/reports/site-history/",
        "/admin/users/",
        f"/admin/users/edit/{author.pk}/",
    ):
        response = administrator.get(address)
        assert response.status_code == 200
        assert not named(response.text), address
    history = words(parse(administrator.get(f"/admin/pages/{page.pk}/history/")))
    assert author.username in history


def test_no_table_holds_the_name_any_more(author: User) -> None:
    before = {table for table, rows in stored() if named(rows)}
    assert {
        *("cms.User", "wagtailcore.ModelLogEntry", "wagtailusers.UserProfile", "sessions"),
        *("wagtailcore.UploadedFile", "wagtailcore.APIToken", "account.EmailAddress"),
    } <= before, "Or nothing could be missed."
    erase()
    assert not [table for table, rows in stored() if named(rows)]


def test_no_file_on_the_disk_bears_the_name_any_more(author: User, disk: Path) -> None:
    assert len([path for path in disk.rglob("*") if named(path.name)]) == 2
    erase()
    assert not [path for path in disk.rglob("*") if named(path.name)]


def test_what_is_personal_goes_and_what_was_done_stays(author: User) -> None:
    tables = {**PERSONAL, **WORK}
    del tables["account"]
    erase()
    left = {
        section
        for section, table in tables.items()
        if table.model._default_manager.filter(**{table.owner: author.pk}).exists()
    }
    assert left == set(WORK)


def test_an_erased_account_opens_nothing(author: User) -> None:
    client = Client()
    client.force_login(author)
    erase()
    assert not is_signed_in(client)
    for username in (USERNAME, f"erased-{author.pk}"):
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
        call_command("erase_user", USERNAME)
    assert User.objects.filter(username=USERNAME).exists()
    assert Page.objects.exists()
    assert ModelLogEntry.objects.filter(action="cms.account_erase").count() == 0
