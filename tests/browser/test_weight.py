"""A page is small, quick and tells nobody: what goes over the wire when somebody visits."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, Response

from tests.browser.patience import wait_until_tried
from tests.browser.places import PLACES

MOST_BYTES, MOST_BYTES_OF_HTML, MOST_BYTES_OF_FONTS = 80_000, 14_000, 45_000
MOST_BYTES_BESIDE_FONTS = 40_000
MOST_REQUESTS = 5
A_YEAR = 365 * 24 * 60 * 60
DOWN = 5000
# Also the pictures that are loaded only when they come into sight.
HAS_COME_DOWN = """down => {
    const end = document.documentElement.scrollHeight - innerHeight;
    const isInSight = e => e.getBoundingClientRect().top < innerHeight
        && e.getBoundingClientRect().bottom > 0 && e.checkVisibility();
    return scrollY >= Math.min(down, end) - 1
        && [...document.images].filter(isInSight).every(image => image.complete);
}"""


def _load(page: Page, address: str) -> list[Response]:
    """Open `address` and return every response that it took."""
    responses: list[Response] = []
    # Playwright wants a function of Python's own.
    page.on("response", lambda response: responses.append(response))  # noqa: PLW0108
    page.goto(address, wait_until="networkidle")
    return responses


@pytest.fixture
def page(visit: Callable[..., BrowserContext]) -> Page:
    """An empty page of somebody who has never been here."""
    return visit().new_page()


@pytest.mark.parametrize("place", PLACES)
def test_a_page_is_light_and_tells_nobody_of_the_visit(
    place: str, page: Page, site_url: str
) -> None:
    responses = _load(page, PLACES[place])
    assert {urlsplit(response.url).netloc for response in responses} == {urlsplit(site_url).netloc}
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0

    sizes = {
        response.url: response.request.sizes()["responseBodySize"]
        for response in responses
        if response.request.resource_type != "image"
    }
    assert len(sizes) <= MOST_REQUESTS, sizes
    assert sum(sizes.values()) <= MOST_BYTES, sizes
    assert sizes[responses[0].url] <= MOST_BYTES_OF_HTML, sizes
    fonts = [size for address, size in sizes.items() if address.endswith(".woff2")]
    assert 0 < sum(fonts) <= MOST_BYTES_OF_FONTS, sizes
    assert sum(sizes.values()) - sum(fonts) <= MOST_BYTES_BESIDE_FONTS, sizes


def test_what_stands_beside_the_html_is_kept_for_a_year(page: Page) -> None:
    beside = [
        response
        for response in _load(page, "/")
        if urlsplit(response.url).path.startswith("/static/")
    ]
    assert beside
    for response in beside:
        assert f"max-age={A_YEAR}" in response.headers["cache-control"], response.url
        assert "immutable" in response.headers["cache-control"], response.url


@pytest.mark.parametrize(
    ("place", "width"),
    [(place, 390) for place in PLACES]
    + [(place, 1280) for place in ("home", "courses", "course", "every block")],
)
def test_nothing_jumps_while_a_page_loads(
    place: str, width: int, visit: Callable[..., BrowserContext]
) -> None:
    page = visit(viewport={"width": width, "height": 800}).new_page()
    page.add_init_script(
        """
        window.shift = 0;
        const add = entries => { for (const entry of entries) window.shift += entry.value; };
        const observer = new PerformanceObserver(list => add(list.getEntries()));
        observer.observe({type: "layout-shift", buffered: true});
        window.allShifts = () => { add(observer.takeRecords()); return window.shift; };
        """
    )
    page.goto(PLACES[place])
    page.mouse.wheel(0, DOWN)
    page.wait_for_function(HAS_COME_DOWN, arg=DOWN)
    wait_until_tried(page)
    # To three decimals, as it is reported everywhere: a fiftieth of a pixel is no jump.
    assert round(page.evaluate("allShifts()"), 3) == 0
