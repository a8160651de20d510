"""Whoever submits, judges or corrects a page reads what was done, and why."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, TaskState

from cms.models import User
from tests.admin_forms import AdminForm
from tests.html import links, parse, read, words
from tests.school import School

COMMENT = "Say it in fewer words & <shorter>, please."


def submit(client: Client, page: Page, **values: str) -> None:
    form = AdminForm(client, f"/admin/pages/{page.pk}/edit/")
    form["title"] = f"{page.title}, revised"
    form.fields |= {name: [value] for name, value in values.items()}
    form.save("action-resubmit" if "action-resubmit" in form.buttons else "action-submit")


def decide_in_the_editor(client: Client, page: Page, decision: str, **values: str) -> str:
    """Decide, as the button of the editor does, and return the message that follows."""
    form = AdminForm(client, f"/admin/pages/{page.pk}/edit/")
    form.fields |= {name: [value] for name, value in values.items()}
    form.fields |= {
        "action-workflow-action": ["true"],
        "workflow-action-name": [decision],
        "workflow-action-extra-data": ['{"comment": "' + COMMENT + '"}'],
    }
    response = client.post(form.address, form.fields, follow=True)
    return " ".join(words(item) for item in parse(response).select(".messages li"))


def decide_on_the_dashboard(client: Client, page: Page, decision: str, **_values: str) -> str:
    """Decide, as the menu on the dashboard does, and return the message that follows."""
    state = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    address = f"/admin/pages/workflow/action/{page.pk}/{decision}/{state.pk}/"
    response = client.post(f"{address}?next=/admin/", {"comment": COMMENT}, follow=True)
    return " ".join(words(item) for item in parse(response).select(".messages li"))


@pytest.mark.parametrize("decide", [decide_in_the_editor, decide_on_the_dashboard])
def test_a_moderator_reads_what_was_done(
    decide: object, school: School, editor: Client, moderator: Client
) -> None:
    assert callable(decide)
    submit(editor, school.vision)
    said = decide(moderator, school.vision, "reject")
    assert said.startswith("“Our vision, revised” has been sent back to Robin Editor."), said
    assert "updated" not in said

    submit(editor, school.vision)
    said = decide(moderator, school.vision, "approve")
    assert said.startswith("“Our vision, revised” has been approved and published."), said

    tomorrow = (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    submit(editor, school.contact, go_live_at=tomorrow)
    said = decide(moderator, school.contact, "approve", go_live_at=tomorrow)
    assert "will be published on 16 September 2026, 14:00" in said


def test_what_has_expired_meanwhile_is_not_approved(
    school: School, editor: Client, moderator: Client
) -> None:
    soon = (timezone.localtime() + timedelta(minutes=5)).strftime("%Y-%m-%d %H:%M")
    submit(editor, school.contact, expire_at=soon)
    with time_machine.travel(timezone.now() + timedelta(minutes=10)):
        said = decide_on_the_dashboard(moderator, school.contact, "approve")
    assert "was to be public until 15 September 2026, 14:05, which has passed" in said
    assert TaskState.objects.get().status == TaskState.STATUS_IN_PROGRESS
    assert Page.objects.get(pk=school.contact.pk).title == school.contact.title


def test_what_is_approved_below_an_unpublished_page_is_not_said_to_be_there(
    school: School, editor: Client, moderator: Client
) -> None:
    Page.objects.get(pk=school.about.pk).unpublish()
    submit(editor, school.vision)
    mail.outbox.clear()
    said = decide_on_the_dashboard(moderator, school.vision, "approve")
    assert "has been approved, but visitors cannot find it yet" in said
    assert "View live" not in said
    [message] = mail.outbox
    assert "until the pages above it are published" in message.body
    assert "is published" not in message.body


def test_the_comment_stands_where_somebody_has_to_act(
    school: School, editor: Client, moderator: Client
) -> None:
    address = f"/admin/pages/{school.vision.pk}/edit/"

    def at_the_top(client: Client) -> str:
        return " ".join(words(part) for part in read(client, address).select("[data-moderation]"))

    def on_the_dashboard(client: Client) -> dict[str, str]:
        rows = read(client, "/admin/").select("#sent-back-section tbody tr")
        return {next(iter(links(row))): words(row) for row in rows}

    submit(editor, school.vision)
    assert not at_the_top(editor)
    decide_on_the_dashboard(moderator, school.vision, "reject")
    assert at_the_top(editor).startswith("Robin Moderator sends this page back:")
    assert COMMENT in at_the_top(editor)
    assert COMMENT in on_the_dashboard(editor)[address]
    assert not on_the_dashboard(moderator)

    # Whoever may not change the page any more reads neither its draft's title nor the comment.
    author = User.objects.get(username="editor")
    assert school.university.partner_editors is not None
    author.groups.set([school.university.partner_editors])
    assert not on_the_dashboard(editor)
    author.groups.set(Group.objects.filter(name="Editors"))

    submit(editor, school.vision)
    assert not on_the_dashboard(editor)
    assert COMMENT in at_the_top(moderator)
    assert "Submitted again." in at_the_top(moderator)
    decide_on_the_dashboard(moderator, school.vision, "approve")
    assert not at_the_top(editor)


def test_mail_says_what_visitors_see_of_a_page_that_came_back(
    school: School, editor: Client, moderator: Client
) -> None:
    live, draft = school.vision, school.contact
    draft.unpublish()
    for page, phrase in (
        (live, "Your changes are not published yet; visitors still see the page without them."),
        (draft, "It is not published."),
    ):
        submit(editor, page)
        mail.outbox.clear()
        decide_on_the_dashboard(moderator, page, "reject")
        text = str(mail.outbox[0].body)
        assert ("It is not published." in text) == (page is draft)
        assert phrase in text
