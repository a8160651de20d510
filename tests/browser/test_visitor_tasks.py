"""What visitors come for, done on a phone: by a number of taps, and of screens down the page."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.patience import ready

PHONE = {"width": 360, "height": 740}
APPLY = "https://example.org/apply/introduction-to-atmps"


class Phone:
    """A page on a phone, whose owner taps and looks down the page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0

    def tap(self, target: Locator) -> None:
        """Tap once; what a tap has not brought into being cannot be tapped."""
        ready(target).tap()
        self.taps += 1

    def screen_of(self, target: Locator) -> int:
        """Return on which screen from the top of the page `target` ends: 1 is the first."""
        expect(target).to_be_visible()
        bottom = target.evaluate("e => e.getBoundingClientRect().bottom + scrollY")
        return int(bottom // PHONE["height"]) + 1


@pytest.fixture
def phone(visit: Callable[..., BrowserContext]) -> Phone:
    """A phone of somebody who has never been here."""
    return Phone(visit(viewport=PHONE, has_touch=True, is_mobile=True).new_page())


def test_what_can_be_applied_for_and_by_when_takes_no_tap(phone: Phone) -> None:
    phone.page.goto("/")
    first = phone.page.locator(".openings li").first
    expect(first).to_contain_text("Last day to apply")
    assert phone.screen_of(first) <= 2
    phone.page.goto("/courses/")
    first = phone.page.locator(".rows--courses li").first
    expect(first).to_contain_text("Last day to apply")
    assert phone.screen_of(first.locator("h3")) == 1


def test_applying_takes_one_tap(phone: Phone) -> None:
    phone.page.route("https://example.org/**", lambda route: route.fulfill(body="The form"))
    phone.page.goto("/")
    phone.tap(phone.page.get_by_role("link", name=re.compile("Apply.*Introduction")))
    phone.page.wait_for_url(APPLY)
    phone.page.goto("/courses/introduction-to-atmps/")
    button = phone.page.get_by_role("link", name="Apply by")
    assert phone.screen_of(button) == 1
    phone.tap(button)
    phone.page.wait_for_url(APPLY)
    assert phone.taps == 2


def test_an_open_course_of_a_stage_and_its_term_takes_at_most_three_taps(phone: Phone) -> None:
    phone.page.goto("/")
    phone.tap(phone.page.locator(".main-nav").get_by_role("link", name="Courses"))
    phone.tap(phone.page.locator(".stages").get_by_role("link", name="Manufacturing and GMP"))
    expect(phone.page.get_by_role("status")).to_contain_text("courses found")
    row = phone.page.locator(".rows--courses li").first
    for text in ("Open for application", "October"):
        expect(row).to_contain_text(text)
    expect(row.locator("h3")).to_be_in_viewport()
    # The term by name, kept when the visitor comes back from a course.
    phone.page.get_by_text("Search, filter and sort").tap()
    phone.page.get_by_label("When it starts").select_option("Autumn 2026")
    phone.page.get_by_role("button", name="Show courses").tap()
    row.get_by_role("link").tap()
    phone.page.wait_for_url("**/introduction-to-atmps/")
    phone.page.go_back()
    expect(phone.page.get_by_label("When it starts")).to_have_value("2026-autumn")
    expect(phone.page.locator(".stages [aria-current]")).to_contain_text("Manufacturing")
    assert phone.taps <= 3


def test_whom_to_ask_takes_one_tap(phone: Phone) -> None:
    phone.page.goto("/courses/introduction-to-atmps/")
    phone.tap(phone.page.get_by_role("link", name="Whom to ask"))
    expect(phone.page.locator("#people ~ .people a[href^='mailto:']").first).to_be_in_viewport()
    assert phone.taps == 1


def test_a_deadline_is_in_the_calendar_after_two_taps(phone: Phone) -> None:
    phone.page.goto("/")
    phone.tap(phone.page.locator(".openings h3 a").first)
    link = phone.page.get_by_role("link", name="Add dates and last days to apply")
    assert phone.screen_of(link) <= 2
    calendar = phone.page.request.get(str(link.get_attribute("href"))).text()
    assert "SUMMARY:Last day to apply: " in calendar.replace("\r\n ", "")
    phone.tap(link)
    assert phone.taps == 2
