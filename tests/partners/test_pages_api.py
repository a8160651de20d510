"""Partner sites pull the school's pages as data: all that is public, nothing that is not."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from django.test import Client
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, get_page_models

from cms.pages.base import BasePage
from home.models import HomePage
from tests.factories import ContentPageFactory, CourseSessionFactory, make_private
from tests.html import read_json
from tests.school import ADDRESSES, School

if TYPE_CHECKING:
    from django.db.models import Model

PAGES = "/api/v2/pages/"
HIDDEN = "Zebrafish"

BASE = {"id", "meta", "title", "summary", "social_image", "last_published_at"}
FIELDS = {
    "/": {"headline", "lead", "hero_image", "calls_to_action", "body"},
    "/about/": {"lead", "body", "audiences_heading", "audiences", "partners"},
    "/about/vision/": {"statement", "body"},
    "/about/mission/": {"statement", "body"},
    "/about/funding/": {"body", "grants", "funded_items"},
    "/courses/": {"introduction"},
    "/courses/gmp/": {
        "code", "credits", "cycle", "taught_in_english", "taught_in_swedish", "host",
        "co_organisers", "stages", "audience", "entry_requirements", "learning_outcomes", "body",
        "examination", "syllabus", "application_url", "how_to_apply", "sessions", "people",
    },
    "/contact/": {"lead", "body"},
}  # fmt: skip
CHILD_FIELDS = {
    "grants": {
        "funder_name", "funder_name_sv", "funder_ror_id", "funder_website", "amount", "currency",
        "first_year", "last_year", "reference_number",
    },
    "funded_items": {"label", "note", "amount", "currency", "amount_per"},
    "sessions": {
        "translation_key", "start_date", "end_date", "application_opens", "application_closes",
        "location", "mode", "workload", "places", "application_url", "state", "note",
        "time_status", "application_status",
    },
    "people": {"name", "role", "email", "university", "website"},
}  # fmt: skip
OURS = [model for model in get_page_models() if issubclass(model, BasePage)]
# Bookkeeping, and what is for the staff alone.
NOT_FOR_PARTNERS = {
    "page_ptr",
    "editorial_note",
    "words_digest",
    "translated_digest",
    "translated_at",
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_is_there_with_every_field(address: str, school: School, client: Client) -> None:
    data = read_json(client, f"{PAGES}{school.pages[address].pk}/")
    assert data.keys() >= BASE | FIELDS[address]
    empty = [name for name in FIELDS[address] if data[name] in (None, "", [], {})]
    assert not empty
    assert data["meta"]["html_url"] == f"http://testserver{address}"
    for name, fields in CHILD_FIELDS.items():
        for child in data.get(name, []):
            assert child.keys() >= fields


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_whatever_editors_fill_in_is_for_partners_too(model: type[BasePage]) -> None:
    own = {
        field.name
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if field.name not in NOT_FOR_PARTNERS
    }
    own |= {relation.get_accessor_name() for relation in get_all_child_relations(model)} - {
        "aliases", "comments", "wagtail_admin_comments",
    }  # fmt: skip
    assert own - {field.name for field in model.api_fields} == set()


def test_the_list_has_every_public_page(school: School, client: Client) -> None:
    data = read_json(client, PAGES)
    expected = {page.pk for page in school.pages.values()} | {school.other_course.pk}
    assert {item["id"] for item in data["items"]} == expected
    assert data["meta"]["total_count"] == len(expected)


def test_the_schools_funding_is_data(school: School, client: Client) -> None:
    data = read_json(client, f"{PAGES}?type=about.FundingPage&fields=*")
    (page,) = data["items"]
    (grant,) = page["grants"]
    assert (
        grant.items()
        >= {
            "funder_name": "Swedish Research Council",
            "funder_name_sv": "Vetenskapsrådet",
            "funder_ror_id": "https://ror.org/03zttf063",
            "funder_website": "https://www.vr.se",
            "amount": "46000000.00",
            "currency": "SEK",
            "first_year": 2023,
            "last_year": 2027,
            "reference_number": "2023-12345",
        }.items()
    )
    (item,) = page["funded_items"]
    assert (
        item.items()
        >= {
            "label": "Salaries of students",
            "note": "In every round.",
            "amount": "1500000.00",
            "currency": "SEK",
            "amount_per": "project application",
        }.items()
    )


def test_a_course_is_data(school: School, client: Client) -> None:
    data = read_json(client, f"{PAGES}{school.course.pk}/")
    assert (
        data.items()
        >= {
            "code": "MED901",
            "credits": "7.5",
            "cycle": "third",
            "taught_in_english": True,
            "taught_in_swedish": True,
            "application_url": "https://apply.example.org/gmp",
        }.items()
    )
    autumn, last_year = data["sessions"]
    assert (
        autumn.items()
        >= {
            "start_date": "2026-11-02",
            "end_date": "2026-11-13",
            "application_opens": "2026-09-01",
            "application_closes": "2026-10-01",
            "location": "BMC, Lund",
            "mode": "on_site",
            "workload": "Full time",
            "places": 20,
            "state": "confirmed",
            "note": "Bring a laptop.",
            "time_status": "upcoming",
            "application_status": "open",
        }.items()
    )
    assert (last_year["time_status"], last_year["application_status"]) == ("past", "closed")
    (teacher,) = data["people"]
    assert (teacher["name"], teacher["email"]) == ("Alva Lindqvist", "alva@example.org")


def test_universities_and_stages_of_a_course_can_be_told_apart(
    school: School, client: Client
) -> None:
    fields = "host(name,name_sv,short_name,ror_id),co_organisers(name),stages(slug,name)"
    data = read_json(client, f"{PAGES}{school.course.pk}/?fields={fields}")
    assert (
        data["host"].items()
        >= {
            "name": "Lund University",
            "name_sv": "Lunds universitet",
            "short_name": "LU",
            "ror_id": "https://ror.org/012a77v79",
        }.items()
    )
    assert [university["name"] for university in data["co_organisers"]] == ["Umeå University"]
    assert [stage["slug"] for stage in data["stages"]] == ["manufacturing"]


def _unpublish(page: Page) -> None:
    page.unpublish()


HIDE: dict[str, Callable[[Page], object]] = {
    "unpublished": _unpublish,
    "for members": lambda page: make_private(page, "login"),
    "with a password": lambda page: make_private(page, "password"),
    "for a group": lambda page: make_private(page, "groups"),
}


def _questions(school: School) -> Iterator[str]:
    """Yield every way to ask the API for pages in which the hidden course could turn up."""
    hidden, index = school.other_course.pk, school.index.pk
    yield PAGES
    yield f"{PAGES}?fields=*"
    yield f"{PAGES}?limit=100&offset=0"
    yield f"{PAGES}?type=courses.CoursePage&fields=*"
    yield f"{PAGES}?type=courses.CoursePage,home.ContentPage"
    yield f"{PAGES}?child_of={index}"
    yield f"{PAGES}?child_of=root"
    yield f"{PAGES}?descendant_of={index}&fields=*"
    yield f"{PAGES}?descendant_of=root&type=courses.CoursePage"
    yield f"{PAGES}?ancestor_of={school.course.pk}&fields=*"
    yield f"{PAGES}?order=title"
    yield f"{PAGES}?order=-title&type=courses.CoursePage"
    yield f"{PAGES}?order=random"
    yield f"{PAGES}?slug=cells"
    yield f"{PAGES}?title={HIDDEN}"
    yield f"{PAGES}?id={hidden}"
    yield f"{PAGES}?search={HIDDEN}"
    yield f"{PAGES}?search={HIDDEN}&type=courses.CoursePage&fields=*"
    yield f"{PAGES}?locale=en"
    yield f"{PAGES}?translation_of={hidden}"
    yield f"{PAGES}{hidden}/"
    yield f"{PAGES}{hidden}/?fields=*"
    yield f"{PAGES}{school.course.pk}/?fields=*"
    yield f"{PAGES}{school.course.pk}/?fields=parent(*)"
    yield f"{PAGES}find/?html_path=/courses/cells/"
    yield f"{PAGES}find/?id={hidden}"


@pytest.fixture
def with_a_secret(school: School) -> School:
    """A school whose other course can be recognised by its words wherever it turns up."""
    course = school.other_course
    course.title = course.draft_title = course.summary = HIDDEN
    course.sessions = [CourseSessionFactory.build(location=HIDDEN)]
    course.save()
    return school


def test_the_questions_would_find_the_course_if_it_were_public(
    with_a_secret: School, client: Client
) -> None:
    found = [
        HIDDEN in client.get(question, follow=True).text for question in _questions(with_a_secret)
    ]
    assert found.count(True) > len(found) / 2


@pytest.mark.parametrize("way", HIDE)
def test_a_hidden_course_is_in_no_response(way: str, with_a_secret: School, client: Client) -> None:
    HIDE[way](with_a_secret.other_course)
    hidden = with_a_secret.other_course.pk
    for question in _questions(with_a_secret):
        response = client.get(question, follow=True)
        assert response.status_code in {200, 400, 404}, question
        assert HIDDEN not in response.text, question
        if "items" in (data := response.json()):
            assert hidden not in {item["id"] for item in data["items"]}, question
    assert client.get(f"{PAGES}{hidden}/").status_code == 404


@pytest.mark.parametrize("way", ["for members", "with a password", "for a group"])
def test_what_is_below_a_private_page_is_private(
    way: str, with_a_secret: School, client: Client
) -> None:
    HIDE[way](with_a_secret.index)
    for question in _questions(with_a_secret):
        assert HIDDEN not in client.get(question, follow=True).text, question
    for page in (with_a_secret.index, with_a_secret.course, with_a_secret.other_course):
        assert client.get(f"{PAGES}{page.pk}/").status_code == 404
        assert client.get(f"{PAGES}?child_of={page.pk}").status_code in {400, 404}


def test_a_new_draft_is_in_no_response(school: School, client: Client) -> None:
    draft = ContentPageFactory(parent=school.home, title=HIDDEN, slug="draft", live=False)
    for question in (
        PAGES,
        f"{PAGES}?search={HIDDEN}",
        f"{PAGES}?child_of={school.home.pk}",
        f"{PAGES}{draft.pk}/",
        f"{PAGES}find/?html_path=/draft/",
    ):
        assert HIDDEN not in client.get(question, follow=True).text, question


def test_a_change_that_is_not_published_is_in_no_response(school: School, client: Client) -> None:
    school.contact.title = school.contact.lead = HIDDEN
    school.contact.save_revision()
    for question in (f"{PAGES}?fields=*", f"{PAGES}{school.contact.pk}/?fields=*"):
        assert HIDDEN not in client.get(question).text


def test_a_page_below_an_unpublished_one_does_not_name_it(school: School, client: Client) -> None:
    school.about.title = school.about.draft_title = HIDDEN
    school.about.save()
    school.about.unpublish()
    response = client.get(f"{PAGES}{school.vision.pk}/?fields=*")
    assert response.status_code == 200
    assert HIDDEN not in response.text


def test_logging_in_shows_no_more(school: School, editor: Client) -> None:
    make_private(school.contact)
    school.vision.unpublish()
    for page in (school.contact, school.vision):
        assert editor.get(f"{PAGES}{page.pk}/").status_code == 404
    found = {item["id"] for item in read_json(editor, PAGES)["items"]}
    assert not found & {school.contact.pk, school.vision.pk}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_changed(method: str, school: School, editor: Client) -> None:
    for address in (PAGES, f"{PAGES}{school.vision.pk}/"):
        # A refusal ends the transaction it happens in; the test goes on in its own.
        with transaction.atomic():
            response = getattr(editor, method)(address, {}, content_type="application/json")
        assert response.status_code in {403, 405}
    assert Page.objects.filter(pk=school.vision.pk, live=True).exists()


def test_the_site_is_there_for_partners_before_anything_is_written(
    home: HomePage, client: Client
) -> None:
    (item,) = read_json(client, PAGES)["items"]
    assert item["id"] == home.pk


def test_lists_are_cut_into_portions_of_at_most_a_hundred(school: School, client: Client) -> None:
    assert len(read_json(client, f"{PAGES}?limit=2")["items"]) == 2
    response = client.get(f"{PAGES}?limit=101")
    assert response.status_code == 400
    assert "100" in response.text


@pytest.mark.parametrize("collection", ["images", "documents"])
def test_images_and_documents_are_listed(collection: str, school: School, client: Client) -> None:
    data: dict[str, Any] = read_json(client, f"/api/v2/{collection}/?fields=*")
    expected: Model = school.image if collection == "images" else school.document
    (item,) = data["items"]
    assert item["id"] == expected.pk
    if collection == "images":
        assert item["credit"] == "A. Photographer"
