"""Every block an editor can put into a text is shown as what it is."""

import pytest
from bs4 import Tag
from django.test import Client

from cms.blocks import StoryBlock
from tests.accessibility import assert_accessible
from tests.factories import UniversityFactory
from tests.html import links, one, read, words
from tests.school import School
from tests.story import story


@pytest.fixture
def body(school: School, client: Client) -> Tag:
    """The body of a page with every block."""
    school.contact.body = story(school)
    school.contact.save()
    document = read(client, "/contact/")
    assert_accessible(document)
    return one(document, "main .flow.prose")


def test_the_story_of_these_tests_has_every_block(school: School) -> None:
    assert {name for name, _value in story(school)} == set(StoryBlock().child_blocks)


def test_headings_are_headings(body: Tag) -> None:
    assert "A main heading" in [words(heading) for heading in body.select("h2")]
    assert "A subheading" in [words(heading) for heading in body.select("h3")]


def test_text_keeps_its_emphasis(body: Tag) -> None:
    assert words(one(body, ".rich-text > p > b")) == "text"


def test_a_quotation_is_a_quotation_with_its_source(body: Tag) -> None:
    quote = one(body, "figure:has(blockquote)")
    assert words(one(quote, "blockquote")) == "The course gave me colleagues."
    assert words(one(quote, "figcaption")) == "A student"


def test_questions_open_to_show_their_answers(body: Tag) -> None:
    details = one(body, "details")
    assert words(one(details, "summary")) == "Who can apply?"
    assert "Every doctoral student." in words(details)


def test_an_image_is_described_captioned_and_credited(body: Tag) -> None:
    figure = one(body, "figure:has(picture)")
    assert one(figure, "img")["alt"] == "Two people in a clean room"
    assert "Where cells become medicines" in words(one(figure, "figcaption"))
    assert "A. Photographer" in words(one(figure, "figcaption"))


def test_a_decorative_image_is_passed_over_when_read_aloud(school: School, client: Client) -> None:
    school.image.decorative = True
    school.image.contextual_alt_text = ""
    school.contact.body = [("image", {"image": school.image, "caption": ""})]
    school.contact.save()
    assert one(read(client, "/contact/"), "main img")["alt"] == ""


def test_a_video_loads_nothing_from_its_provider_before_it_is_asked_for(body: Tag) -> None:
    link = one(body, "a[data-embed-url]")
    assert link["href"] == "https://vimeo.com/76979871"
    assert link["data-embed-url"] == "https://player.vimeo.com/video/76979871?dnt=1"
    assert "The school in brief" in words(body)
    assert "Five universities introduce themselves." in words(body)
    assert not body.select("iframe, video, embed, object")
    for source in body.select("[src]"):
        assert str(source["src"]).startswith("/"), source


def test_documents_are_listed_with_type_and_size(body: Tag, school: School) -> None:
    assert links(body)[school.document.url] == "The syllabus"
    assert "Files to take along" in words(body)
    assert "(PDF, 8 bytes)" in words(body).replace("\N{NO-BREAK SPACE}", " ")


def test_facts_are_labels_with_values(body: Tag) -> None:
    assert words(one(body, "dl dt")) == "Length"
    assert words(one(body, "dl dd")) == "Five weeks"
    assert "At a glance" in words(body)


def test_a_table_says_what_it_shows_and_heads_its_columns_and_rows(body: Tag) -> None:
    table = one(body, "table")
    assert words(one(table, "caption")) == "Credits by part"
    columns = [words(cell) for cell in table.select("thead th[scope=col]")]
    assert columns == ["Part", "Credits", "Remarks"]
    assert words(one(table, "tbody th[scope=row]")) == "Laboratory"
    assert [words(cell) for cell in table.select("tbody td")] == ["3.0", "In Lund"]


def test_people_can_be_written_to(body: Tag) -> None:
    person = one(body, "li.person")
    text = words(person)
    assert "Alva Lindqvist" in text
    assert "Coordinator" in text
    assert "Lund University" in text
    assert links(person) == {"mailto:alva@example.org": "alva@example.org"}
    assert one(person, "img")["alt"] == ""


def test_a_call_to_action_leads_where_it_says(body: Tag) -> None:
    assert "Find your course" in words(body)
    assert "There is one for you." in words(body)
    assert links(body)["/courses/"] == "To the courses"


def test_the_founding_universities_are_those_of_the_list(body: Tag, school: School) -> None:
    assert "Who we are" in words(body)
    listed = [words(link) for link in body.select("ul.partners a")]
    assert listed == ["Lund University", "Umeå University"]


def test_all_universities_can_be_listed_too(school: School, client: Client) -> None:
    UniversityFactory.create(name="Linköping University", website="")
    school.contact.body = [("universities", {"heading": "", "only_founding_partners": False})]
    school.contact.save()
    assert "Linköping University" in words(one(read(client, "/contact/"), "main"))


def test_upcoming_courses_lead_to_their_pages(body: Tag) -> None:
    assert "What comes next" in words(body)
    assert links(body)["/courses/gmp/"] == "Good manufacturing practice"
    assert "Open for application" in words(body)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("quote", {"text": "Words without a source.", "attribution": ""}),
        ("facts", {"heading": "", "facts": [{"label": "Length", "value": "Five weeks"}]}),
        ("people", {"heading": "", "people": [{"name": "Bo Ek", "role": "", "email": ""}]}),
        ("documents", {"heading": "Nothing to download", "documents": []}),
        ("universities", {"heading": "", "only_founding_partners": True}),
        ("upcoming_courses", {"heading": "", "limit": 3}),
        (
            "call_to_action",
            {"heading": "Do it", "text": "", "link": {"label": "Now", "page": None, "url": ""}},
        ),
        ("video", {"url": "https://vimeo.com/76979871", "title": "Brief", "description": ""}),
    ],
)
def test_what_a_block_leaves_out_leaves_no_trace(
    name: str, value: dict[str, object], school: School, client: Client
) -> None:
    school.contact.body = [(name, value)]
    school.contact.save()
    document = read(client, "/contact/")
    assert_accessible(document)
    for element in one(document, "main").select("p, ul, li, dl, dt, dd, figcaption, a"):
        assert words(element) or element.select("img"), element


def test_what_editors_type_is_never_read_as_code(school: School, client: Client) -> None:
    nasty = "<script>alert(1)</script>"
    school.contact.title = nasty
    school.contact.lead = nasty
    school.contact.summary = '"><script>alert(1)</script>'
    school.contact.body = [
        ("heading", {"text": nasty, "level": "h2"}),
        ("quote", {"text": nasty, "attribution": nasty}),
        ("facts", {"heading": nasty, "facts": [{"label": nasty, "value": nasty}]}),
        (
            "call_to_action",
            {
                "heading": nasty,
                "text": nasty,
                "link": {"label": nasty, "page": None, "url": "https://example.org/?a=1&b=2"},
            },
        ),
        (
            "video",
            {"url": "https://vimeo.com/76979871", "title": f'"{nasty}', "description": nasty},
        ),
    ]
    school.contact.save()
    document = read(client, "/contact/")
    for script in document.select("script"):
        assert script.get("src") or script.get("type") == "application/ld+json", script
        # Within data, what would end the script is written in another way.
        assert "<" not in script.get_text()
    assert nasty in words(one(document, "main"))
