"""Dates, times and numbers, typed key by key: what is typed stays, and is what is published."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from tests.browser.admin_pages import Desk, Visitor
from tests.browser.office import MODERATOR, SWEDISH_MODERATOR
from tests.browser.patience import ready
from tests.typing_forms import AMBIGUOUS, DAYS, NUMBERS, TIMES

type SitDown = Callable[[str], Desk]


@dataclass(frozen=True, slots=True)
class Profile:
    """Somebody who works in a language, and what the admin answers there."""

    username: str
    no_date: str
    no_time: str
    two_ways: str


ENGLISH = Profile(
    MODERATOR,
    "“xyz” is not a date; write 2026-10-12 or 12 October 2026.",
    "“8/3 2027” is not a date with a time",
    "“1.500” can mean 1500 or 1.5",
)
SWEDISH = Profile(
    SWEDISH_MODERATOR,
    "”xyz” är inget datum; skriv 2026-10-12 eller 12 oktober 2026.",
    "”8/3 2027” är inget datum med klockslag",
    "”1.500” kan betyda 1500 eller 1,5",
)


def _type(field: Locator, *texts: str) -> None:
    """Type as a hand does, and go on to the next field: the last of the texts stays."""
    for text in texts:
        field.press("Control+a")
        field.press_sequentially(text)
        field.press("Tab")
        # A browser's field for numbers drops a comma; a picker makes today of most dates.
        expect(field).to_have_value(text)


def _named(page: Page, name: str) -> Locator:
    return page.locator(f"[name='{name}']")


def _errors_beside(field: Locator) -> Locator:
    return field.locator("xpath=ancestor::*[@data-field-wrapper][1]").locator("[data-field-errors]")


def _press(page: Page, button: str) -> None:
    """Press a button that has another name in each language, and stands in a closed list."""
    with page.expect_navigation():
        page.locator(f"[name={button}]").evaluate("button => button.form.requestSubmit(button)")


def _number_of(page: Page, address: str) -> int:
    response = page.request.get("/api/v2/pages/find/", params={"html_path": address})
    return int(response.json()["id"])


def _is_save(request: Request) -> bool:
    return request.method == "POST" and request.url.endswith("/edit/")


@pytest.mark.parametrize("profile", [ENGLISH, SWEDISH], ids=["English", "Swedish"])
def test_what_is_typed_stays_and_is_what_is_published(
    profile: Profile, sit_down: SitDown, visitor: Visitor
) -> None:
    page = sit_down(profile.username).page
    courses = _number_of(page, "/courses/")
    page.goto(f"/admin/pages/add/courses/coursepage/{courses}/")
    title = f"Typed by {profile.username}"
    ready(_named(page, "title")).fill(title)
    _named(page, "summary").fill("Typed key by key.")
    _named(page, "host").select_option(index=1)
    _type(_named(page, "credits"), *NUMBERS, *AMBIGUOUS[::-1])
    page.get_by_role("tab").nth(1).click()
    page.locator("#id_sessions-ADD").click()
    first, last = _named(page, "sessions-0-start_date"), _named(page, "sessions-0-end_date")
    _type(first, *DAYS, "xyz")
    _type(last, "19 mars 2027")
    _type(_named(page, "sessions-0-places"), "1,5", "1 500")
    _press(page, "action-publish")
    for field, said, text in [
        (_named(page, "credits"), profile.two_ways, "1.500"),
        (first, profile.no_date, "xyz"),
    ]:
        expect(_errors_beside(field)).to_contain_text(said)
        expect(field).to_have_value(text)
        page.get_by_role("tab").nth(1).click()
    _type(first, "8/3 2027")
    page.get_by_role("tab").nth(0).click()
    _type(_named(page, "credits"), "4,5")
    _press(page, "action-publish")
    address = f"/courses/typed-by-{profile.username}/"
    visitor.reads(address, title, "8–19 March 2027", "4.5 credits (ECTS)", "1500 places")

    page.goto(f"/admin/pages/{_number_of(page, address)}/edit/")
    page.locator("[data-side-panel-toggle=status]").click()
    page.locator("[data-a11y-dialog-show=schedule-publishing-dialog]").first.click()
    go_live = _named(page, "go_live_at")
    _type(go_live, *(f"8/3 2027 {text}" for text in TIMES), "8/3 2027")
    _press(page, "action-publish")
    expect(_errors_beside(go_live)).to_contain_text(profile.no_time)
    expect(go_live).to_have_value("8/3 2027")
    expect(go_live).to_be_visible()
    page.locator("#schedule-publishing-dialog .w-dialog__close-button").click()
    expect(go_live).to_have_value("")

    page.goto(f"/admin/pages/{courses}/")
    page.locator("#filters-drilldown [data-w-dropdown-target=toggle]").click()
    page.locator("[aria-controls=drilldown-id_latest_revision_created_at]").click()
    since = _named(page, "latest_revision_created_at_from")
    _type(since, "8/3 2027", "xyz")
    expect(_errors_beside(since)).to_contain_text(profile.no_date)


def test_a_change_in_the_first_moment_is_kept_and_none_is_seen_where_there_is_none(
    sit_down: SitDown,
) -> None:
    page = sit_down(MODERATOR).page
    editor = f"/admin/pages/{_number_of(page, '/contact/')}/edit/"
    sent: list[Request] = []
    # Playwright cannot take a method of a list.
    page.on("request", lambda request: sent.append(request))  # noqa: PLW0108
    page.clock.install()

    def open_and_press(*keys: str) -> None:
        page.clock.resume()
        page.goto(editor)
        lead = ready(_named(page, "lead"))
        page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 0.1)
        sent.clear()
        for key in keys:
            lead.press(key)
        page.clock.run_for(5000)

    open_and_press("Tab")
    assert not any(_is_save(request) for request in sent)
    with page.expect_response(lambda response: _is_save(response.request)) as saved:
        open_and_press("End", "!")
    assert saved.value.json()["success"]
    page.reload()
    expect(_named(page, "lead")).to_have_value(re.compile("!$"))


def test_a_schedule_is_saved_by_its_own_button_alone(sit_down: SitDown) -> None:
    page = sit_down(MODERATOR).page
    page.clock.install()
    page.goto(f"/admin/pages/{_number_of(page, '/contact/')}/edit/")
    ready(page.locator("[data-side-panel-toggle=status]")).click()
    page.locator("[data-a11y-dialog-show=schedule-publishing-dialog]").first.click()
    go_live = _named(page, "go_live_at")
    saves: list[Request] = []
    page.on("request", lambda request: saves.append(request) if _is_save(request) else None)
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 0.1)
    _type(go_live, "8/3 2027 10:00")
    page.clock.run_for(5000)
    # Nothing but the schedule is another one, so that there is nothing to save.
    assert not saves
    with page.expect_response(lambda response: _is_save(response.request)) as saved:
        _named(page, "lead").evaluate("field => { field.value += '?'; }")
        page.clock.run_for(5000)
    assert saved.value.json()["success"]
    expect(go_live).to_have_value("8/3 2027 10:00")
    page.reload()
    expect(_named(page, "lead")).to_have_value(re.compile("[?]$"))
    expect(go_live).to_have_value("")
