"""What is sent where an object is chosen, and names none, is refused beside its field."""

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.admin_forms import AdminForm, errors_beside, errors_in_block
from tests.school import School

if TYPE_CHECKING:
    from wagtail.models import Page

NO_KEYS = ["Lund", "9" * 30, "1.5", "²"]
CHOOSERS = {
    "course": (
        "host",
        "syllabus",
        "co_organisers",
        "people-0-university",
        "related_courses-0-course",
    ),
    "home": ("hero_image", "social_image"),
}
LINK = {"label": "Go", "page": "", "url": ""}
PERSON = {"name": "Alva", "role": "", "university": "", "email": "", "photo": ""}


@pytest.mark.parametrize("page", CHOOSERS)
def test_a_field_refuses_what_is_no_key(page: str, school: School, moderator: Client) -> None:
    where: Page = getattr(school, page)
    form = AdminForm(moderator, f"/admin/pages/{where.pk}/edit/")
    revisions = where.revisions.count()
    form["summary"] = "Typed before the mistake."
    for value in NO_KEYS:
        for name in CHOOSERS[page]:
            form[name] = value
        response = form.press("action-publish")
        for name in CHOOSERS[page]:
            assert "valid" in errors_beside(response, name), (name, value)
        assert "Typed before the mistake." in response.text
    assert where.revisions.count() == revisions


def _blocks(value: str) -> list[tuple[str, Any, str]]:
    link = LINK | {"page": value}
    person = {"value": PERSON | {"university": value}, "order": "0", "deleted": ""}
    photo = {"value": PERSON | {"photo": value}, "order": "0", "deleted": ""}
    document = {"value": {"document": value, "label": ""}, "order": "0", "deleted": ""}
    picture = {"image": value, "decorative": "on", "alt_text": ""}
    people = {"heading": "", "people": {"count": "1", "0": person}}
    return [
        ("call_to_action", {"heading": "Go", "text": "", "link": link}, "link.page"),
        ("people", people, "people.0.university"),
        ("people", people | {"people": {"count": "1", "0": photo}}, "people.0.photo"),
        ("documents", {"documents": {"count": "1", "0": document}}, "documents.0.document"),
        ("image", {"image": picture, "caption": ""}, "image.image"),
    ]


@pytest.mark.parametrize("value", ["Lund", "9" * 30, "999999"])
def test_a_block_refuses_what_names_no_object(
    value: str, school: School, moderator: Client
) -> None:
    form = AdminForm(moderator, f"/admin/pages/{school.contact.pk}/edit/")
    for kind, block, path in _blocks(value):
        form.stream("body", [(kind, block)])
        response = form.press("action-publish")
        assert errors_in_block(response, "body").get(f"0.{path}"), (kind, path)
    assert not school.contact.revisions.exists()
