"""A translation is out of date when words have changed, and not because a page was saved."""

import json
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from cms.pages.base import BasePage
from cms.translations.translatable_fields import words_digest
from courses.models import CoursePage
from home.models import ContentPage
from tests.admin_forms import AdminForm
from tests.html import links, one, read
from tests.school import School
from tests.story import story

# A page asks the database for its content type, even one that is never saved.
pytestmark = pytest.mark.django_db


def outdated(client: Client) -> set[str]:
    """Return the reviews that the report of outdated translations leads to."""
    found = links(one(read(client, "/admin/translations/"), "main"))
    return {address for address in found if address.endswith("/review/")}


@pytest.mark.usefixtures("sample_courses")
def test_saving_what_the_loaders_made_makes_no_translation_outdated(administrator: Client) -> None:
    translated = Page.objects.filter(locale__language_code="sv").values("translation_key")
    pages = Page.objects.filter(locale__language_code="en", translation_key__in=translated)
    kinds = {page.specific_class: page.pk for page in pages.select_related("content_type")}
    assert set(kinds) >= {kind for kind in BasePage.__subclasses__() if not kind._meta.abstract}
    for kind, pk in kinds.items():
        form = AdminForm(administrator, f"/admin/pages/{pk}/edit/")
        before = kind.objects.get(pk=pk)
        if kind is CoursePage:
            form["credits"] = "12"
            form["sessions-0-places"] = "7"
        form.save("action-publish")
        after = kind.objects.get(pk=pk)
        assert after.live_revision_id != before.live_revision_id, kind
        assert after.words_digest == before.words_digest, kind
    assert outdated(administrator) == set()


def test_saving_every_block_and_choosing_pictures_makes_no_translation_outdated(
    school: School, swedish_pages: dict[str, Page], administrator: Client
) -> None:
    # Stored without keys and ids, as code does.
    school.contact.body = story(school)
    school.contact.lead = "First line.\nSecond line."
    school.contact.save_revision().publish()
    review = f"/admin/translations/{swedish_pages['contact'].pk}/review/"
    assert outdated(administrator) == {review}
    administrator.post(review)
    form = AdminForm(administrator, f"/admin/pages/{school.contact.pk}/edit/")
    form["social_image"] = ""
    form["lead"] = "First line.\r\nSecond line."
    form.save("action-publish")
    assert "data-block-key" in str(ContentPage.objects.get(pk=school.contact.pk).body.raw_data[2])
    assert outdated(administrator) == set()


BODY: list[tuple[str, Any]] = [
    ("heading", {"text": "Why", "level": "h2"}),
    ("paragraph", '<p>Cells &amp; <b>genes</b>.</p><p>See <a href="https://a.se">the law</a>.</p>'),
    ("accordion", {"items": [{"question": "Who?", "answer": "<p>You.</p>"}]}),
    ("video", {"url": "https://vimeo.com/1", "title": "In brief", "description": ""}),
    (
        "table",
        {
            "caption": "Credits",
            "columns": [{"type": "text", "heading": "Part"}],
            "rows": [{"values": ["Laboratory"]}],
        },
    ),
]


def _page(old: str = "", new: str = "", **values: Any) -> ContentPage:
    """Return a page with a body as it is stored, with something put in the place of another."""
    stored = json.dumps([{"type": kind, "value": value} for kind, value in BODY])
    assert old in stored
    body = ContentPage._meta.get_field("body").to_python(stored.replace(old, new))
    return ContentPage(**{"title": "ATMP", "lead": "A lead", "body": body, **values})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Why", "How"),
        ("genes", "tissues"),
        ("the law", "the rules"),
        ("Who?", "When?"),
        ("You.", "We."),
        ("In brief", "At length"),
        ("Credits", "Points"),
        ("Part", "Course"),
        ("Laboratory", "Seminar"),
    ],
)
def test_a_word_anywhere_is_a_word(old: str, new: str) -> None:
    assert words_digest(_page(old, new)) != words_digest(_page())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<p>", "<p data-block-key='a1b2c'>"),
        ("&amp;", "&#38;"),
        ("<b>genes</b>", "genes"),
        ("https://a.se", "https://b.se"),
        ("vimeo.com/1", "vimeo.com/2"),
        ("h2", "h3"),
        ("See ", "See \\u00a0"),
    ],
)
def test_what_a_reader_does_not_read_is_no_word(old: str, new: str) -> None:
    assert words_digest(_page(old, new)) == words_digest(_page())


def test_titles_and_leads_are_words() -> None:
    assert words_digest(_page(title="ATMPs")) != words_digest(_page())
    assert words_digest(_page(lead="Another")) != words_digest(_page())
    assert words_digest(_page(lead="A\r\n lead ")) == words_digest(_page())
