"""One step lies between an editor's draft and the public: a moderator's approval."""

import pytest
from django.core import mail
from django.test import Client
from wagtail.models import Page, TaskState, Workflow

from home.models import HomePage
from tests.admin_forms import AdminForm
from tests.factories import ContentPageFactory, UserFactory
from tests.html import Response, read, words
from tests.school import School

CHANGED = "Every patient in Sweden is reached."


@pytest.fixture
def submitted(school: School, editor: Client) -> School:
    """A change of the vision that an editor has submitted."""
    form = AdminForm(editor, f"/admin/pages/{school.vision.pk}/edit/")
    form["statement"] = CHANGED
    form.save("action-submit")
    return school


def _is_public(client: Client) -> bool:
    return CHANGED in words(read(client, "/about/vision/"))


def _decided(client: Client, page: Page, decision: str, comment: str = "") -> Response:
    """Decide on what is waiting and return the response."""
    state = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    return client.post(
        f"/admin/pages/workflow/action/{page.pk}/{decision}/{state.pk}/", {"comment": comment}
    )


def _decide(client: Client, page: Page, decision: str, comment: str = "") -> str:
    """Decide on what is waiting and return where the response leads."""
    response = _decided(client, page, decision, comment)
    assert response.status_code == 302
    location: str = response.headers["Location"]
    return location


def test_there_is_one_step_and_it_holds_for_every_page(school: School) -> None:
    workflow = Workflow.objects.get(active=True)
    assert len(workflow.tasks) == 1
    for page in school.pages.values():
        assert page.get_workflow() == workflow


def test_a_submitted_change_is_not_public_yet(submitted: School, client: Client) -> None:
    assert not _is_public(client)
    assert CHANGED not in client.get("/api/v2/pages/?fields=*&type=about.VisionPage").text


def test_moderators_are_told_about_a_submitted_change(school: School, editor: Client) -> None:
    UserFactory.create(username="moderator", groups=["Moderators"], email="moderator@example.org")
    form = AdminForm(editor, f"/admin/pages/{school.vision.pk}/edit/")
    form.save("action-submit")
    assert [message.to for message in mail.outbox] == [["moderator@example.org"]]
    assert f"http://testserver/admin/pages/{school.vision.pk}/edit/" in str(mail.outbox[0].body)


@pytest.mark.parametrize("role", ["moderator", "administrator"])
def test_an_approved_change_is_public(
    role: str, submitted: School, client: Client, request: pytest.FixtureRequest
) -> None:
    approver = request.getfixturevalue(role)
    assert "approve" in str(read(approver, f"/admin/pages/{submitted.vision.pk}/edit/"))
    left_for = _decide(approver, submitted.vision, "approve")
    assert left_for == f"/admin/pages/{submitted.vision.pk}/edit/"
    assert _is_public(client)
    data = client.get(f"/api/v2/pages/{submitted.vision.pk}/").json()
    assert data["statement"] == CHANGED


def test_a_new_page_is_public_once_it_is_approved(
    school: School, editor: Client, moderator: Client, client: Client
) -> None:
    form = AdminForm(editor, f"/admin/pages/add/home/contentpage/{school.home.pk}/")
    form["title"] = "For companies"
    form["slug"] = "companies"
    form.save("action-submit")
    assert client.get("/companies/").status_code == 404
    _decide(moderator, Page.objects.get(slug="companies"), "approve")
    assert words(read(client, "/companies/").select("h1")[0]) == "For companies"


def test_a_rejected_change_stays_a_draft_and_comes_back_with_a_reason(
    submitted: School, editor: Client, moderator: Client, client: Client
) -> None:
    _decide(moderator, submitted.vision, "reject", "Say it in fewer words, please.")
    assert not _is_public(client)
    form = AdminForm(editor, f"/admin/pages/{submitted.vision.pk}/edit/")
    assert form["statement"] == CHANGED
    assert "Say it in fewer words, please." in str(form.document)

    # The editor writes it anew and submits it again.
    form["statement"] = f"{CHANGED} Soon."
    form.save("action-resubmit" if "action-resubmit" in form.buttons else "action-submit")
    _decide(moderator, submitted.vision, "approve")
    assert _is_public(client)


def test_a_moderator_corrects_and_approves_in_one_go(
    submitted: School, moderator: Client, client: Client
) -> None:
    form = AdminForm(moderator, f"/admin/pages/{submitted.vision.pk}/edit/")
    form["statement"] = f"{CHANGED} Soon."
    form.fields |= {
        "action-workflow-action": ["true"],
        "workflow-action-name": ["approve"],
        "workflow-action-extra-data": ["{}"],
    }
    form.send()
    assert f"{CHANGED} Soon." in words(read(client, "/about/vision/"))
    assert not TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).exists()


def test_an_editor_cannot_approve(submitted: School, editor: Client, client: Client) -> None:
    assert _decided(editor, submitted.vision, "approve").status_code == 403
    assert not _is_public(client)
    assert TaskState.objects.get().status == TaskState.STATUS_IN_PROGRESS


def test_while_a_change_is_being_judged_editors_wait(submitted: School, editor: Client) -> None:
    revisions = submitted.vision.revisions.count()
    form = AdminForm(editor, f"/admin/pages/{submitted.vision.pk}/edit/")
    form["statement"] = "Changed behind the moderator's back."
    form.send()
    assert submitted.vision.revisions.count() == revisions


def test_whoever_submitted_a_change_can_take_it_back(
    submitted: School, editor: Client, moderator: Client, client: Client
) -> None:
    form = AdminForm(editor, f"/admin/pages/{submitted.vision.pk}/edit/")
    form.send("action-cancel-workflow")
    assert not TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).exists()
    assert not _is_public(client)
    buttons = AdminForm(editor, f"/admin/pages/{submitted.vision.pk}/edit/").buttons
    assert "action-submit" in buttons


@pytest.mark.parametrize("role", ["editor", "moderator"])
def test_two_versions_are_compared_and_the_older_restored(
    role: str, school: School, request: pytest.FixtureRequest
) -> None:
    client = request.getfixturevalue(role)
    address = f"/admin/pages/{school.vision.pk}/edit/"
    for statement in ("What we said yesterday.", CHANGED):
        form = AdminForm(client, address)
        form["statement"] = statement
        form.save()
    newest, older = school.vision.revisions.order_by("-pk")[:2]
    place = f"/admin/pages/{school.vision.pk}/revisions"
    compared = words(read(client, f"{place}/compare/{older.pk}...{newest.pk}/"))
    assert "yesterday" in compared
    assert "patient" in compared
    AdminForm(client, f"{place}/{older.pk}/revert/").save()
    assert AdminForm(client, address)["statement"] == "What we said yesterday."


def test_nobody_is_told_that_nothing_waits_when_a_page_was_sent_back(
    home: HomePage, editor: Client, moderator: Client
) -> None:
    page = ContentPageFactory(parent=home, summary="In brief.")
    assert read(editor, "/admin/").select("#all-done-section")
    form = AdminForm(editor, f"/admin/pages/{page.pk}/edit/")
    form["title"] = "For patients"
    form.save("action-submit")
    _decide(moderator, page, "reject", "For whom?")
    assert not read(editor, "/admin/").select("#all-done-section")
    assert read(moderator, "/admin/").select("#all-done-section")
