"""Editors see what they are about to publish."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.blocks import Block
from wagtail.models import Page

from about.blocks import AudiencesBlock
from about.models import AboutPage
from cms.blocks import CallsToActionBlock
from home.models import ContentPage, HomePage
from tests.admin_forms import AdminForm
from tests.factories import (
    AboutPageFactory,
    CourseIndexPageFactory,
    CourseSessionFactory,
    UniversityFactory,
)
from tests.html import one, parse, read, words
from tests.school import ADDRESSES, School

BLOCKS: dict[str, Block] = {
    **ContentPage.body.field.stream_block.child_blocks,
    **AboutPage.audiences.field.stream_block.child_blocks,
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_previewed_with_what_has_not_been_saved(
    address: str, school: School, editor: Client, client: Client
) -> None:
    page = school.pages[address]
    form = AdminForm(editor, f"/admin/pages/{page.pk}/edit/")
    form["headline" if address == "/" else "title"] = "Not saved yet"
    preview = f"/admin/pages/{page.pk}/edit/preview/"
    assert editor.post(preview, form.fields).json() == {"is_valid": True, "is_available": True}
    document = read(editor, f"{preview}?mode=")
    assert words(one(document, "h1")) == "Not saved yet"
    assert words(one(read(client, address), "h1")) != "Not saved yet"


@pytest.mark.parametrize(
    ("kind", "required"),
    [
        ("home/homepage", {"headline": "Not saved yet"}),
        ("about/aboutpage", {}),
        ("about/visionpage", {"statement": "One sentence."}),
        ("about/missionpage", {"statement": "One sentence."}),
        ("about/fundingpage", {}),
        ("courses/courseindexpage", {}),
        ("courses/coursepage", {}),
        ("home/contentpage", {}),
    ],
)
def test_a_new_page_is_previewed_before_it_exists(
    kind: str, required: dict[str, str], home: HomePage, editor: Client
) -> None:
    parent = _parent_for(kind, home)
    address = f"/admin/pages/add/{kind}/{parent.pk}/"
    form = AdminForm(editor, address)
    form["title"] = "Not saved yet"
    for name, value in required.items():
        form[name] = value
    if kind == "courses/coursepage":
        form["host"] = str(UniversityFactory.create().pk)
    count = Page.objects.count()
    response = editor.post(f"{address}preview/", form.fields)
    assert response.json() == {"is_valid": True, "is_available": True}
    assert words(one(read(editor, f"{address}preview/?mode="), "h1")) == "Not saved yet"
    assert Page.objects.count() == count


def test_a_new_course_is_previewed_with_its_unsaved_sessions_and_grants_too(
    home: HomePage, editor: Client
) -> None:
    address = f"/admin/pages/add/courses/coursepage/{_parent_for('courses/coursepage', home).pk}/"
    form = AdminForm(editor, address)
    form["title"] = "A new course"
    form["host"] = str(UniversityFactory.create(name="Lund University").pk)
    form.add("sessions", start_date="2026-10-05", location="BMC, Lund")
    form.add("people", name="Bo Ek")
    editor.post(f"{address}preview/", form.fields)
    text = words(one(read(editor, f"{address}preview/?mode="), "main"))
    for expected in ("5 October 2026", "BMC, Lund", "Bo Ek", "Lund University"):
        assert expected in text

    address = f"/admin/pages/add/about/fundingpage/{_parent_for('about/fundingpage', home).pk}/"
    form = AdminForm(editor, address)
    form["title"] = "A new grant"
    form.add("grants", funder_name="Vinnova", amount="1000000", first_year="2026", last_year="2027")
    editor.post(f"{address}preview/", form.fields)
    text = words(one(read(editor, f"{address}preview/?mode="), "main"))
    assert "Vinnova" in text
    assert "1,000,000 SEK" in text


def test_a_preview_is_for_editors_only(school: School, client: Client) -> None:
    response = client.get(f"/admin/pages/{school.vision.pk}/edit/preview/")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("name", BLOCKS)
def test_every_block_says_what_it_is_for_and_shows_itself(
    name: str, school: School, editor: Client
) -> None:
    block = BLOCKS[name]
    assert block.meta.icon not in {"", "placeholder"}
    assert str(block.label).strip()
    assert len(str(block.meta.description).split()) >= 3
    assert block.is_previewable
    # A course that starts next, for the block that lists them.
    school.other_course.sessions = [CourseSessionFactory.build()]
    school.other_course.save()

    address = reverse("wagtailadmin_block_preview")
    document = parse(editor.get(address, {"id": block.definition_prefix}))
    shown = one(document, ".flow.prose")
    assert words(shown) or shown.select("img"), "The preview is empty."
    assert not shown.select("a[href='']")


@pytest.mark.parametrize("name", BLOCKS)
def test_every_block_is_previewed_on_a_site_that_has_nothing_yet(
    name: str, home: HomePage, editor: Client
) -> None:
    address = reverse("wagtailadmin_block_preview")
    response = editor.get(address, {"id": BLOCKS[name].definition_prefix})
    assert response.status_code == 200


def test_every_part_of_every_block_has_a_label() -> None:
    for stream in (ContentPage.body.field.stream_block, AudiencesBlock(), CallsToActionBlock()):
        for block in _with_parts(stream):
            assert str(block.label).strip(), block


def _with_parts(block: Block) -> list[Block]:
    parts = list(getattr(block, "child_blocks", {}).values())
    if hasattr(block, "child_block"):
        parts.append(block.child_block)
    return [*parts, *(inner for part in parts for inner in _with_parts(part))]


def _parent_for(kind: str, home: HomePage) -> Page:
    match kind:
        case "home/homepage":
            # There is one in each language; a new one needs a place.
            home.get_translations().first().delete()
            return home.get_parent()
        case "about/visionpage" | "about/missionpage" | "about/fundingpage":
            return AboutPageFactory(parent=home)
        case "courses/coursepage":
            return CourseIndexPageFactory(parent=home)
    return home
