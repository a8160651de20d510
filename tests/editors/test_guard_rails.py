"""Mistakes are hard to make: the editor is warned, and what would be lost is kept."""

import html
import json
from datetime import date
from typing import Any

import pytest
from django.test import Client
from wagtail.documents.models import Document
from wagtail.models import Page

from cms.models import SiteImage, University
from cms.pages.checks.wording import is_in_capitals, is_vague_link
from courses.models import CoursePage, DevelopmentStage
from tests.admin_forms import SETTINGS_FORM, AdminForm, errors_beside
from tests.factories import (
    ContentPageFactory,
    CoursePageFactory,
    CourseSessionFactory,
    DocumentFactory,
    ImageFactory,
    UniversityFactory,
)
from tests.html import Response, one, parse, read, words
from tests.school import School, text

SUNDAY = date(2026, 9, 13)


def hints(client: Client, page: Page) -> list[str]:
    """Return what the editor of a page shows above the form."""
    document = read(client, f"/admin/pages/{page.pk}/edit/")
    return [words(hint) for hint in document.select("[data-advice] li")]


def warnings_after_publishing(client: Client, page: Page) -> list[str]:
    """Publish a page as it is, and return what is said then."""
    address = f"/admin/pages/{page.pk}/edit/"
    form = AdminForm(client, address)
    response = client.post(address, {**form.fields, "action-publish": "1"}, follow=True)
    assert response.redirect_chain
    return [words(item) for item in parse(response).select(".messages .warning li")]


def course_with(school: School, *sessions: dict[str, Any], **values: Any) -> CoursePage:
    """Return a published course that is complete but for what a test changes."""
    return CoursePageFactory(
        parent=school.index,
        summary="A course.",
        sessions=[CourseSessionFactory.build(**session) for session in sessions],
        **{"application_url": "https://apply.example.org/"} | values,
    )


# Courses


@pytest.mark.parametrize(
    ("sessions", "values", "said"),
    [
        ([], {}, "The course has no coming session."),
        ([{"state": "cancelled"}], {}, "The course has no coming session."),
        (
            [{"location": "Lund"}, {"location": "lund ", "start_date": date(2026, 11, 13)}],
            {},
            "Two sessions at the same place overlap",
        ),
        (
            [{"mode": "online"}, {"mode": "online", "start_date": date(2026, 11, 3)}],
            {},
            "Two sessions at the same place overlap",
        ),
        (
            [{"state": "planned", "application_closes": SUNDAY}],
            {},
            "has passed, and it is still “planned”",
        ),
        ([{}], {"application_url": ""}, "There is no application link."),
        ([{}], {"application_url": "http://apply.example.org/"}, "it should begin with https"),
        ([{"application_url": "http://a.example.org/"}], {}, "it should begin with https"),
    ],
)
def test_an_editor_is_warned_of_what_applicants_would_stumble_over(
    sessions: list[dict[str, Any]],
    values: dict[str, Any],
    said: str,
    school: School,
    moderator: Client,
) -> None:
    course = course_with(school, *sessions, **values)
    [hint] = hints(moderator, course)
    assert said in hint
    [warning] = warnings_after_publishing(moderator, course)
    assert warning == hint


@pytest.mark.parametrize(
    "sessions",
    [
        [{}],
        [{"location": "Lund"}, {"location": "Umeå"}],
        [{"location": "Lund"}, {"location": "Lund", "state": "cancelled"}],
        [{"location": "Lund"}, {"location": "Lund", "start_date": None, "end_date": None}],
        [
            {"location": "Lund"},
            {"location": "Lund", "start_date": date(2026, 11, 14), "end_date": None},
        ],
        [{}, {}],
        [{"application_url": "https://a.example.org/"}],
        [{"state": "confirmed", "application_closes": SUNDAY}],
    ],
)
def test_a_course_that_is_right_gives_no_cause_for_warnings(
    sessions: list[dict[str, Any]], school: School, moderator: Client
) -> None:
    course = course_with(school, *sessions)
    assert not hints(moderator, course)
    assert not warnings_after_publishing(moderator, course)


# Words


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ([("heading", {"text": "Why", "level": "h3"})], "A subheading stands before"),
        (
            text('Read <a href="https://example.org/">more</a>.'),
            "The link “more” does not say where it leads.",
        ),
        (
            text('<a href="https://example.org/">Läs mer »</a>'),
            "The link “Läs mer »” does not say",
        ),
        (text("PLEASE READ THIS FIRST"), "“PLEASE READ THIS FIRST…” is in capitals"),
        ([("heading", {"text": "VIKTIGT ATT VETA NU", "level": "h2"})], "is in capitals"),
        (text("word " * 151), "A paragraph has 151 words."),
        (
            [
                (
                    "call_to_action",
                    {
                        "heading": "Go",
                        "text": "",
                        "link": {"label": "Click here", "page": None, "url": "https://a.se"},
                    },
                )
            ],
            "The link “Click here” does not say",
        ),
        (
            [
                (
                    "accordion",
                    {"items": [{"question": "Who?", "answer": "<p>SEE THE WHOLE LIST</p>"}]},
                )
            ],
            "“SEE THE WHOLE LIST…” is in capitals",
        ),
    ],
)
def test_an_editor_is_told_what_makes_a_text_hard_to_read(
    body: list[tuple[str, Any]], said: str, school: School, moderator: Client
) -> None:
    page = ContentPageFactory(parent=school.home, summary="A page.", body=body)
    [hint] = hints(moderator, page)
    assert said in hint
    # A hint refuses nothing.
    assert warnings_after_publishing(moderator, page) == [hint]


def test_a_well_written_page_gives_no_cause_for_hints(school: School, moderator: Client) -> None:
    body = [
        ("heading", {"text": "ATMP and GMP", "level": "h2"}),
        ("heading", {"text": "Why", "level": "h3"}),
        *text('See <a href="https://example.org/">the rules of the EMA</a>. ' + "Word " * 100),
    ]
    page = ContentPageFactory(parent=school.home, summary="A page.", body=body)
    assert not hints(moderator, page)


def test_a_page_without_a_summary_or_with_a_silent_image_is_hinted_at(
    school: School, editor: Client
) -> None:
    image = ImageFactory(title="IMG_0001", description="")
    page = ContentPageFactory(parent=school.home, social_image=image)
    assert [hint.split(":")[0] for hint in hints(editor, page)] == [
        "There is no summary",
        "“IMG_0001” has no description for those who cannot see it.",
    ]
    SiteImage.objects.filter(pk=image.pk).update(is_decorative=True)
    Page.objects.filter(pk=page.pk).update(search_description="What it is about.")
    assert not hints(editor, page)


def test_a_hint_leads_to_the_field_it_is_about(school: School, editor: Client) -> None:
    page = ContentPageFactory(
        parent=school.home, body=[("heading", {"text": "Why", "level": "h3"})]
    )
    block = page.body.raw_data[0]["id"]
    document = read(editor, f"/admin/pages/{page.pk}/edit/")
    assert [link["href"] for link in document.select("[data-advice] a")] == [
        "#:w:contentpath=summary",
        f"#:w:contentpath=body.{block}",
    ]
    assert document.select("[data-contentpath=summary]")
    assert read(editor, f"/admin/pages/{school.course.pk}/edit/").select("#id_sessions-FORMS")


@pytest.mark.parametrize("words_of_link", ["here", "Click here!", "Läs  mer", "Här", "MORE"])
def test_vague_links_are_known_in_both_languages(words_of_link: str) -> None:
    assert is_vague_link(words_of_link) == (words_of_link != "MORE")
    assert not is_vague_link(f"{words_of_link} about gene therapy")


@pytest.mark.parametrize(
    ("words_of_text", "shouts"),
    [
        ("APPLY NOW FOR AUTUMN", True),
        ("ANSÖK NU TILL HÖSTEN", True),
        ("ATMP, GMP & GCP", False),
        ("PHARMACOGENETICS", False),
        ("Apply NOW FOR AUTUMN", False),
        ("2026-11-02 – 2026-11-13", False),
    ],
)
def test_abbreviations_are_no_capitals(words_of_text: str, shouts: bool) -> None:
    assert is_in_capitals(words_of_text) == shouts


def test_the_content_checker_knows_our_rules_in_the_editor_and_in_the_user_bar(
    school: School, editor: Client
) -> None:
    ours = {"link-text-vague", "link-leads-nowhere", "text-in-capitals", "paragraph-too-long"}
    for address in (f"/admin/pages/{school.contact.pk}/edit/", "/contact/"):
        document = read(editor, address)
        template = html.unescape(str(document))
        start = template.index('id="checker-axe-configuration"')
        spec = json.loads(template[template.index("{", start) : template.index("</script>", start)])
        assert ours <= {rule["id"] for rule in spec["spec"]["rules"]}
        assert ours <= set(spec["options"]["runOnly"])
        assert ours <= spec["messages"].keys()
    assert "cms/checks.js" in str(read(editor, "/contact/"))
    assert "cms/checks.js" not in str(read(Client(), "/contact/"))


# Links without words or target


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ('Read <a href=""><b>this</b></a>.', "Read <b>this</b>."),
        ('Read <a href="#">this</a>.', "Read this."),
        ('Read <a href="https://example.org/"> </a>this.', "Read this."),
        (
            'Read <a href="https://example.org/">this</a>.',
            'Read <a href="https://example.org/">this</a>.',
        ),
    ],
)
def test_an_empty_link_is_taken_away_and_its_words_stay(
    written: str, stored: str, school: School, moderator: Client, client: Client
) -> None:
    for page, field in ((school.course, "audience"), (school.contact, "body-0-value")):
        form = AdminForm(moderator, f"/admin/pages/{page.pk}/edit/")
        if field.startswith("body"):
            form.stream("body", [("paragraph", "")])
        form.write(field, written)
        form.save("action-publish")
    assert stored in CoursePage.objects.get(pk=school.course.pk).audience
    school.contact.refresh_from_db()
    assert stored in str(school.contact.body.raw_data[0]["value"])


# Images


def test_the_image_of_a_page_needs_words_or_a_mark(school: School, moderator: Client) -> None:
    image = ImageFactory(title="IMG_0001", description="")

    def form(page: Page) -> AdminForm:
        form = AdminForm(moderator, f"/admin/pages/{page.pk}/edit/")
        form[page.main_image_field] = str(image.pk)
        return form

    pages = {"/": school.home, "/courses/gmp/": school.course}
    for page in pages.values():
        form(page).save()
        said = errors_beside(form(page).press("action-publish"), page.main_image_field)
        assert said.startswith("This image has no description.")

    edit = AdminForm(moderator, f"/admin/images/{image.pk}/", selector=SETTINGS_FORM)
    edit["is_decorative"] = "on"
    edit.save()
    for address, page in pages.items():
        form(page).save("action-publish")
        assert one(read(Client(), address), ".page-picture img")["alt"] == ""


# Deleting


def refused(response: Response, *titles: str) -> bool:
    """Tell whether a response refuses to delete, and names the pages with these titles."""
    assert response.status_code == 200
    document = parse(response)
    assert "Still in use" in words(document)
    return set(titles) == {words(link) for link in document.select("main li a[href*='/edit/']")}


@pytest.mark.parametrize("how", ["one", "many"])
@pytest.mark.parametrize("place", ["host", "co_organisers", "person", "block", "partners"])
def test_a_university_that_a_page_shows_is_not_deleted(
    place: str, how: str, school: School, administrator: Client
) -> None:
    university = UniversityFactory.create(name="Karolinska Institutet")
    title = _show(university, place, school)
    unused = UniversityFactory.create()
    address = (
        f"/admin/snippets/cms/university/delete/{university.pk}/"
        if how == "one"
        else f"/admin/bulk/cms/university/delete/?id={unused.pk}&id={university.pk}"
    )
    assert refused(administrator.get(address), title)
    assert refused(administrator.post(address), title)
    assert University.objects.filter(pk__in=[university.pk, unused.pk]).count() == 2


def _show(university: University, place: str, school: School) -> str:
    """Have a page show the university somewhere; return the page's title."""
    course, page = school.other_course, school.contact
    match place:
        case "host":
            course.host = university
        case "co_organisers":
            course.co_organisers.add(university)
        case "person":
            course.people.create(name="Alva", university=university)
        case "partners":
            page = school.about
            page.partners.add(university)
        case "block":
            person = {"name": "Alva", "role": "", "university": university, "email": ""}
            page.body = [("people", {"heading": "", "people": [person]})]
    shown = page if place in {"block", "partners"} else course
    shown.save()
    return str(shown.title)


def test_what_nothing_shows_can_be_deleted(school: School, administrator: Client) -> None:
    unused = [UniversityFactory.create(), UniversityFactory.create(), UniversityFactory.create()]
    administrator.post(f"/admin/snippets/cms/university/delete/{unused[0].pk}/")
    ids = "&".join(f"id={university.pk}" for university in unused[1:])
    administrator.post(f"/admin/bulk/cms/university/delete/?{ids}")
    assert not University.objects.filter(pk__in=[university.pk for university in unused]).exists()


def test_a_stage_that_a_course_covers_is_not_deleted(school: School, administrator: Client) -> None:
    address = f"/admin/snippets/courses/developmentstage/delete/{school.stage.pk}/"
    assert refused(administrator.post(address), school.course.title)
    bulk = f"/admin/bulk/courses/developmentstage/delete/?id={school.stage.pk}"
    assert refused(administrator.post(bulk), school.course.title)
    assert DevelopmentStage.objects.filter(pk=school.stage.pk).exists()


@pytest.mark.parametrize("how", ["one", "many"])
def test_a_file_that_a_published_page_shows_is_not_deleted(
    how: str, school: School, moderator: Client
) -> None:
    school.contact.social_image = image = ImageFactory(title="In use")
    school.contact.save()
    addresses = {
        (SiteImage, image.pk, "Contact"): (
            f"/admin/images/{image.pk}/delete/"
            if how == "one"
            else f"/admin/bulk/cms/siteimage/delete/?id={image.pk}"
        ),
        (Document, school.document.pk, school.course.title): (
            f"/admin/documents/delete/{school.document.pk}/"
            if how == "one"
            else f"/admin/bulk/wagtaildocs/document/delete/?id={school.document.pk}"
        ),
    }
    for (model, pk, title), address in addresses.items():
        assert refused(moderator.post(address), title)
        assert model.objects.filter(pk=pk).exists()


@pytest.mark.parametrize("how", ["one", "many"])
def test_a_file_that_only_a_draft_shows_can_be_deleted(
    how: str, school: School, moderator: Client
) -> None:
    image, document = ImageFactory(), DocumentFactory()
    ContentPageFactory(parent=school.home, social_image=image, live=False)
    one = (f"/admin/images/{image.pk}/delete/", f"/admin/documents/delete/{document.pk}/")
    many = (
        f"/admin/bulk/cms/siteimage/delete/?id={image.pk}",
        f"/admin/bulk/wagtaildocs/document/delete/?id={document.pk}",
    )
    for address in one if how == "one" else many:
        assert moderator.post(address).status_code == 302
    assert not SiteImage.objects.filter(pk=image.pk).exists()
    assert not Document.objects.filter(pk=document.pk).exists()


def test_deleting_a_page_shows_what_links_to_it(school: School, moderator: Client) -> None:
    school.contact.body = text(f'See <a linktype="page" id="{school.vision.pk}">the vision</a>.')
    school.contact.save()
    for page, links in ((school.vision, 1), (school.other_course, 1), (school.mission, 0)):
        document = read(moderator, f"/admin/pages/{page.pk}/delete/")
        usage = f"/admin/pages/{page.pk}/usage/?describe_on_delete=1"
        [link] = document.select(f"a[href='{usage}']")
        assert f"is referenced {links} time" in words(link)
    usage = words(read(moderator, f"/admin/pages/{school.other_course.pk}/usage/"))
    assert school.course.title in usage
