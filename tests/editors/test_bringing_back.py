"""Every version of a page can be brought back, also the one that the site began with."""

import json
from collections.abc import Iterable

import pytest
from django.test import Client
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from cms.pages.base import BasePage
from courses.models import RelatedCourse
from tests.admin_forms import AdminForm
from tests.factories import CoursePageFactory, UniversityFactory
from tests.html import read, words
from tests.school import School

# Fixtures that run the loaders.
BY_LOADERS = "sample_courses"


def reviewable(client: Client, page: Page) -> set[str]:
    """Return the addresses that the history of a page offers."""
    document = read(client, f"/admin/pages/{page.pk}/history/")
    return {str(link["href"]) for link in document.select("main td a[href]")}


def assert_nothing_is_missing(client: Client, pages: Iterable[BasePage]) -> None:
    for page in pages:
        offered = reviewable(client, page)
        versions = page.revisions.values_list("pk", flat=True)
        assert versions, page
        for version in versions:
            shown = f"/admin/pages/{page.pk}/revisions/{version}/view/"
            back = f"/admin/pages/{page.pk}/revisions/{version}/revert/"
            assert shown in offered, (page, version)
            assert (back in offered) == (version != page.latest_revision_id), (page, version)


@pytest.mark.usefixtures(BY_LOADERS)
def test_the_history_offers_every_version_that_the_loaders_made(administrator: Client) -> None:
    kinds = {
        (page.locale_id, page.specific_class): page.specific
        for page in Page.objects.filter(depth__gt=1).select_related("content_type")
    }
    assert len(kinds) > 12
    assert_nothing_is_missing(administrator, kinds.values())


@pytest.mark.usefixtures(BY_LOADERS)
@pytest.mark.parametrize(
    ("slug", "language", "field"),
    [("vision", "en", "statement"), ("privacy", "en", "lead"), ("uppdrag", "sv", "statement")],
)
def test_what_the_site_began_with_can_be_reviewed_compared_and_restored(
    slug: str, language: str, field: str, administrator: Client
) -> None:
    page = Page.objects.get(slug=slug, locale__language_code=language).specific
    first = page.latest_revision_id
    began_with = getattr(page, field)
    form = AdminForm(administrator, f"/admin/pages/{page.pk}/edit/")
    form[field] = "What somebody wrote by mistake."
    form.save()

    offered = reviewable(administrator, page)
    at = f"/admin/pages/{page.pk}/revisions"
    compared = f"{at}/compare/{first}...latest/"
    assert {f"{at}/{first}/revert/", compared} <= offered
    assert "by mistake" in words(read(administrator, compared))
    assert administrator.get(f"{at}/{first}/view/").status_code == 200
    restoring = AdminForm(administrator, f"{at}/{first}/revert/")
    assert restoring[field] == began_with
    restoring.address = f"/admin/pages/{page.pk}/edit/"
    restoring.save()
    latest = page.get_latest_revision_as_object()
    assert getattr(latest, field) == began_with
    assert_nothing_is_missing(administrator, [type(page).objects.get(pk=page.pk)])


def test_a_copy_can_go_back_to_what_it_was_copied_from(
    school: School, administrator: Client
) -> None:
    address = f"/admin/pages/{school.contact.pk}/copy/"
    form = AdminForm(administrator, address, selector=f"main form[action='{address}']")
    form["new_slug"] = "contact-2"
    form.save()
    copy = Page.objects.get(slug="contact-2").specific
    assert_nothing_is_missing(administrator, [copy])


@pytest.mark.parametrize("button", ["", "action-publish"], ids=["as a draft", "published"])
def test_a_version_comes_back_with_the_rows_removed_since(
    button: str, school: School, administrator: Client
) -> None:
    rows = {
        school.course: ("sessions", "people", "related_courses"),
        school.funding: ("grants", "funded_items"),
    }
    for page, names in rows.items():
        before = page.save_revision()
        before.publish()
        counts = {name: getattr(page, name).count() for name in names}
        assert all(counts.values())
        emptied = type(page).objects.get(pk=page.pk)
        for name in names:
            setattr(emptied, name, [])
        emptied.save_revision().publish()
        restoring = AdminForm(
            administrator, f"/admin/pages/{page.pk}/revisions/{before.pk}/revert/"
        )
        restoring.address = f"/admin/pages/{page.pk}/edit/"
        restoring.send(button)
        latest = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
        assert {name: getattr(latest, name).count() for name in names} == counts


def test_what_a_version_names_and_is_no_longer_there_is_named_to_who_brings_it_back(
    school: School, administrator: Client
) -> None:
    course = school.course
    school.other_course.save_revision().publish()
    secret = CoursePageFactory(parent=school.index, title="A secret", live=False)
    course.related_courses = [
        *course.related_courses.all(),
        RelatedCourse(course=secret, locale=course.locale),
    ]
    course.save()
    body = course.body.get_prep_value()
    people = {"heading": "", "people": [{"name": "B", "university": school.partner.pk}]}
    content = course.serializable_data() | {
        "body": json.dumps([*body, {"type": "people", "value": people}, {"type": "poll"}])
    }
    before = course.save_revision()
    Revision.objects.filter(pk=before.pk).update(content=content)
    course = type(course).objects.get(pk=course.pk)
    course.host, course.syllabus, course.social_image = UniversityFactory(), None, None
    for name in ("co_organisers", "stages", "people", "related_courses"):
        setattr(course, name, [])
    course.save_revision().publish()
    # As somebody deletes them in the admin, which remembers their titles, and as a command does.
    for thing in (school.university, school.partner, school.document, secret):
        log(thing, "wagtail.delete")
    for thing in (
        school.university, school.partner, school.other_course, school.document, school.stage,
        school.image, secret,
    ):  # fmt: skip
        thing.delete()

    restoring = AdminForm(administrator, f"/admin/pages/{course.pk}/revisions/{before.pk}/revert/")
    told = words(restoring.document.select("[data-advice]")[0])
    for said in (
        "Host university: “Lund University” (university) no longer exists.",
        "Co-organising universities: “Umeå University” (university) no longer exists.",
        "Development stages: what was chosen there (development stage) no longer exists.",
        "“Lund University” (university) no longer exists.",
        "“Cell therapy” (course) no longer exists.",
        "“Syllabus of the GMP course” (document) no longer exists.",
        "what was chosen there (image) no longer exists.",
        "Content: “Umeå University” (university) no longer exists.",
        "Content: a block of the kind “poll” no longer exists.",
    ):
        assert said in told, (said, told)
    assert "what was chosen there (course) no longer exists." in told
    assert "A secret" not in told
    restoring.address = f"/admin/pages/{course.pk}/edit/"
    restoring.save()
    assert "no longer exists" not in words(read(administrator, restoring.address))
