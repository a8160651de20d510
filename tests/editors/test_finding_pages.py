"""Editors find a page by what stands on it, as visitors do."""

from django.test import Client

from tests.admin_forms import AdminForm
from tests.factories import CoursePageFactory, UniversityFactory
from tests.html import links, read, words
from tests.school import School

SEARCH = "/admin/pages/search/?q="


def test_the_admin_finds_pages_by_texts_hosts_funders_people_and_places(
    school: School, editor: Client
) -> None:
    course = CoursePageFactory(
        parent=school.index,
        title="Blood",
        slug="blood",
        audience="<p>Residents in haematology.</p>",
        body=[
            ("paragraph", "<p>Hands-on flow cytometry.</p>"),
            ("people", {"people": [{"name": "Bo Ek", "role": "Coordinator"}]}),
        ],
        examination="<p>A viva.</p>",
        host=UniversityFactory.create(name="University of Gothenburg", city_sv="Göteborg"),
    )
    expected = {
        course.pk: ("haematology", "haemat", "flow cytometry", "Bo Ek", "viva", "Göteborg"),
        school.course.pk: ("Lund", "LU", "Umeå University", "Alva Lindqvist", "BMC", "MED901"),
        school.funding.pk: ("Vetenskapsrådet", "Research Council", "Salaries of students"),
        school.about.pk: ("Umeå", "Doctoral students", "courses beyond the ordinary"),
    }
    for key, queries in expected.items():
        for query in queries:
            found = links(read(editor, SEARCH + query))
            assert f"/admin/pages/{key}/edit/" in found, query

    assert "1-2 of 2 pages" in words(read(editor, f"{SEARCH}Umeå University"))

    [below, chooser] = [
        f"/admin/pages/{school.index.pk}/?q=cytometry",
        "/admin/choose-page/search/?q=cytometry",
    ]
    assert f"/admin/pages/{course.pk}/edit/" in links(read(editor, below))
    assert "Blood" in editor.get(chooser).content.decode()


def test_what_was_written_last_is_found_and_what_it_replaced_is_not(
    school: School, moderator: Client, client: Client
) -> None:
    address = f"/admin/pages/{school.course.pk}/edit/"
    form = AdminForm(moderator, address)
    changed = {**form.fields, "people-0-name": "Bo Ek", "action-publish": "1"}
    moderator.post(address, changed)

    assert address in links(read(moderator, f"{SEARCH}Bo Ek"))
    assert address not in links(read(moderator, f"{SEARCH}Lindqvist"))
    assert "/courses/gmp/" in links(read(client, "/search/?q=Ek"))
