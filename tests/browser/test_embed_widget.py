"""Partners paste one element into their own pages, and their own rules keep holding."""

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from courses.feeds import views
from tests.browser.availability import AXE
from tests.browser.partner import PartnerSite, serving_partner
from tests.browser.places import COURSE, UNTRANSLATED_COURSE

type Visit = Callable[..., BrowserContext]
type Paste = Callable[..., Page]


@pytest.fixture(scope="module")
def partner() -> Iterator[PartnerSite]:
    """A partner's web server."""
    with serving_partner() as server:
        yield server


@pytest.fixture
def paste(partner: PartnerSite, site_url: str) -> Paste:
    """Return a function that opens the partner's page with an element in it."""

    def paste_into(context: BrowserContext, element: str, lang: str = "en") -> Page:
        partner.policy = (
            f"default-src 'none'; script-src {site_url}; connect-src {site_url}; "
            "style-src 'none'; require-trusted-types-for 'script'"
        )
        partner.page = f"""<!doctype html><html lang="{lang}"><head><title>Partner</title></head>
            <body><main><h1>Partner</h1>{element}</main>
            <script src="{site_url}/embed/courses.js"></script></body></html>""".encode()
        page = context.new_page()
        page.goto(partner.url)
        return page

    return paste_into


@pytest.fixture
def complaints(visit: Visit) -> tuple[BrowserContext, list[str]]:
    """A browser for partner pages, and what its console complains about."""
    context = visit()
    found: list[str] = []
    context.on("console", lambda message: found.append(message.text))
    context.on("weberror", lambda error: found.append(str(error.error)))
    return context, found


def test_a_partner_shows_coming_sessions_under_a_strict_policy(
    complaints: tuple[BrowserContext, list[str]], paste: Paste, site_url: str
) -> None:
    context, found = complaints
    page = paste(context, "<atmp-courses></atmp-courses>")

    items = page.locator("atmp-courses li")
    expect(items.first).to_be_visible()
    expect(page.get_by_role("list", name="Courses")).to_be_visible()
    href = items.first.get_by_role("link").get_attribute("href")
    assert href is not None
    assert href.startswith(f"{site_url}/courses/")
    assert found == []


def test_open_shows_only_what_can_be_applied_to(
    complaints: tuple[BrowserContext, list[str]], paste: Paste, site_url: str
) -> None:
    page = paste(complaints[0], "<atmp-courses open></atmp-courses>")
    expect(page.locator("atmp-courses li").first).to_be_visible()

    statuses = page.locator("atmp-courses [part=status]").all_inner_texts()

    assert statuses
    assert all(status.startswith("Open for application") for status in statuses)


def test_a_university_that_gives_no_course_says_so(
    complaints: tuple[BrowserContext, list[str]], paste: Paste, site_url: str
) -> None:
    page = paste(complaints[0], '<atmp-courses university="KI" mode="online"></atmp-courses>')

    expect(page.locator("atmp-courses")).to_contain_text("There are no courses to show")


def test_a_mistyped_university_is_named_in_the_console_for_who_wrote_the_page(
    complaints: tuple[BrowserContext, list[str]], paste: Paste
) -> None:
    context, found = complaints
    page = paste(context, '<atmp-courses university="LUND"></atmp-courses>')

    expect(page.get_by_role("link", name="All courses")).to_be_visible()
    assert any("“host” takes" in message and "LU" in message for message in found)
    page.locator("atmp-courses").evaluate("node => node.setAttribute('university', 'LU')")
    expect(page.locator("atmp-courses li").first).to_be_visible()


def test_it_speaks_swedish_on_a_swedish_page(
    complaints: tuple[BrowserContext, list[str]], paste: Paste, site_url: str
) -> None:
    page = paste(complaints[0], "<atmp-courses></atmp-courses>", lang="sv")

    expect(page.get_by_role("list", name="Kurser")).to_be_visible()
    expect(page.locator("atmp-courses [part=content]")).to_have_attribute("lang", "sv")


def test_in_swedish_each_course_is_there_once_in_swedish_or_else_in_english(
    complaints: tuple[BrowserContext, list[str]], paste: Paste, site_url: str
) -> None:
    shown = {}
    for language in ("en", "sv"):
        page = paste(complaints[0], '<atmp-courses limit="100"></atmp-courses>', lang=language)
        expect(page.locator("atmp-courses li").first).to_be_visible()
        shown[language] = page.locator("atmp-courses a").evaluate_all(
            "links => links.map(link => [link.getAttribute('href'), link.lang])"
        )

    assert {lang for _href, lang in shown["en"]} == {""}
    assert not [href for href, _lang in shown["en"] if "/sv/" in href]
    assert len(shown["sv"]) == len(shown["en"])
    english = [href for href, lang in shown["sv"] if lang == "en"]
    swedish = [href for href, lang in shown["sv"] if lang == ""]
    # Other tests of this site add courses, which nobody has translated.
    addresses = {href.removeprefix(site_url) for href in english}
    assert UNTRANSLATED_COURSE in addresses
    assert COURSE not in addresses
    assert swedish
    assert all(href.startswith(f"{site_url}/sv/kurser/") for href in swedish)


def test_as_many_are_shown_in_swedish_as_are_asked_for(
    complaints: tuple[BrowserContext, list[str]], paste: Paste
) -> None:
    page = paste(complaints[0], '<atmp-courses limit="3" lang="sv"></atmp-courses>')

    expect(page.locator("atmp-courses li")).to_have_count(3)


def test_while_the_api_is_away_it_shows_the_last_good_answer(
    complaints: tuple[BrowserContext, list[str]], paste: Paste, site_url: str
) -> None:
    context, _found = complaints
    page = paste(context, "<atmp-courses></atmp-courses>")
    expect(page.locator("atmp-courses li").first).to_be_visible()
    shown = page.locator("atmp-courses li").all_inner_texts()
    context.route(f"{site_url}/api/**", lambda route: route.abort())
    page.reload()

    expect(page.locator("atmp-courses li").first).to_be_visible()
    expect(page.locator("atmp-courses li")).to_have_text(shown, use_inner_text=True)


def test_with_nothing_kept_it_says_that_it_cannot_and_where_to_look(
    complaints: tuple[BrowserContext, list[str]], paste: Paste, site_url: str
) -> None:
    context, _found = complaints
    context.route(f"{site_url}/api/**", lambda route: route.abort())
    page = paste(context, "<atmp-courses></atmp-courses>")

    expect(page.locator("atmp-courses")).to_contain_text("cannot be shown right now")
    expect(page.get_by_role("link", name="All courses")).to_be_visible()
    page.get_by_role("link", name="All courses").click()
    expect(page).to_have_url(f"{site_url}/courses/")


def test_the_way_to_all_courses_is_swedish_in_swedish(
    complaints: tuple[BrowserContext, list[str]], paste: Paste, site_url: str
) -> None:
    page = paste(complaints[0], '<atmp-courses university="nobody"></atmp-courses>', lang="sv")
    page.get_by_role("link", name="Alla kurser").click()

    expect(page).to_have_url(f"{site_url}/sv/kurser/")


def test_it_is_accessible_and_takes_the_pages_own_font(visit: Visit, paste: Paste) -> None:
    context = visit(bypass_csp=True)
    page = paste(context, "<atmp-courses></atmp-courses>")
    expect(page.locator("atmp-courses li").first).to_be_visible()
    page.add_script_tag(path=str(AXE))
    result: dict[str, Any] = page.evaluate("axe.run('atmp-courses')")
    page.evaluate("document.body.style.fontFamily = 'monospace'")
    font = page.locator("atmp-courses li").first.evaluate(
        "node => getComputedStyle(node).fontFamily"
    )

    assert [violation["id"] for violation in result["violations"]] == []
    assert font == "monospace"


def test_it_weighs_less_than_5_kb() -> None:
    source = Path(views.__file__).parents[1] / "static/courses/embed.js"

    assert len(gzip.compress(source.read_bytes())) < 5_000
