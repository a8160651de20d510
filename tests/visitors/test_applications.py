"""Visitors see at once what they can still apply for, and by when."""

from datetime import date

import pytest
from bs4 import Tag
from django.test import Client

from cms.models import Publication
from cms.publishing.log import Change, append
from courses.models import CourseIndexPage, CourseSession
from home.models import HomePage
from tests.factories import CourseIndexPageFactory, CoursePageFactory, CourseSessionFactory
from tests.html import links, one, read, words


@pytest.fixture
def dated(home: HomePage) -> CourseIndexPage:
    """Courses in every stage of their application, each with the day that matters."""
    index: CourseIndexPage = CourseIndexPageFactory(parent=home)

    def add(title: str, *sessions: CourseSession) -> None:
        url = f"https://apply.example.org/{title[0].lower()}"
        CoursePageFactory(parent=index, title=title, sessions=sessions, application_url=url)

    build = CourseSessionFactory.build
    full = build(start_date=date(2026, 10, 5), end_date=None, state="full")
    add("Closed", build(start_date=date(2026, 10, 1), application_closes=date(2026, 9, 14)))
    add("Opens second", build(application_opens=date(2026, 9, 20)))
    add("Opens first", build(application_opens=date(2026, 9, 16)))
    add("Until its first day", build(start_date=date(2026, 9, 30), application_closes=None))
    add("Full, then open", full, build(application_closes=date(2026, 9, 16)))
    add("Last day today", build(application_closes=date(2026, 9, 15)))
    add("Off", build(state="cancelled", application_closes=date(2026, 9, 15)))
    return index


def test_what_can_be_applied_for_comes_first_by_deadline_then_what_opens_then_the_rest(
    dated: CourseIndexPage, client: Client
) -> None:
    rows = read(client, "/courses/").select("ul.rows--courses > li")
    days = [" ".join(map(words, row.select(".rows__side .small"))) for row in rows]
    assert list(zip([words(one(row, "h3")) for row in rows], days, strict=True)) == [
        ("Last day today", "Last day to apply 15 September 2026"),
        ("Full, then open", "Last day to apply 16 September 2026"),
        ("Until its first day", "Last day to apply 30 September 2026"),
        ("Opens first", "Opens 16 September 2026"),
        ("Opens second", "Opens 20 September 2026"),
        ("Closed", ""),
        ("Off", ""),
    ]


def test_the_home_page_leads_with_what_can_be_applied_for(
    dated: CourseIndexPage, client: Client
) -> None:
    def shown() -> Tag:
        return one(read(client, "/"), "section.openings")

    assert words(one(shown(), "h2")) == "Open for application: 3 courses"
    assert list(links(shown()).items())[:2] == [
        ("/courses/last-day-today/", "Last day today"),
        ("https://apply.example.org/l", "Apply : Last day today"),
    ]
    assert [day["datetime"] for day in shown().select(".openings__day time")] == [
        "2026-09-15", "2026-09-16", "2026-09-30",
    ]  # fmt: skip
    for number in range(3):
        later = CourseSessionFactory.build(application_closes=date(2026, 11, 1))
        CoursePageFactory(parent=dated, title=f"Later {number}", sessions=[later])
    assert len(shown().select("li")) == 4
    assert links(shown())["/courses/?open=on#courses"]
    CourseSession.objects.exclude(application_opens=date(2026, 9, 16)).delete()
    append([Change(Publication.Resource.SITE)])
    assert words(one(shown(), "h2")) == "Nothing is open for application today"
    assert words(one(shown(), "li")).startswith("Opens first Opens 16 September 2026")


def test_the_button_and_the_feed_say_by_when_to_apply(
    dated: CourseIndexPage, client: Client
) -> None:
    head = one(read(client, "/courses/full-then-open/"), "header.course-head")
    assert links(head)["https://apply.example.org/f"] == "Apply by 16 September 2026"
    feed = client.get("/courses/feed.atom").text
    assert '<summary type="text">Open until 16 Sep' in feed
