"""What a new site says: the school's own words, and courses that are plainly samples."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from cms.models import University
from courses.models import CourseMode, CoursePage, CourseSession, DevelopmentStage
from courses.status import ApplicationStatus, SessionState, TimeStatus
from home.models import HomePage
from tests.accessibility import assert_accessible
from tests.html import headings, one, read, read_json, words
from tests.operations.school_texts import (
    ABOUT,
    AUDIENCES_HEADING,
    FUNDING,
    MISSION,
    VISION,
)
from tests.operations.test_setting_up import run

UNIVERSITIES = {
    "Lund University": "https://ror.org/012a77v79",
    "Umeå University": "https://ror.org/05kb8h459",
    "Uppsala University": "https://ror.org/048a87296",
    "Karolinska Institutet": "https://ror.org/056d84691",
    "University of Gothenburg": "https://ror.org/01tm6cn81",
}


@pytest.mark.parametrize(
    ("address", "texts"),
    [
        ("/about/", (*ABOUT, AUDIENCES_HEADING)),
        ("/about/vision/", (VISION,)),
        ("/about/mission/", (MISSION,)),
        ("/about/funding/", FUNDING),
    ],
)
def test_the_schools_words_are_on_its_pages_letter_by_letter(
    address: str, texts: tuple[str, ...], content: HomePage, client: Client
) -> None:
    # Not normalised in any way: the text of each element as it stands in the page.
    elements = [element.get_text() for element in one(read(client, address), "main").select("*")]
    places = []
    for text in texts:
        assert text in elements, text
        places.append(elements.index(text))
    assert places == sorted(places)


def test_the_pages_have_the_schools_names(content: HomePage, client: Client) -> None:
    for address, title in {
        "/about/": "About Us",
        "/about/vision/": "Our Vision",
        "/about/mission/": "Our Mission",
        "/about/funding/": "Our Funding",
        "/courses/": "Courses",
    }.items():
        document = read(client, address)
        assert words(one(document, "h1")) == title
        assert_accessible(document)
    assert_accessible(read(client, "/"))


def test_the_audiences_are_marked_for_the_staff_to_confirm(
    content: HomePage, editor: Client, client: Client
) -> None:
    audiences = words(one(read(client, "/about/"), ".audiences"))
    for group in (
        "Doctoral students",
        "Healthcare",
        "Industry",
        "Academic",
        "Regulatory",
        "legal",
        "Swedish higher education institutions",
    ):
        assert group in audiences
    about = content.get_children().get(slug="about").specific
    assert "confirmed" in about.editorial_note
    assert AUDIENCES_HEADING in about.editorial_note
    assert about.editorial_note not in words(read(client, "/about/"))


def test_the_funding_is_data(content: HomePage, client: Client) -> None:
    (page,) = read_json(client, "/api/v2/pages/?type=about.FundingPage&fields=*")["items"]
    (grant,) = page["grants"]
    assert (grant["funder_name"], grant["amount"], grant["currency"]) == (
        "Swedish Research Council", "46000000.00", "SEK",
    )  # fmt: skip
    assert grant["funder_ror_id"] == "https://ror.org/03zttf063"
    assert (grant["first_year"], grant["last_year"]) == (2023, 2027)
    items = {item["label"]: (item["amount"], item["amount_per"]) for item in page["funded_items"]}
    assert items == {
        "Node managers' compensation": (None, ""),
        "Course development": (None, ""),
        "Students’ salary": ("1500000.00", "project application"),
        "Remuneration for teachers": (None, ""),
        "Conference facilities": (None, ""),
    }
    text = words(one(read(client, "/about/funding/"), "main"))
    for expected in ("46,000,000 SEK", "2023–2027", "1,500,000 SEK per project application"):
        assert expected in text
    assert "Swedish Research Council" in words(one(read(client, "/"), "footer"))


def test_the_five_universities_are_there_with_their_ror_ids(
    content: HomePage, client: Client
) -> None:
    found = University.objects.filter(founding_partner=True)
    assert {university.name: university.ror_id for university in found} == UNIVERSITIES
    assert all(
        university.name_sv and university.website and university.city for university in found
    )
    for address in ("/", "/about/"):
        text = words(one(read(client, address), "main"))
        assert all(name in text for name in UNIVERSITIES)


def test_the_stages_lead_from_research_to_patients(content: HomePage, client: Client) -> None:
    stages = list(DevelopmentStage.objects.all())
    assert len(stages) >= 6
    assert stages[0].name == "Basic research"
    assert "access" in stages[-1].name
    assert all(stage.name_sv and stage.description and stage.description_sv for stage in stages)
    shown = words(one(read(client, "/"), "main"))
    places = [shown.index(stage.name) for stage in stages]
    assert places == sorted(places)


def test_before_there_are_courses_the_list_says_so(content: HomePage, client: Client) -> None:
    assert "There are no courses at the moment." in words(read(client, "/courses/"))


def test_sample_courses_show_everything_there_is(sample_courses: list[CoursePage]) -> None:
    sessions = CourseSession.objects.all()
    assert len(sample_courses) >= 8
    assert {course.host and course.host.name for course in sample_courses} == set(UNIVERSITIES)
    assert {stage.pk for course in sample_courses for stage in course.stages.all()} == set(
        DevelopmentStage.objects.values_list("pk", flat=True)
    )
    assert {session.mode for session in sessions} == set(CourseMode.values)
    assert {session.state for session in sessions} == set(SessionState.values)
    assert {session.time_status for session in sessions} == set(TimeStatus)
    assert {session.application_status for session in sessions} == set(ApplicationStatus)
    assert {course.taught_in_swedish for course in sample_courses} == {True, False}


@pytest.mark.parametrize("days", [3, 5, 6, 107])
def test_sample_courses_show_every_status_whatever_day_they_are_loaded(
    days: int, content: HomePage
) -> None:
    # A Friday, a Sunday, a Monday and a Thursday; the other tests load them on a Tuesday.
    noon = datetime(2026, 9, 15, 12, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
    with time_machine.travel((noon + timedelta(days=days)).astimezone(ZoneInfo("UTC"))):
        run("load_sample_courses", force=True)
        sessions = CourseSession.objects.all()
        assert {session.time_status for session in sessions} == set(TimeStatus)
        assert {session.application_status for session in sessions} == set(ApplicationStatus)


def test_sample_courses_say_that_they_are_samples(
    sample_courses: list[CoursePage], client: Client
) -> None:
    for course in sample_courses:
        assert "sample course" in course.summary.casefold()
        document = read(client, f"/courses/{course.slug}/")
        assert_accessible(document)
        assert "sample course" in words(one(document, "main")).casefold()
    index = read(client, "/courses/")
    assert_accessible(index)
    assert {course.title for course in sample_courses} <= set(headings(index))


def test_sample_courses_keep_the_rules_that_editors_have_to_keep(
    sample_courses: list[CoursePage],
) -> None:
    for course in sample_courses:
        course.full_clean()
        for session in course.sessions.all():
            session.full_clean()
