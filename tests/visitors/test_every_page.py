"""Every page is there at its address, says what it has to say and can be read by everyone."""

import pytest
from django.test import Client

from home.models import HomePage
from tests.accessibility import assert_accessible
from tests.factories import (
    AboutPageFactory,
    ContentPageFactory,
    CourseIndexPageFactory,
    CoursePageFactory,
    CourseSessionFactory,
    FundingPageFactory,
    GrantFactory,
    MissionPageFactory,
    VisionPageFactory,
)
from tests.html import headings, links, one, parse, read, words
from tests.school import ADDRESSES, School

CONTENT = {
    "/": (
        "Advanced therapies, from research to patient",
        "A national school for doctoral students.",
        "All courses here",
        "The research council",
        "Medicines made of cells, genes and tissues.",
        "Manufacturing",
        "Good manufacturing practice",
        "Lund University",
        "Umeå University",
    ),
    "/about/": (
        "About us",
        "Welcome to the school.",
        "Five universities work together.",
        "Who is it for?",
        "Doctoral students",
        "Courses beyond the ordinary.",
        "Write to us",
        "Lund University",
        "Umeå University",
        "Our vision",
        "Our mission",
        "Our funding",
    ),
    "/about/vision/": (
        "Our vision",
        "Patients in Sweden have access to advanced therapies.",
        "What the vision means.",
    ),
    "/about/mission/": (
        "Our mission",
        "We educate those who develop advanced therapies.",
        "What the mission means.",
    ),
    "/about/funding/": (
        "Our funding",
        "46,000,000 SEK",
        "2023–2027",
        "Swedish Research Council",
        "2023-12345",
        "The grant pays for teaching.",
        "Salaries of students",
        "In every round.",
        "1,500,000 SEK per project application",
    ),
    "/courses/": (
        "Courses for doctoral students.",
        "Good manufacturing practice",
        "Cell therapy",
        "A summary in a sentence.",
        "Manufacturing",
        "MED901",
        "7.5",
        "BMC, Lund",
        "Open for application",
    ),
    "/courses/gmp/": (
        "Good manufacturing practice",
        "A summary in a sentence.",
        "MED901",
        "7.5 credits (ECTS)",
        "English",
        "Swedish",
        "Lund University",
        "Umeå University",
        "Manufacturing",
        "Doctoral students in medicine.",
        "Admission to doctoral studies.",
        "Describe a clean room.",
        "Lectures and laboratory work.",
        "A written report.",
        "Syllabus of the GMP course",
        "Send the form with a letter.",
        "BMC, Lund",
        "Full time",
        "20 places",
        "Bring a laptop.",
        "Open for application",
        "Uppsala",
        "Online",
        "Alva Lindqvist",
        "alva@example.org",
        "Cell therapy",
    ),
    "/contact/": ("Contact", "Write to us.", "We answer within a week."),
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_says_what_the_editors_wrote(
    address: str, school: School, client: Client
) -> None:
    text = words(one(read(client, address), "main"))
    missing = [
        expected for expected in CONTENT[address] if expected.casefold() not in text.casefold()
    ]
    assert not missing, text


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_is_built_for_all_readers(address: str, school: School, client: Client) -> None:
    assert_accessible(read(client, address))


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_presents_itself_to_search_engines(
    address: str, school: School, client: Client
) -> None:
    document = read(client, address)
    assert one(document, "head meta[name=description]")["content"] == school.pages[address].summary
    assert one(document, "head link[rel=canonical]")["href"] == f"http://testserver{address}"
    assert "National ATMP Research School" in words(one(document, "head title"))
    image = str(one(document, "head meta[property='og:image']")["content"])
    assert image.startswith("http://testserver/media/")


def test_a_search_description_goes_before_the_summary(school: School, client: Client) -> None:
    school.contact.search_description = "Telephone and e-mail"
    school.contact.seo_title = "How to reach us"
    school.contact.save()
    document = read(client, "/contact/")
    assert one(document, "meta[name=description]")["content"] == "Telephone and e-mail"
    assert words(one(document, "head title")).startswith("How to reach us")


@pytest.mark.parametrize(
    ("address", "trail"),
    [
        ("/about/", {"/": "Home"}),
        ("/about/vision/", {"/": "Home", "/about/": "About us"}),
        ("/about/funding/", {"/": "Home", "/about/": "About us"}),
        ("/courses/gmp/", {"/": "Home", "/courses/": "Courses"}),
    ],
)
def test_breadcrumbs_lead_back_to_the_home_page(
    address: str, trail: dict[str, str], school: School, client: Client
) -> None:
    breadcrumbs = one(read(client, address), "nav.breadcrumbs")
    assert list(links(breadcrumbs).items()) == list(trail.items())
    assert words(one(breadcrumbs, "[aria-current=page]")) == school.pages[address].title


def test_the_home_page_needs_no_breadcrumbs(school: School, client: Client) -> None:
    assert not read(client, "/").select("nav.breadcrumbs")


@pytest.fixture
def bare_site(home: HomePage) -> dict[str, str]:
    """A page of every type with nothing in it that could be left out; the h1 by address."""
    about = AboutPageFactory(parent=home)
    VisionPageFactory(parent=about)
    MissionPageFactory(parent=about)
    FundingPageFactory(parent=about)
    index = CourseIndexPageFactory(parent=home)
    CoursePageFactory(parent=index, title="No sessions", slug="without")
    CoursePageFactory(
        parent=index,
        title="A bare session",
        slug="gmp",
        sessions=[
            CourseSessionFactory.build(
                start_date=None, end_date=None, application_opens=None, application_closes=None
            )
        ],
    )
    ContentPageFactory(parent=home, title="Contact", slug="contact")
    return {
        "/": home.headline,
        "/about/": "About us",
        "/about/vision/": "Our vision",
        "/about/mission/": "Our mission",
        "/about/funding/": "Our funding",
        "/courses/": "Courses",
        "/courses/without/": "No sessions",
        "/courses/gmp/": "A bare session",
        "/contact/": "Contact",
    }


def test_what_is_left_out_leaves_no_trace(bare_site: dict[str, str], client: Client) -> None:
    for address, title in bare_site.items():
        document = read(client, address)
        assert words(one(document, "h1")) == title
        assert_accessible(document)
        main = one(document, "main")
        assert "None" not in words(main), address
        for element in main.select("p, ul, ol, dl, dt, dd, figure, figcaption, a, li, table, td"):
            assert words(element) or element.select("img, svg"), f"{address}: {element}"
        for section in main.select("section"):
            assert words(section) != headings(section)[0], f"{address}: {section}"


def test_an_empty_course_list_says_so(home: HomePage, client: Client) -> None:
    index = CourseIndexPageFactory(parent=home)
    assert "There are no courses at the moment." in words(read(client, "/courses/"))
    index.no_courses_text = "Come back in spring."
    index.save()
    assert "Come back in spring." in words(read(client, "/courses/"))


def test_a_grant_for_one_year_names_it_once(home: HomePage, client: Client) -> None:
    FundingPageFactory(
        parent=AboutPageFactory(parent=home),
        grants=[GrantFactory.build(first_year=2025, last_year=2025)],
    )
    text = words(one(read(client, "/about/funding/"), "main"))
    assert "2025" in text
    assert "2025–2025" not in text


def test_an_unknown_address_leads_on(school: School, client: Client) -> None:
    response = client.get("/about/no-such-page/")
    assert response.status_code == 404
    document = parse(response)
    assert_accessible(document)
    assert one(document, "meta[name=robots]")["content"] == "noindex"
    assert {"/", "/about/", "/courses/"} <= set(links(one(document, "main")))


def test_an_unknown_address_is_404_even_on_an_empty_site(home: HomePage, client: Client) -> None:
    assert client.get("/nothing/").status_code == 404


def test_when_everything_fails_visitors_still_get_a_page() -> None:
    # No fixture opens the database here: whatever asks for it fails, as when it is down.
    response = Client(raise_request_exception=False).get("/about/")
    assert response.status_code == 500
    document = parse(response)
    assert "Something went wrong" in words(one(document, "h1"))
    assert one(document, "html")["lang"] == "en"
    assert links(document) == {"/": "To the home page"}
    assert not document.select("link[href], script, img[src]")
