"""A mistake is explained in words, next to the field it is in."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import URLField
from django.test import Client
from wagtail.models import Page

from cms.blocks.links import LinkBlock
from cms.fields import WebAddressField
from tests.admin_forms import SETTINGS_FORM, AdminForm, errors_beside
from tests.school import School


def _post(client: Client, page: Page, change: Callable[[AdminForm], object], field: str) -> str:
    """Return what the form says next to `field` after a change, and see that nothing was saved."""
    revisions = page.revisions.count()
    form = AdminForm(client, f"/admin/pages/{page.pk}/edit/")
    change(form)
    message = errors_beside(form.press("action-publish"), field)
    assert page.revisions.count() == revisions
    return message


SESSIONS: list[tuple[dict[str, str], str, str]] = [
    (
        {"start_date": "2026-11-02", "end_date": "2026-11-01"},
        "end_date",
        "The last day cannot be before the first day.",
    ),
    ({"end_date": "2026-11-01"}, "start_date", "Give the first day too."),
    (
        {"start_date": "2026-11-02", "application_closes": "2026-11-03"},
        "application_closes",
        "The last day to apply cannot be after the first day of the session.",
    ),
    (
        {"application_opens": "2026-10-02", "application_closes": "2026-10-01"},
        "application_opens",
        "Application cannot open after the last day to apply.",
    ),
    (
        {"start_date": "2026-11-02", "application_opens": "2026-11-03"},
        "application_opens",
        "Application cannot open after the first day of the session.",
    ),
    ({"places": "0"}, "places", "greater than or equal to 1"),
    ({"start_date": "next autumn"}, "start_date", "is not a date; write"),
    ({"application_url": "javascript:alert(1)"}, "application_url", "Enter a valid URL."),
    ({"application_url": "ftp://lu.se/"}, "application_url", "begins with https:// or http://"),
]


def test_dates_of_a_session_that_cannot_be_are_explained(school: School, moderator: Client) -> None:
    form = AdminForm(moderator, f"/admin/pages/{school.course.pk}/edit/")
    for values, _field, _message in SESSIONS:
        form.add("sessions", **values)
    response = form.press("action-publish")
    # The course has two sessions already, so the first new one is number two, counted from zero.
    for number, (values, field, message) in enumerate(SESSIONS, start=2):
        assert message in errors_beside(response, f"sessions-{number}-{field}"), values
    assert not school.course.revisions.exists()


def test_every_web_address_is_one_that_a_browser_opens() -> None:
    fields = [
        field
        for app in ("cms", "home", "about", "courses")
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.local_fields
        if isinstance(field, URLField)
    ]
    assert len(fields) >= 6
    assert [field for field in fields if not isinstance(field, WebAddressField)] == []
    with pytest.raises(ValidationError):
        LinkBlock().child_blocks["url"].clean("ftp://lu.se/")


def test_dates_of_a_session_may_fall_on_the_same_day(school: School, moderator: Client) -> None:
    form = AdminForm(moderator, f"/admin/pages/{school.course.pk}/edit/")
    form.add(
        "sessions",
        start_date="2026-11-02",
        end_date="2026-11-02",
        application_opens="2026-11-02",
        application_closes="2026-11-02",
    )
    form.save("action-publish")
    assert school.course.sessions.model.objects.filter(page=school.course).count() == 3


@pytest.mark.parametrize("page", ["contact", "vision"])
def test_an_address_that_the_site_uses_itself_is_refused(
    page: str, school: School, moderator: Client
) -> None:
    where: Page = getattr(school, page)
    form = AdminForm(moderator, f"/admin/pages/{where.pk}/edit/")
    mistakes = [
        ("slug", slug, f"The site itself uses the address “{slug}”. Choose another word.")
        for slug in ("admin", "static", "media", "sv", "en")
    ]
    assert len(list(form.send_mistakes(mistakes, "action-publish"))) == len(mistakes)
    assert not where.revisions.exists()


def test_an_address_that_another_page_has_is_refused(school: School, moderator: Client) -> None:
    def rename(form: AdminForm) -> None:
        form["slug"] = "about"

    assert "already in use" in _post(moderator, school.contact, rename, "slug")


GRANT = [
    ("funder_ror_id", "https://ror.org/03zttf064", "its check digits are wrong"),
    ("funder_ror_id", "Vetenskapsrådet", "is not a ROR id"),
    ("first_year", "202", "greater than or equal to 1900"),
    ("amount", "0", "greater than or equal to 0.01"),
    ("amount", "-1", "greater than or equal to 0.01"),
    ("amount", "46 million", "is not a number"),
    ("currency", "XXX", "Select a valid choice."),
    ("funder_website", "not an address", "Enter a valid URL."),
]


def test_a_grant_that_cannot_be_is_explained(school: School, moderator: Client) -> None:
    form = AdminForm(moderator, f"/admin/pages/{school.funding.pk}/edit/")
    mistakes = [(f"grants-0-{name}", value, message) for name, value, message in GRANT]
    assert list(form.send_mistakes(mistakes, "action-publish"))
    form["grants-0-last_year"] = "2022"
    said = errors_beside(form.press("action-publish"), "grants-0-last_year")
    assert said == "The last year cannot be before the first year."
    assert not school.funding.revisions.exists()


def test_an_amount_for_each_needs_the_amount(school: School, moderator: Client) -> None:
    def change(form: AdminForm) -> None:
        form["funded_items-0-amount"] = ""

    message = _post(moderator, school.funding, change, "funded_items-0-amount")
    assert message == "Give the amount, or leave “amount per” empty."


FIELDS = [
    ("contact", "summary", "x" * 301, "at most 300 characters (it has 301)"),
    ("contact", "title", "", "This field is required."),
    ("vision", "statement", "", "This field is required."),
    ("vision", "statement", "x" * 501, "at most 500 characters"),
    ("home", "headline", "", "This field is required."),
    ("course", "host", "", "This field is required."),
    ("course", "credits", "7.25", "no more than 1 decimal place"),
    ("course", "credits", "0", "greater than or equal to 0.5"),
    ("course", "credits", "61", "less than or equal to 60"),
    ("course", "application_url", "apply here", "Enter a valid URL."),
]


@pytest.mark.parametrize("page", dict.fromkeys(row[0] for row in FIELDS))
def test_a_field_that_cannot_be_is_explained(page: str, school: School, moderator: Client) -> None:
    where: Page = getattr(school, page)
    form = AdminForm(moderator, f"/admin/pages/{where.pk}/edit/")
    revisions = where.revisions.count()
    assert list(form.send_mistakes([row[1:] for row in FIELDS if row[0] == page], "action-publish"))
    assert where.revisions.count() == revisions


def test_a_course_needs_a_language_of_instruction(school: School, moderator: Client) -> None:
    def change(form: AdminForm) -> None:
        form.untick("taught_in_english")
        form.untick("taught_in_swedish")

    message = _post(moderator, school.course, change, "taught_in_english")
    assert message == "Choose at least one language of instruction."


def test_a_course_is_not_related_to_itself(school: School, moderator: Client) -> None:
    def change(form: AdminForm) -> None:
        form["related_courses-0-course"] = str(school.course.pk)

    message = _post(moderator, school.course, change, "related_courses-0-course")
    assert message == "A course cannot be related to itself."


def test_a_draft_may_be_unfinished_but_not_published(school: School, moderator: Client) -> None:
    school.vision.delete()
    form = AdminForm(moderator, f"/admin/pages/add/about/visionpage/{school.about.pk}/")
    form["title"] = "An idea"
    form["slug"] = "idea"
    form.save()
    idea = Page.objects.get(slug="idea")
    assert not idea.live
    response = AdminForm(moderator, f"/admin/pages/{idea.pk}/edit/").press("action-publish")
    assert errors_beside(response, "statement") == "This field is required."
    assert not Page.objects.get(slug="idea").live


UNIVERSITY = [
    ("ror_id", "https://ror.org/012a77v78", "its check digits are wrong"),
    ("ror_id", "LU", "is not a ROR id"),
    ("short_name", "UmU", "already exists"),
    ("website", "lu.se somewhere", "Enter a valid URL."),
]


def test_a_university_that_cannot_be_is_explained(school: School, moderator: Client) -> None:
    address = f"/admin/snippets/cms/university/edit/{school.university.pk}/"
    form = AdminForm(moderator, address, selector=SETTINGS_FORM)
    assert list(form.send_mistakes(UNIVERSITY))


def test_two_universities_cannot_have_one_ror_id(school: School, moderator: Client) -> None:
    other = type(school.university).objects.get(short_name="UmU")
    address = f"/admin/snippets/cms/university/edit/{other.pk}/"
    form = AdminForm(moderator, address, selector=SETTINGS_FORM)
    # Typed without its address, it is the same id all the same.
    form["ror_id"] = "012a77v79"
    assert "already exists" in errors_beside(form.send(), "ror_id")
