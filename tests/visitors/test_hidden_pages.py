"""What is not published, or not for everybody, is nowhere to be seen."""

from collections.abc import Callable

import pytest
from django.test import Client
from wagtail.models import Page

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
