"""A session in one readable line, in the reader's language."""

from datetime import date

import pytest
from django.utils.translation import override

from cms.i18n.dates import short_date, short_date_range
from cms.models import University
from courses.models import CoursePage, CourseSession

OCT_12, OCT_24 = date(2026, 10, 12), date(2026, 10, 24)


@pytest.mark.parametrize(
    ("first", "last", "english", "swedish"),
    [
        (OCT_12, OCT_24, "12–24 Oct 2026", "12–24 okt. 2026"),
        (OCT_12, OCT_12, "12 Oct 2026", "12 okt. 2026"),
        (OCT_12, None, "12 Oct 2026", "12 okt. 2026"),
        (OCT_24, date(2026, 11, 3), "24 Oct – 3 Nov 2026", "24 okt. – 3 nov. 2026"),
        (
            date(2026, 12, 28),
            date(2027, 1, 8),
            "28 Dec 2026 – 8 Jan 2027",
            "28 dec. 2026 – 8 jan. 2027",
        ),
        (date(2026, 5, 4), date(2026, 5, 8), "4–8 May 2026", "4–8 maj 2026"),
    ],
)
def test_a_span_of_days_says_nothing_twice(
    first: date, last: date | None, english: str, swedish: str
) -> None:
    with override("en"):
        assert short_date_range(first, last) == english
    with override("sv"):
        assert short_date_range(first, last) == swedish


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en-gb", "1 Sep 2026"), ("sv-fi", "1 sep. 2026"), ("xx", "1 Sep 2026"), (None, "1 Sep 2026")],
)
def test_every_language_of_the_admin_reads_a_date(language: str | None, expected: str) -> None:
    with override(language):
        assert short_date(date(2026, 9, 1)) == expected


def test_the_year_is_said_only_where_it_is_another() -> None:
    assert short_date(date(2026, 9, 1), near=OCT_12) == "1 Sep"
    assert short_date(date(2025, 12, 1), near=OCT_12) == "1 Dec 2025"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, "not yet open for application"),
        ({"application_opens": date(2026, 9, 20)}, "opens on 20 Sep"),
        ({"application_closes": date(2026, 10, 1)}, "open until 1 Oct"),
        ({"application_opens": date(2026, 9, 1)}, "open until 12 Oct"),
        ({"application_closes": date(2026, 9, 14)}, "application closed"),
        ({"application_closes": date(2026, 10, 1), "state": "full"}, "full"),
        ({"application_closes": date(2026, 10, 1), "state": "cancelled"}, "cancelled"),
        ({"start_date": date(2026, 9, 14)}, "running now"),
        ({"start_date": date(2026, 9, 1), "end_date": date(2026, 9, 2)}, "past"),
        ({"start_date": None, "application_opens": date(2026, 9, 1)}, "open for application"),
        ({"start_date": None, "end_date": None, "application_opens": date(2027, 1, 7)},
         "opens on 7 Jan 2027"),
    ],
)  # fmt: skip
def test_the_line_ends_with_what_matters_most(facts: dict[str, object], expected: str) -> None:
    session = CourseSession(**{"start_date": OCT_12, "end_date": OCT_24, **facts})

    assert session.summary_line.rpartition(" · ")[2] == expected


@pytest.mark.django_db
def test_the_line_names_dates_host_and_deadline() -> None:
    host = University(name="Karolinska Institutet", name_sv="KI på svenska")
    session = CourseSession(
        page=CoursePage(title="A course", host=host),
        start_date=OCT_12,
        end_date=OCT_24,
        application_closes=date(2026, 10, 1),
    )

    assert session.summary_line == "12–24 Oct 2026 · Karolinska Institutet · open until 1 Oct"
    with override("sv"):
        assert session.summary_line.startswith("12–24 okt. 2026 · KI på svenska")
    assert str(session) == "12–24 Oct 2026"


@pytest.mark.django_db
def test_a_session_without_dates_course_or_host_has_a_line_too() -> None:
    assert CourseSession().summary_line.startswith("Dates to be announced · ")
    assert CourseSession(page=CoursePage()).summary_line.startswith("Dates to be announced · ")
