"""Editors write in forms, and what they write arrives: all of it, and nothing else changes."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from about.models import FundingPage
from courses.models import CoursePage
from tests.admin_forms import AdminForm
from tests.html import read, words
from tests.school import ADDRESSES, NOTE, School
from tests.story import story


def _seen_by_partners(client: Client, page: Page) -> Any:
    """Return a page's data without what saving may renew: block and paragraph keys, the time."""

    def strip(data: dict[str, Any]) -> dict[str, Any]:
        for key in ("first_published_at", "last_published_at"):
            data.pop(key, None)
        if {"type", "value", "id"} == data.keys():
            del data["id"]
        return data

    text = client.get(f"/api/v2/pages/{page.pk}/?fields=*").text
    return json.loads(re.sub(r' data-block-key=\\"\w+\\"', "", text), object_hook=strip)


@pytest.mark.parametrize("address", ADDRESSES)
def test_publishing_a_page_unchanged_changes_nothing(
    address: str, school: School, moderator: Client, client: Client
) -> None:
    page = school.pages[address]
    school.contact.body = story(school)
    school.contact.save()
    before = words(read(client, address)), _seen_by_partners(client, page)
    assert all(before)
    AdminForm(moderator, f"/admin/pages/{page.pk}/edit/").save("action-publish")
    assert (words(read(client, address)), _seen_by_partners(client, page)) == before


def test_a_change_of_the_vision_is_seen_on_the_page_and_by_partners(
    school: School, moderator: Client, client: Client
) -> None:
    form = AdminForm(moderator, f"/admin/pages/{school.vision.pk}/edit/")
    form["title"] = "Where we want to be"
    form["statement"] = "Every patient is reached."
    form.stream("body", [("paragraph", "")])
    form.write("body-0-value", "In every region of Sweden.")
    form.save("action-publish")

    page = read(client, "/about/vision/")
    assert words(page.select("h1")[0]) == "Where we want to be"
    assert "Every patient is reached." in words(page)
    assert "In every region of Sweden." in words(page)
    data = client.get("/api/v2/pages/?type=about.VisionPage&fields=*").json()["items"][0]
    assert data["title"] == "Where we want to be"
    assert data["statement"] == "Every patient is reached."
    assert "In every region of Sweden." in data["body"][0]["value"]


def test_a_draft_of_the_vision_is_seen_by_nobody_but_editors(
    school: School, editor: Client, client: Client
) -> None:
    form = AdminForm(editor, f"/admin/pages/{school.vision.pk}/edit/")
    form["statement"] = "An idea for a vision."
    form.save()
    assert "An idea for a vision." not in words(read(client, "/about/vision/"))
    assert "An idea for a vision." not in client.get(f"/api/v2/pages/{school.vision.pk}/").text
    assert AdminForm(editor, f"/admin/pages/{school.vision.pk}/edit/")["statement"] == (
        "An idea for a vision."
    )


def test_a_new_course_with_a_session_and_a_teacher_is_published(
    school: School, moderator: Client, client: Client
) -> None:
    form = AdminForm(moderator, f"/admin/pages/add/courses/coursepage/{school.index.pk}/")
    form["title"] = "Gene therapy in practice"
    form["slug"] = "gene-therapy"
    form["credits"] = "4.5"
    form["host"] = str(school.university.pk)
    form["stages"] = [str(school.stage.pk)]
    form.write("learning_outcomes", "Plan a trial.")
    form.add("sessions", start_date="2026-10-05", end_date="2026-10-09", location="Lund")
    form.add("people", name="Bo Ek", role="examiner")
    form.save("action-publish")

    page = read(client, "/courses/gene-therapy/")
    text = words(page)
    assert words(page.select("h1")[0]) == "Gene therapy in practice"
    for expected in ("4.5", "Lund University", "Manufacturing", "Plan a trial.", "Bo Ek"):
        assert expected in text
    assert page.select("time[datetime='2026-10-05']")
    assert page.select("time[datetime='2026-10-09']")


def test_a_ror_id_may_be_typed_without_its_address(school: School, moderator: Client) -> None:
    form = AdminForm(moderator, f"/admin/pages/{school.funding.pk}/edit/")
    form["grants-0-funder_ror_id"] = "03zttf063"
    form.save("action-publish")
    assert FundingPage.objects.get().grants.get().funder_ror_id == "https://ror.org/03zttf063"


def test_the_note_to_the_editors_stands_above_the_form(school: School, editor: Client) -> None:
    for page in school.pages.values():
        form = AdminForm(editor, f"/admin/pages/{page.pk}/edit/").form
        # Its own field further down holds it too; here it is read above the first field.
        title = str(form).index('name="title"')
        assert NOTE in str(form)[:title], f"The note is not shown on {page}."


def test_without_a_note_the_form_starts_with_the_title(school: School, editor: Client) -> None:
    form = AdminForm(editor, f"/admin/pages/{school.other_course.pk}/edit/")
    assert not form.form.select(".help-warning")


def test_visitors_and_partners_never_see_the_note(school: School, client: Client) -> None:
    for address, page in school.pages.items():
        assert NOTE not in client.get(address).text
        assert NOTE not in client.get(f"/api/v2/pages/{page.pk}/?fields=*").text
    assert NOTE not in client.get("/api/v2/pages/?fields=*").text
    response = client.get("/api/v2/pages/?type=courses.CoursePage&fields=editorial_note")
    assert response.status_code == 400


def test_a_course_without_a_language_cannot_be_saved(school: School, moderator: Client) -> None:
    form = AdminForm(moderator, f"/admin/pages/{school.other_course.pk}/edit/")
    form.untick("taught_in_english")
    response = form.press("action-publish")
    assert response.status_code == 200
    assert CoursePage.objects.get(pk=school.other_course.pk).taught_in_english
