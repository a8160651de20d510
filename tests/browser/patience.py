"""How long the browser tests wait, and for what: never for a time, always for a condition.

Two cores may have other tests to run beside a browser and its server. A limit that is never
reached costs nothing, so there is one, and it is generous.
"""

import time
from collections.abc import Callable
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

# In milliseconds.
PATIENCE: Final = 30_000
expect.set_options(timeout=PATIENCE)

_TRIED = """() => new Promise(done => {
  const last = new Image();
  last.addEventListener("error", () => requestAnimationFrame(() => setTimeout(done)));
  last.src = "/static/none.png?" + performance.now();
})"""
_IS_AT_REST = """element => {
  const place = JSON.stringify(element.getBoundingClientRect());
  element.framesAtRest = place === element.lastPlace ? element.framesAtRest + 1 : 0;
  element.lastPlace = place;
  const isMoving = element.getAnimations({subtree: true}).some(a => a.playState === "running");
  return element.framesAtRest >= 10 && !isMoving;
}"""


def new_context(browser: Browser, **options: Any) -> BrowserContext:
    """Open a browser that waits as long as everything else here."""
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE)
    return context


def ready(target: Locator) -> Locator:
    """Return `target` when it is there, and its page's scripts have run.

    A click that comes before them is lost, or sends a form that they would have filled in.
    """
    target.wait_for(state="attached")
    target.page.wait_for_load_state("load")
    return target


def wait_until_at_rest(target: Locator) -> None:
    """Wait until something has come to its place: what is clicked on its way there is missed."""
    target.page.wait_for_function(_IS_AT_REST, arg=target.element_handle())


def wait_until_tried(page: Page) -> None:
    """Wait until the page has loaded, and reported, all it was going to load by itself.

    For tests in which something must not happen: one picture more is asked for, and when that has
    failed, so has everything before it.
    """
    page.wait_for_load_state("load")
    page.evaluate(_TRIED)


def wait_until(page: Page, holds: Callable[[], bool]) -> None:
    """Wait until the browser has reported what a test listens for."""
    end = time.monotonic() + PATIENCE / 1000
    while not holds():
        assert time.monotonic() < end, "Nothing of the kind was reported."
        # Playwright calls listeners only while it is asked for something.
        page.evaluate("() => new Promise(requestAnimationFrame)")
