"""Nothing in the admin gives a partner editor a word of what others are preparing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from pytest_django import Settings
from wagtail.models import get_page_models

from cms.models import User
from tests.factories import UserFactory
from tests.html import Response
from tests.school import School
from tests.security.addresses import addresses
from tests.security.foreign_drafts import CLUE, SECRET, ForeignDrafts
from tests.spreadsheets import IMPORT, xlsx

SCRIPT = {"X-Requested-With": "XMLHttpRequest", "Accept": "application/json"}
BULK = "/admin/bulk/wagtailcore/page"
PAGES = "/admin/api/main/pages/"
REPORTS = ("workflow", "workflow_tasks", "aging-pages", "site-history")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request."""

    method: str
    path: str
    data: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


@pytest.fixture
def colleague(school: School, settings: Settings) -> User:
    """Somebody at Lund University."""
    # Each request is put back in the database, the session with it; a signed one needs no row.
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    group = school.university.partner_editors
    assert group is not None
    user: User = UserFactory.create(username="lund", groups=[group.name])
    return user


def _everywhere(samples: ForeignDrafts) -> Iterator[Asked]:
    """Yield a request to read and one to write for every address, and one that searches a list."""
    search = urlencode({"q": CLUE, "search_all": "1"})
    for address in addresses(samples):
        yield Asked("get", address.path)
        yield Asked("post", address.path)
        if "results/" in address.route and address.sample in {"", "list"}:
            yield Asked("get", f"{address.path}?{search}", headers=SCRIPT)


def _of_many(samples: ForeignDrafts) -> Iterator[Asked]:
    """Yield what bulk actions are asked for: all of a list, and foreign pages among own ones."""
    own, *foreign = [sample.values["pk"] for sample in samples.pages]
    some = urlencode([("id", own), ("id", samples.school.index.pk)])
    every = urlencode([("id", pk) for pk in (own, *foreign)])
    for action in ("publish", "unpublish", "move", "delete"):
        parent = f"id=all&childOf={samples.school.index.pk}"
        for query in (some, every, parent, f"id=all&q={CLUE}", "id=all"):
            yield Asked("get", f"{BULK}/{action}/?{query}")
            yield Asked("post", f"{BULK}/{action}/?{query}", {"chooser": samples.school.home.pk})


def _of_choosers(samples: ForeignDrafts) -> Iterator[Asked]:
    for model in get_page_models():
        kind = f"page_type={model._meta.label_lower}"
        yield Asked("get", f"/admin/choose-page/?{kind}")
        yield Asked("get", f"/admin/choose-page/search/?{kind}&q={CLUE}")
    for sample in samples.pages:
        yield Asked("get", f"/admin/choose-page/chosen-multiple/?id={sample.values['pk']}")
        yield Asked("get", f"{PAGES}?child_of={sample.values['pk']}")
        yield Asked("get", f"{PAGES}?translation_of={sample.values['pk']}")
    for query in ("for_explorer=1", "fields=*", f"search={CLUE}", "has_children=true"):
        yield Asked("get", f"{PAGES}?{query}")
    for page in (samples.school.home, samples.school.index, samples.school.other_course):
        for address in (page.full_url, f"{page.full_url}?from=mail", f"{page.full_url}nowhere/"):
            yield Asked("post", "/admin/choose-external-link/", _typed(address))


def _typed(address: str) -> dict[str, str]:
    return {"external-link-chooser-url": address, "external-link-chooser-link_text": ""}


def _of_files(samples: ForeignDrafts) -> Iterator[Asked]:
    """Yield what reads or writes spreadsheets."""
    named = [[sample.values["pk"], "2027-03-01"] for sample in samples.pages]
    file = SimpleUploadedFile("sessions.xlsx", xlsx([["Course", "First day"], *named]))
    yield Asked("post", IMPORT, {"file": file})
    for report in REPORTS:
        yield Asked("get", f"/admin/reports/{report}/?export=csv")
    for listing in ("courses", "sessions"):
        yield Asked("get", f"/admin/{listing}/?export=csv")


def _said(response: Response) -> str:
    """Return all that a response says, and will be said on the next page, in small letters."""
    content = b"".join(response) if response.streaming else response.content
    storage = getattr(response.wsgi_request, "_messages", None)
    messages = " ".join(str(message) for message in getattr(storage, "_queued_messages", []))
    return f"{content.decode(errors='replace')} {messages} {response.headers}".lower()


def _around(said: str) -> str:
    place = said.index(SECRET.lower())
    return " ".join(said[max(0, place - 120) : place + 40].split())


def test_no_response_holds_a_word_of_foreign_drafts(
    school: School, colleague: User, login: Callable[[User], Client]
) -> None:
    samples = ForeignDrafts(school, colleague)
    client = login(colleague)
    client.raise_request_exception = False
    cookies = client.cookies.output(header="", sep=";")
    told, shown = [], 0
    for find in (_of_many, _of_choosers, _of_files, _everywhere):
        for asked in find(samples):
            with transaction.atomic():
                send = getattr(client, asked.method)
                response = send(asked.path, asked.data or None, headers=asked.headers or None)
                said = _said(response)
                transaction.set_rollback(True)
            client.cookies.clear()
            client.cookies.load(cookies)
            shown += response.status_code == 200
            if SECRET.lower() in said:
                told.append(f"{asked.method} {asked.path}: {_around(said)}")
            assert response.status_code < 500, asked
    assert not told, "\n".join(told)
    # Or the test could not fail.
    assert shown > 200
