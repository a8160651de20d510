"""Dates, times and numbers, typed key by key: what is typed stays, and is what is published."""

from collections.abc import Callable, Iterable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.admin_pages import Desk, Visitor
from tests.browser.office import MODERATOR, SWEDISH_MODERATOR
from tests.typing_forms import AMBIGUOUS, DAYS, NO_DAYS, NO_NUMBERS, NO_TIMES, NUMBERS, TIMES

type SitDown = Callable[[str], Desk]

# A browser's own field for numbers would drop a comma; a picker would make today of most dates.
ALL_DAYS = [*DAYS, *NO_DAYS]
ALL_TIMES = [f"8/3 2027 {text}" for text in (*TIMES, *NO_TIMES)]
ALL_NUMBERS = [*NUMBERS, *AMBIGUOUS, *NO_NUMBERS]


def _type(field: Locator, text: str) -> None:
    """Type as a hand does, and go on to the next field."""
    field.press("Control+a")
    field.press_sequentially(text)
    field.press("Tab")
    expect(field).to_have_value(text)


def _type_all(field: Locator, texts: Iterable[str]) -> None:
    for text in texts:
        _type(field, text)


@pytest.mark.parametrize(
    ("username", "slug", "wrong_date", "wrong_time", "two_ways"),
    [
        (
            MODERATOR,
            "typed-in-english",
            "“xyz” is not a date; write 2026-10-12 or 12 October 2026.",
            "“8/3 2027” is not a date with a time",
            "“1.500” can mean 1500 or 1.5",
        ),
        (
            SWEDISH_MODERATOR,
            "typed-in-swedish",
            "”xyz” är inget datum; skriv 2026-10-12 eller 12 oktober 2026.",
            "”8/3 2027” är inget datum med klockslag",
            "”1.500” kan betyda 1500 eller 1,5",
        ),
    ],
)
def test_what_is_typed_is_what_is_published(
    username: str,
    slug: str,
    wrong_date: str,
    wrong_time: str,
    two_ways: str,
    sit_down: SitDown,
    visitor: Visitor,
) -> None:
    page = sit_down(username).page
    found = page.request.get("/api/v2/pages/find/?html_path=/courses/").json()
    page.goto(f"/admin/pages/add/courses/coursepage/{found['id']}/")
    field = {name: page.locator(f"[name='{name}']") for name in ("title", "slug", "summary")}
    _type(field["title"], slug)
    _type(page.locator("[name=credits]"), "1.500")
