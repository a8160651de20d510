"""Two people work on one page, and a connection breaks: nothing is lost without a word."""

from collections.abc import Callable

import pytest
from django.test import Client

from cms.models import User
from tests.admin_forms import AdminForm
from tests.factories import UserFactory
from tests.html import Response, one, parse, words
from tests.school import School


@pytest.fixture
def colleague(school: School, login: Callable[[User], Client]) -> Client:
    """Another moderator, logged in."""
    return login(UserFactory.create(username="colleague", groups=["Moderators"]))


def autosave(form: AdminForm) -> Response:
    """Send a form as the editor does by itself while somebody writes."""
    return form.client.post(form.address, form.fields, headers={"Accept": "application/json"})


def vision_form(client: Client, school: School) -> AdminForm:
    return AdminForm(client, f"/admin/pages/{school.vision.pk}/edit/")


def test_the_second_to_save_is_warned_and_overwrites_nothing(
    school: School, moderator: Client, colleague: Client
) -> None:
    vision_form(moderator, school).save()
    mine, theirs = vision_form(moderator, school), vision_form(colleague, school)
    mine["statement"] = "What I wrote."
    assert autosave(mine).json()["success"]
    theirs["statement"] = "What they wrote."
    response = autosave(theirs)
    assert response.status_code == 400
    assert response.json()["error_code"] == "invalid_revision"
    assert vision_form(moderator, school)["statement"] == "What I wrote."


def test_somebody_who_opens_a_page_is_told_who_else_is_in_it(
    school: School, moderator: Client, colleague: Client
) -> None:
    mine, theirs = vision_form(moderator, school), vision_form(colleague, school)
    assert one(mine.document, "[data-w-session-interval-value]")
    ping = str(one(theirs.document, "[data-w-session-interval-value]")["data-w-swap-src-value"])
    assert "Robin Moderator" in colleague.post(ping).json()["html"]


def test_a_version_that_was_saved_over_can_be_had_back(
    school: School, moderator: Client, colleague: Client
) -> None:
    for client, statement in ((moderator, "What I wrote."), (colleague, "What they wrote.")):
        form = vision_form(client, school)
        form["statement"] = statement
        form.save()
    versions = [
        revision.content["statement"] for revision in school.vision.revisions.order_by("pk")
    ]
    assert versions == ["What I wrote.", "What they wrote."]


def test_saving_by_itself_keeps_what_cannot_be_published_yet(
    school: School, moderator: Client
) -> None:
    form = vision_form(moderator, school)
    form["statement"] = ""
    form["summary"] = "Not finished."
    assert autosave(form).json()["success"]
    assert vision_form(moderator, school)["summary"] == "Not finished."


def test_saving_by_itself_says_what_is_wrong_and_publishes_nothing(
    school: School, moderator: Client, client: Client
) -> None:
    form = vision_form(moderator, school)
    form["statement"] = "x" * 501
    response = autosave(form)
    assert response.status_code == 400
    assert response.json()["error_code"] == "validation_error"
    assert not school.vision.revisions.exists()
    # What was typed is still in the browser, and the button answers with all of it.
    shown = parse(form.send()).select_one("[name=statement]")
    assert shown is not None
    assert "x" * 501 in shown.get_text()
    assert "xxx" not in client.get("/about/vision/").text


def test_a_locked_page_is_refused_to_everybody_else(
    school: School, moderator: Client, colleague: Client, editor: Client
) -> None:
    moderator.post(f"/admin/pages/{school.vision.pk}/lock/")
    for client in (colleague, editor):
        form = vision_form(client, school)
        assert "action-publish" not in form.buttons
        form["statement"] = "In spite of the lock."
        response = form.send("action-publish")
        assert response.status_code == 200
        assert "The page could not be saved as it is locked" in words(parse(response))
    school.vision.refresh_from_db()
    assert not school.vision.revisions.exists()
    vision_form(moderator, school).save("action-publish")
