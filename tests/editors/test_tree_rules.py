"""Staff cannot build a tree that the site does not know how to show."""

import pytest
from django.test import Client
from wagtail.models import Page

from home.models import HomePage
from tests.admin_forms import AdminForm, errors_beside
from tests.factories import (
    AboutPageFactory,
    ContentPageFactory,
    CourseIndexPageFactory,
    FundingPageFactory,
    MissionPageFactory,
    VisionPageFactory,
)
from tests.html import Response
from tests.school import School

TYPES = {
    "home": "home/homepage",
    "about": "about/aboutpage",
    "vision": "about/visionpage",
    "mission": "about/missionpage",
    "funding": "about/fundingpage",
    "index": "courses/courseindexpage",
    "course": "courses/coursepage",
    "contact": "home/contentpage",
}
MAY_HAVE = {
    "root": {"home"},
    "home": {"about", "index", "contact"},
    "about": {"vision", "mission", "funding", "contact"},
    "index": {"course"},
    "vision": set(),
    "mission": set(),
    "funding": set(),
    "course": set(),
    "contact": set(),
}
ONE_PER_PARENT = {"about", "vision", "mission", "funding", "index"}


@pytest.fixture
def bare_parents(home: HomePage) -> dict[str, Page]:
    """A page of each type, none with a child that would be in another's way."""
    about = AboutPageFactory(parent=home)
    index = CourseIndexPageFactory(parent=home)
    return {"root": home.get_parent(), "home": home, "about": about, "index": index}


def _is_offered(client: Client, kind: str, parent: Page) -> bool:
    response = client.get(f"/admin/pages/add/{TYPES[kind]}/{parent.pk}/")
    assert response.status_code in {200, 302}
    if response.status_code == 302:
        assert response.headers["Location"] == "/admin/"
    return response.status_code == 200


@pytest.mark.parametrize("place", MAY_HAVE)
def test_pages_can_be_added_only_where_they_belong(
    place: str, school: School, moderator: Client
) -> None:
    parent = school.home.get_parent() if place == "root" else getattr(school, place)
    offered = {kind for kind in TYPES if _is_offered(moderator, kind, parent)}
    # The school has one of each already, so a second is refused where one is enough.
    assert offered == MAY_HAVE[place] - ONE_PER_PARENT - {"home"}


@pytest.mark.parametrize("place", ["home", "about", "index"])
def test_pages_can_be_added_where_they_are_missing(
    place: str, home: HomePage, moderator: Client
) -> None:
    parent: Page = home
    if place == "about":
        parent = AboutPageFactory(parent=home)
    elif place == "index":
        parent = CourseIndexPageFactory(parent=home)
    assert {kind for kind in TYPES if _is_offered(moderator, kind, parent)} == MAY_HAVE[place]


def test_there_is_at_most_one_home_page_for_each_language(
    home: HomePage, moderator: Client
) -> None:
    root = home.get_parent()
    assert not _is_offered(moderator, "home", root)
    HomePage.objects.get(locale__language_code="sv").delete()
    assert _is_offered(moderator, "home", root)


def test_a_second_about_page_is_refused_even_when_its_form_was_open(
    home: HomePage, moderator: Client
) -> None:
    form = AdminForm(moderator, f"/admin/pages/add/about/aboutpage/{home.pk}/")
    AboutPageFactory(parent=home)
    form["title"] = "Another about page"
    form["slug"] = "another"
    response = form.press("action-publish")
    assert response.status_code == 403
    assert not Page.objects.filter(slug="another").exists()


def test_pages_can_be_moved_only_where_they_belong(school: School, moderator: Client) -> None:
    places = {name: getattr(school, name) for name in MAY_HAVE if name != "root"}
    second_index_home = {"home": school.home.get_parent(), **places}
    for name, page in places.items():
        if name == "home":
            continue
        before = page.get_parent().pk
        for place, destination in second_index_home.items():
            if destination.pk in {page.pk, before}:
                continue
            moderator.post(f"/admin/pages/{page.pk}/move/{destination.pk}/confirm/")
            allowed = name in MAY_HAVE[place]
            after = Page.objects.get(pk=page.pk).get_parent().pk
            assert (after == destination.pk) is allowed, f"{name} under {place}"
            assert after in {before, destination.pk}
            if allowed:
                moderator.post(f"/admin/pages/{page.pk}/move/{before}/confirm/")
                assert Page.objects.get(pk=page.pk).get_parent().pk == before


@pytest.mark.parametrize(
    ("page", "destination"),
    [
        ("about", "home"),
        ("index", "home"),
        ("vision", "about"),
        ("mission", "about"),
        ("funding", "about"),
        ("vision", "home"),
        ("course", "about"),
        ("course", "home"),
        ("contact", "index"),
        ("contact", "contact"),
        ("about", "index"),
    ],
)
def test_pages_cannot_be_copied_where_they_do_not_belong(
    page: str, destination: str, school: School, moderator: Client
) -> None:
    source, target = getattr(school, page), getattr(school, destination)
    count = Page.objects.count()
    response = _copy(moderator, source, target)
    assert "permission to copy" in errors_beside(response, "new_parent_page")
    assert Page.objects.count() == count


@pytest.mark.parametrize(
    ("page", "destination"), [("course", "index"), ("contact", "home"), ("contact", "about")]
)
def test_pages_can_be_copied_where_they_belong(
    page: str, destination: str, school: School, moderator: Client
) -> None:
    response = _copy(moderator, getattr(school, page), getattr(school, destination))
    assert response.status_code == 302
    copy = Page.objects.get(slug="a-copy")
    assert copy.get_parent().pk == getattr(school, destination).pk


def test_deleted_pages_make_room_again(school: School, moderator: Client) -> None:
    assert not _is_offered(moderator, "vision", school.about)
    moderator.post(f"/admin/pages/{school.vision.pk}/delete/")
    assert _is_offered(moderator, "vision", school.about)


def test_only_pages_that_fit_are_offered_as_the_type_of_a_new_page(
    bare_parents: dict[str, Page], moderator: Client
) -> None:
    about = bare_parents["about"]
    for factory in (VisionPageFactory, MissionPageFactory, FundingPageFactory):
        factory(parent=about)
    ContentPageFactory(parent=about, title="People")
    response = moderator.get(f"/admin/pages/{about.pk}/add_subpage/")
    # One type is left: the form for it opens at once.
    assert response.status_code == 302
    assert response.headers["Location"] == f"/admin/pages/add/home/contentpage/{about.pk}/"


def _copy(client: Client, page: Page, destination: Page) -> Response:
    return client.post(
        f"/admin/pages/{page.pk}/copy/",
        {
            "new_title": "A copy",
            "new_slug": "a-copy",
            "new_parent_page": str(destination.pk),
            "copy_subpages": "",
        },
    )
