"""What is not published, or not for everybody, is nowhere to be seen."""

from collections.abc import Callable

import pytest
from django.test import Client
from wagtail.fields import RichTextField
from wagtail.models import Collection, CollectionViewRestriction, Page

from cms.blocks import StoryBlock
from cms.blocks.stored import content_fields
from tests.admin_forms import AdminForm
from tests.factories import (
    ContentPageFactory,
    CoursePageFactory,
    CourseSessionFactory,
    make_private,
)
from tests.html import one, read, words
from tests.school import ADDRESSES, School
from tests.story import story

HIDDEN = "Nobody may know about this"
SECRET_FILE = "For the board alone"


def _unpublish(page: Page) -> None:
    page.unpublish()


HIDE: list[Callable[[Page], object]] = [
    _unpublish,
    lambda page: make_private(page, "login"),
    lambda page: make_private(page, "password"),
    lambda page: make_private(page, "groups"),
]
WAYS = ["unpublished", "for members", "with a password", "for a group"]


@pytest.mark.parametrize("hide", HIDE, ids=WAYS)
def test_a_hidden_course_is_on_no_page(
    hide: Callable[[Page], object], school: School, client: Client
) -> None:
    hidden = school.other_course
    hidden.title = hidden.draft_title = hidden.summary = HIDDEN
    hidden.sessions = [CourseSessionFactory.build(location=HIDDEN)]
    hidden.save()
    school.contact.body = story(school)
    school.contact.save()
    seen = [address for address in ADDRESSES if HIDDEN in client.get(address).text]
    assert set(seen) == {"/", "/courses/", "/courses/gmp/", "/contact/"}

    hide(hidden)
    seen = [address for address in ADDRESSES if HIDDEN in client.get(address).text]
    assert not seen
    assert HIDDEN not in client.get("/courses/cells/").text


@pytest.mark.parametrize("hide", HIDE, ids=WAYS)
def test_a_hidden_page_about_the_school_is_on_no_page(
    hide: Callable[[Page], object], school: School, client: Client
) -> None:
    school.vision.title = school.vision.draft_title = HIDDEN
    school.vision.summary = school.vision.statement = HIDDEN
    school.vision.save()
    seen = [address for address in ADDRESSES if HIDDEN in client.get(address).text]
    assert set(seen) == {"/about/", "/about/vision/", "/about/mission/", "/about/funding/"}

    hide(school.vision)
    seen = [address for address in ADDRESSES if HIDDEN in client.get(address).text]
    assert not seen
    assert HIDDEN not in client.get("/sitemap.xml").text


def test_a_hidden_course_list_hides_its_courses(school: School, client: Client) -> None:
    make_private(school.index)
    home = one(read(client, "/"), "main")
    assert "Good manufacturing practice" not in words(home)
    assert client.get("/courses/gmp/").status_code == 302
    assert not read(client, "/").select("body > header nav a[href='/courses/']")


def test_an_unpublished_page_is_not_found(school: School, client: Client) -> None:
    school.contact.unpublish()
    assert client.get("/contact/").status_code == 404


def test_links_to_unpublished_pages_are_not_rendered(school: School, client: Client) -> None:
    school.home.body = [
        (
            "call_to_action",
            {
                "heading": "Find your course",
                "text": "",
                "link": {"label": "To the courses", "page": school.index, "url": ""},
            },
        )
    ]
    school.home.save()
    before = words(one(read(client, "/"), "main"))
    assert "All courses here" in before
    assert "To the courses" in before
    assert "Write to us" in words(one(read(client, "/about/"), ".audiences"))

    school.index.unpublish()
    school.contact.unpublish()
    home = one(read(client, "/"), "main")
    assert "All courses here" not in words(home)
    assert "To the courses" not in words(home)
    assert "The research council" in words(home)
    assert not home.select("a[href='/courses/'], a[href=''], a:not([href])")
    assert "Write to us" not in words(one(read(client, "/about/"), ".audiences"))


def test_links_to_deleted_pages_are_not_rendered(school: School, client: Client) -> None:
    Page.objects.get(pk=school.contact.pk).delete()
    audiences = one(read(client, "/about/"), ".audiences")
    assert "Doctoral students" in words(audiences)
    assert "Write to us" not in words(audiences)


def test_a_page_below_an_unpublished_one_does_not_name_it(school: School, client: Client) -> None:
    school.about.title = school.about.draft_title = HIDDEN
    school.about.save()
    school.about.unpublish()
    response = client.get("/about/vision/")
    assert response.status_code == 200
    assert HIDDEN not in response.text


def test_a_page_can_be_read_once_the_visitor_is_let_in(school: School, client: Client) -> None:
    make_private(school.contact, "password")
    asked = client.get("/contact/")
    assert "Write to us." not in asked.text
    restriction = school.contact.view_restrictions.get()
    address = f"/_util/authenticate_with_password/{restriction.pk}/{school.contact.pk}/"
    response = client.post(address, {"password": "open sesame", "return_url": "/contact/"})
    assert response.status_code == 302
    assert "Write to us." in words(read(client, "/contact/"))


def test_what_editors_have_not_published_yet_is_not_shown(school: School, client: Client) -> None:
    school.contact.lead = HIDDEN
    school.contact.save_revision()
    ContentPageFactory(parent=school.home, title=HIDDEN, slug="new", live=False)
    CoursePageFactory(
        parent=school.index,
        title=HIDDEN,
        slug="new",
        live=False,
        sessions=[CourseSessionFactory.build()],
    )
    assert not [address for address in ADDRESSES if HIDDEN in client.get(address).text]
    assert client.get("/new/").status_code == 404
    assert client.get("/courses/new/").status_code == 404


@pytest.mark.parametrize("hide", [*HIDE, lambda page: page.delete()], ids=[*WAYS, "deleted"])
def test_nothing_on_a_page_leads_to_what_is_hidden(
    hide: Callable[[Page], object], school: School, client: Client, moderator: Client
) -> None:
    plans = ContentPageFactory(parent=school.home, title=HIDDEN, slug="plans-of-the-board")
    shown = (plans.url, SECRET_FILE, "/documents/", "/media/images/", ".webp")
    _fill_with_links(school, plans)
    addresses = [*ADDRESSES, *(f"/api/v2/pages/{p.pk}/?fields=*" for p in school.pages.values())]
    for address in addresses:
        assert any(word in client.get(address).text for word in shown), address

    hide(plans)
    collection = Collection.get_first_root_node().add_child(name="The board")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    for file in (school.image, school.document):
        file.collection = collection
        file.save()
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        assert not [word for word in (*shown, HIDDEN) if word in response.text], address
    assert "Read the plans and the file" in words(one(read(client, "/contact/"), "main"))

    address = f"/admin/pages/{school.contact.pk}/edit/"
    moderator.post(address, AdminForm(moderator, address).fields | {"action-publish": "1"})
    told = words(read(moderator, address))
    is_there = Page.objects.filter(pk=plans.pk).exists()
    hidden = "A link leads to a page that visitors cannot read"
    assert (hidden if is_there else "(page) no longer exists.") in told
    assert "A document is in a private collection" in told
    assert "An image is in a private collection" in told


def _fill_with_links(school: School, page: Page) -> None:
    """Let every field and block that can lead somewhere lead to `page` and to a file."""
    school.image.title = school.image.credit = school.document.title = SECRET_FILE
    school.image.save()
    school.document.save()
    school.university.logo = school.image
    school.university.save()
    linked = (
        f'<p>Read <a linktype="page" id="{page.pk}">the plans</a> and '
        f'<a linktype="document" id="{school.document.pk}">the file</a>.</p>'
    )
    link = {"label": "The plans", "page": page, "url": ""}
    columns = [{"type": "rich_text", "heading": "Where"}]
    table = {"caption": "Links", "columns": columns, "rows": [{"values": [linked]}]}
    documents = [{"document": school.document, "label": ""}]
    body = [
        *story(school),
        ("paragraph", linked),
        ("accordion", {"items": [{"question": "Where?", "answer": linked}]}),
        ("table", StoryBlock().child_blocks["table"].to_python(table)),
        ("documents", {"heading": "", "documents": documents}),
        ("call_to_action", {"heading": "Read on", "text": "", "link": link}),
    ]
    school.home.calls_to_action = [("link", link)]
    audience = {"name": "Students", "description": "Courses.", "link": link}
    school.about.audiences = [("audience", audience)]
    for holder in school.pages.values():
        holder.refresh_from_db(fields=["numchild"])
        for field in content_fields(type(holder)):
            if isinstance(field, RichTextField):
                setattr(holder, field.name, linked)
            elif field.name == "body":
                setattr(holder, field.name, body)
        holder.save()
