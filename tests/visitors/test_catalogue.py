"""Visitors narrow the list of courses down, share what they found, and never meet an error."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from icalendar import Calendar

from courses.models import CourseIndexPage, CoursePage
from home.models import HomePage
from tests.factories import (
    CourseIndexPageFactory,
    CoursePageFactory,
    CourseSessionFactory,
    DevelopmentStageFactory,
    UniversityFactory,
)
from tests.html import links, one, read, words


@pytest.fixture
def index(home: HomePage) -> CourseIndexPage:
    """Three courses that have little in common."""
    index = CourseIndexPageFactory(parent=home)
    research = DevelopmentStageFactory(name="Research", slug="research")
    trials = DevelopmentStageFactory(name="Trials", slug="trials")
    lund = UniversityFactory(name="Lund University", short_name="LU")
    umea = UniversityFactory(name="Umeå University", short_name="UmU")
    CoursePageFactory(
        parent=index,
        title="Cells",
        slug="cells",
        host=lund,
        stages=[research],
        sessions=[
            CourseSessionFactory.build(start_date=date(2026, 12, 7), mode="online"),
            CourseSessionFactory.build(
                start_date=date(2026, 10, 5),
                application_closes=date(2026, 9, 20),
                mode="on_site",
                state="full",
            ),
        ],
    )
    CoursePageFactory(
        parent=index,
        title="Vectors",
        slug="vectors",
        summary="How genes travel.",
        host=umea,
        stages=[research, trials],
        taught_in_swedish=True,
        sessions=[
            CourseSessionFactory.build(
                start_date=date(2027, 2, 1), application_closes=date(2026, 9, 16), mode="on_site"
            )
        ],
    )
    CoursePageFactory(parent=index, title="Ethics", slug="ethics", host=umea)
    return index


def _listed(document: BeautifulSoup) -> list[str]:
    return [words(link) for link in document.select("ul.rows--courses h3 a")]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Vectors", "Cells", "Ethics"]),
        ("q=genes", ["Vectors"]),
        ("q=vectrs", ["Vectors"]),
        ("stage=research", ["Vectors", "Cells"]),
        ("stage=trials", ["Vectors"]),
        ("host=UmU", ["Vectors", "Ethics"]),
        ("mode=online", ["Cells"]),
        ("language=sv", ["Vectors"]),
        ("open=on", ["Vectors", "Cells"]),
        ("open=on&mode=on_site", ["Vectors"]),
        ("when=upcoming", ["Vectors", "Cells"]),
        ("when=3-months", ["Cells"]),
        ("when=6-months", ["Vectors", "Cells"]),
        ("when=2026-autumn", ["Cells"]),
        ("when=2027-spring", ["Vectors"]),
        ("when=2027-autumn", []),
        ("when=3-months&mode=on_site&open=on", []),
        ("sort=title", ["Cells", "Ethics", "Vectors"]),
        ("sort=start", ["Cells", "Vectors", "Ethics"]),
        ("sort=deadline", ["Vectors", "Cells", "Ethics"]),
        ("stage=research&sort=deadline", ["Vectors", "Cells"]),
    ],
)
def test_each_filter_leaves_what_was_asked_for(
    query: str, expected: list[str], index: CourseIndexPage, client: Client
) -> None:
    document = read(client, f"/courses/?{query}")
    assert _listed(document) == expected
    count = len(expected)
    heading = words(one(document, "h2#courses"))
    assert heading.startswith(f"{count} course{'' if count == 1 else 's'}")


def test_only_the_list_by_date_sets_courses_without_a_session_apart(
    index: CourseIndexPage, client: Client
) -> None:
    assert len(read(client, "/courses/").select(".catalogue__rest")) == 1
    assert read(client, "/courses/?sort=title").select(".catalogue__rest") == []


def test_filters_that_are_set_can_be_taken_away_one_by_one(
    index: CourseIndexPage, client: Client
) -> None:
    document = read(client, "/courses/?stage=research&mode=online&sort=title")
    chips = links(document, "a.chip")
    assert chips == {
        "/courses/?mode=online&sort=title#courses": "Remove: Stage of development, Research",
        "/courses/?sort=title&stage=research#courses": "Remove: Format, Online",
        "/courses/#courses": "Show all courses",
    }
    assert one(document, "#filter-stage")["value"] == "research"


@pytest.mark.parametrize(
    "query",
    [
        "stage=no-such-stage",
        "host=999999999999",
        "mode=telepathy",
        "language=xx",
        "when=never",
        "when=1999-spring",
        "sort=colour",
        "q=%00",
        f"q={'a' * 500}",
    ],
)
def test_what_makes_no_sense_is_left_out_and_said(
    query: str, index: CourseIndexPage, client: Client
) -> None:
    document = read(client, f"/courses/?{query}")
    assert _listed(document) == ["Vectors", "Cells", "Ethics"]
    assert words(one(document, ".errorlist"))
    assert client.get(f"/courses/?{query}&mode=online").status_code == 200


def test_the_rest_of_a_wrong_address_still_counts(index: CourseIndexPage, client: Client) -> None:
    assert _listed(read(client, "/courses/?mode=telepathy&stage=trials")) == ["Vectors"]


def test_nothing_found_says_so_and_which_choice_to_drop(
    index: CourseIndexPage, client: Client
) -> None:
    document = read(client, "/courses/?mode=online&stage=trials&when=2027-spring")
    ways = links(one(document, ".empty"))
    assert ways == {
        "/courses/?stage=trials&when=2027-spring#courses": "Without “Online”: 1 course",
        "/courses/#courses": "Show all courses",
    }
    document = read(client, "/courses/?mode=hybrid")
    assert "0 courses found" in words(one(document, "main"))
    assert "No courses match your choices." in words(one(document, "main"))
    assert list(links(one(document, ".empty"))) == ["/courses/?#courses", "/courses/#courses"]


def test_empty_fields_do_not_stay_in_the_address(index: CourseIndexPage, client: Client) -> None:
    response = client.get("/courses/?q=&stage=trials&host=&when=")
    assert (response.status_code, response["Location"]) == (302, "/courses/?stage=trials")
    assert client.get("/courses/?q=")["Location"] == "/courses/"


def test_every_stage_leads_to_its_courses(index: CourseIndexPage, client: Client) -> None:
    for address in ("/", "/courses/", "/courses/cells/"):
        found = links(read(client, address), ".spectrum a, .stages a")
        assert found["/courses/?stage=trials#courses"] == "Trials", address
    document = read(client, "/courses/?stage=trials&mode=online&page=1")
    assert words(one(document, ".stages [aria-current]")).startswith("Trials")
    assert list(links(document, ".stages a")) == [
        "/courses/?mode=online&stage=research#courses",
        "/courses/?mode=online#courses",
    ]


def test_filtered_lists_are_the_same_page_to_search_engines(
    index: CourseIndexPage, client: Client
) -> None:
    canonical = one(read(client, "/courses/?stage=trials"), "link[rel=canonical]")["href"]
    assert canonical == "http://testserver/courses/"


def test_the_calendar_of_a_filtered_list_has_its_courses_and_their_deadlines(
    index: CourseIndexPage, client: Client
) -> None:
    query = "stage=trials&host=UmU&language=sv&mode=on_site&open=on&when=2027-spring"
    (address,) = links(read(client, f"/courses/?{query}"), "a[href*=calendar]")
    events = Calendar.from_ical(client.get(address).content).events
    assert [str(event["summary"]) for event in events] == ["Vectors", "Last day to apply: Vectors"]
    # No calendar looks for words.
    assert not links(read(client, "/courses/?q=genes"), "a[href*=calendar]")


def test_pages_of_a_filtered_list_keep_the_filter(index: CourseIndexPage, client: Client) -> None:
    host = index.get_children().first().specific.host
    for number in range(25):
        CoursePageFactory(parent=index, title=f"Course {number:02}", host=host)
    document = read(client, "/courses/?host=LU&sort=title")
    assert "/courses/?host=LU&sort=title&page=2" in {
        "/courses/" + address for address in links(document, ".pagination a")
    }
    assert len(_listed(read(client, "/courses/?host=LU&sort=title&page=2"))) == 6
    assert client.get("/courses/?host=LU&page=3").status_code == 404


@pytest.mark.parametrize(
    ("query", "is_kept"),
    [
        ("stage=trials", True),
        ("stage=trials&sort=title", True),
        ("stage=no-such-stage", False),
        ("q=genes", False),
        ("made=up", False),
    ],
)
def test_only_addresses_that_are_few_are_kept(
    query: str, is_kept: bool, index: CourseIndexPage, client: Client
) -> None:
    client.get(f"/courses/?{query}")
    status = client.get(f"/courses/?{query}")["Cache-Status"]
    assert status == ("atmp; hit" if is_kept else "atmp; fwd=miss")


def test_a_filtered_list_shows_no_course_that_is_not_public(
    index: CourseIndexPage, client: Client
) -> None:
    CoursePage.objects.get(slug="vectors").unpublish()
    assert _listed(read(client, "/courses/?stage=trials")) == []
    assert _listed(read(client, "/courses/?q=genes")) == []
