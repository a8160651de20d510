"""Nobody is kept out: axe-core finds nothing to object to on any page, in either scheme."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.availability import AXE
from tests.browser.places import IN_SWEDISH, PLACES

# WCAG 2.2 at the levels A and AA, which EN 301 549 and with it Swedish law ask for, and the
# checker's own good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    """Return what axe-core objects to on the page as it is shown now."""
    page.evaluate(AXE.read_text())
    found: dict[str, Any] = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES
    )
    return [
        f"{violation['id']}: {violation['help']}: {json.dumps(node['target'])} {node['html']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


# Swedish pages differ in words, not in colours: these two are looked at in the dark too.
_IN_ONE_SCHEME = {f"{place}, in Swedish" for place in IN_SWEDISH.keys() - {"courses", "course"}}


@pytest.mark.parametrize(
    ("place", "scheme"),
    [
        (place, scheme)
        for place in PLACES
        for scheme in ("light", "dark")
        if scheme == "light" or place not in _IN_ONE_SCHEME
    ],
)
def test_axe_finds_nothing(place: str, scheme: str, visit: Callable[..., BrowserContext]) -> None:
    page = visit(color_scheme=scheme, reduced_motion="reduce").new_page()
    page.goto(PLACES[place])
    for disclosure in page.locator("details").all():
        disclosure.evaluate("element => element.open = true")
    assert violations(page) == []


@pytest.mark.parametrize(
    "place", ["home", "courses", "course", "every block", "course, in Swedish"]
)
def test_axe_finds_nothing_on_a_small_screen(
    place: str, visit: Callable[..., BrowserContext]
) -> None:
    page = visit(viewport={"width": 320, "height": 640}, reduced_motion="reduce").new_page()
    page.goto(PLACES[place])
    assert violations(page) == []
