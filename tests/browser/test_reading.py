"""The site can be walked with a keyboard, read at any size, and moves only if asked to."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.places import COURSE, PLACES

# What 400 % makes of 1280 pixels (WCAG 2.2, 1.4.10), and what 200 % does.
ZOOMED = {"400 %": 320, "200 %": 640}

TOO_WIDE = """() => [...document.querySelectorAll("body *")]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1
        && !e.closest(".table-scroll, .visually-hidden") && !e.ownerSVGElement)
    .map(e => e.outerHTML.slice(0, 120))"""
# What readers may set (WCAG 2.2, 1.4.12).
SPACE_OUT = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important } p { margin-block-end: 2em !important }`);
    document.adoptedStyleSheets = [sheet];
}"""
# Swedish has no longest word. Each text of the page gets one that a Swede would not wonder at.
LENGTHEN = """() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode())
        if (walker.currentNode.data.trim() && !walker.currentNode.parentElement.closest("script"))
            walker.currentNode.data += " läkemedelsutvecklingsprojektansökningar";
}"""
# Where a whole card or stage is the link's target, the ring is around that, by ::after.
FOCUS_IS_SEEN = """() => {
    const e = document.activeElement, box = e.getBoundingClientRect();
    const isRinged = style => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return (isRinged(getComputedStyle(e)) || isRinged(getComputedStyle(e, "::after")))
        && box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
}"""


@pytest.mark.parametrize("zoom", ZOOMED)
@pytest.mark.parametrize("place", PLACES)
def test_zoomed_in_nothing_has_to_be_scrolled_sideways(
    place: str, zoom: str, visit: Callable[..., BrowserContext]
) -> None:
    page = visit(viewport={"width": ZOOMED[zoom], "height": 512}).new_page()
    page.goto(PLACES[place])
    for change in ("() => {}", SPACE_OUT, LENGTHEN):
        page.evaluate(change)
        too_wide = page.evaluate(TOO_WIDE)
        assert page.evaluate("document.documentElement.scrollWidth") == ZOOMED[zoom], too_wide
        assert too_wide == []


@pytest.mark.parametrize("place", PLACES)
def test_every_control_is_reached_by_keyboard_in_reading_order(
    place: str, visit: Callable[..., BrowserContext]
) -> None:
    page = visit(reduced_motion="reduce").new_page()
    page.goto(PLACES[place])
    reached = _tab_through(page)
    expected = page.evaluate(
        """() => [...document.querySelectorAll(
            "a[href], button, input, select, textarea, summary, [tabindex='0']")]
            .filter(e => e.checkVisibility({visibilityProperty: true})).length"""
    )
    assert len(reached) == expected
    assert reached == sorted(reached), "The order of focus is not that of the document."


def _tab_through(page: Page) -> list[int]:
    """Press Tab until it leaves the document; return the place of each stop in the document."""
    stops: list[int] = []
    for _press in range(300):
        page.keyboard.press("Tab")
        stop = page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)")
        if page.evaluate("document.activeElement === document.body") or stop in stops[:1]:
            return stops
        assert page.evaluate(FOCUS_IS_SEEN), page.evaluate("document.activeElement.outerHTML")
        stops.append(stop)
    return stops


def test_the_first_stop_leads_past_the_menu(visit: Callable[..., BrowserContext]) -> None:
    page = visit().new_page()
    page.goto("/about/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    expect(page.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("main :focus")).to_be_visible()


def test_past_sessions_open_with_the_keyboard(visit: Callable[..., BrowserContext]) -> None:
    page = visit().new_page()
    page.goto(COURSE)
    summary = page.locator("details.disclosure > summary").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(summary.locator("xpath=..")).to_have_attribute("open", "")


@pytest.mark.parametrize("place", PLACES)
def test_nothing_moves_for_those_who_want_it_still(
    place: str, visit: Callable[..., BrowserContext]
) -> None:
    page = visit(reduced_motion="reduce").new_page()
    page.goto(PLACES[place])
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter(e => {
            const style = getComputedStyle(e);
            return style.transitionDuration.split(",").some(d => parseFloat(d) > 0.01)
                || style.animationName !== "none" || style.scrollBehavior === "smooth";
        }).map(e => e.outerHTML.slice(0, 80))"""
    )
    assert moving == []
