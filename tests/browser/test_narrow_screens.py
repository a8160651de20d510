"""On a phone the lists of the admin are read from top to bottom."""

from typing import Any

from playwright.sync_api import expect

from tests.browser.admin_pages import Desk
from tests.browser.places import ADMINISTRATOR

LISTS = (
    "/admin/courses/",
    "/admin/sessions/",
    "/admin/pages/",
    "/admin/users/",
    "/admin/snippets/cms/university/",
    "/admin/reports/site-history/",
)
_CUT_OFF = """cells => cells
  .filter(cell => cell.getBoundingClientRect().right > innerWidth || cell.scrollWidth > innerWidth)
  .map(cell => cell.textContent.trim())"""


def test_nothing_in_a_list_is_beside_the_screen(admin_url: str, visit: Any) -> None:
    desk = Desk(visit(base_url=admin_url, viewport={"width": 390, "height": 844}), ADMINISTRATOR)
    for address in LISTS:
        desk.page.goto(address)
        cells = desk.page.locator("table.listing > tbody > tr > td")
        expect(cells.first).to_be_visible()
        assert cells.evaluate_all(_CUT_OFF) == [], address
