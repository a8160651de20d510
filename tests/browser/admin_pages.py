"""Somebody at work in the admin, whose clicks and filled fields are counted."""

import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.patience import ready, wait_until_at_rest
from tests.factories.cms import PASSWORD

GUIDE = Path(__file__).parents[2] / "docs" / "editors.md"
TASK = re.compile(
    r"^\| (?P<number>\d+) \|.*\| (?P<clicks>\d+) \| (?P<fields>\d+) \|$", re.MULTILINE
)
FIELDS = "input, textarea, select"


@dataclass(frozen=True, slots=True)
class Effort:
    """What a task takes after signing in."""

    clicks: int
    fields: int


class Desk:
    """A browser in which `username` is signed in and sees the dashboard."""

    def __init__(self, context: BrowserContext, username: str) -> None:
        if not context.cookies():
            sign_in(context, username)
        self.page: Page = context.new_page()
        self.page.goto("/admin/")
        self.clicks = self.fields = 0

    def click(self, target: Locator | str) -> None:
        """Click on something, or on the button or link of that name."""
        found = self.button(target) if isinstance(target, str) else target
        ready(found).click()
        self.clicks += 1

    def fill(self, field: Locator | str, value: str) -> None:
        """Write `value` into a field, or into the one with that label."""
        found = self.field(field) if isinstance(field, str) else field
        ready(found).fill(value)
        self.fields += 1

    def select(self, field: Locator | str, label: str) -> None:
        """Choose from a list."""
        found = self.field(field) if isinstance(field, str) else field
        ready(found).select_option(label=label)
        self.fields += 1

    def attach(self, field: Locator | str, file: Path) -> None:
        """Choose a file."""
        found = self.field(field) if isinstance(field, str) else field
        ready(found).set_input_files(file)
        self.fields += 1

    def button(self, name: str) -> Locator:
        """Return the first visible button or link of that name."""
        page = self.page
        found = page.get_by_role("button", name=name, exact=True)
        return found.or_(page.get_by_role("link", name=name, exact=True)).first

    def field(self, label: str) -> Locator:
        """Return the first visible field with that label, required or not."""
        labelled = self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}\W*$"))
        return labelled.and_(self.page.locator(FIELDS)).locator("visible=true").first

    def edit_from_the_site(self, address: str) -> None:
        """Read a page as visitors do, and open its editor with the button in its corner."""
        self.page.goto(address)
        self.click(self.page.locator("[data-wagtail-userbar-trigger]"))
        self.click(self.page.get_by_role("menuitem", name="Edit this page"))

    def choose_action(self, name: str) -> None:
        """Open the list of what can be done with the page, and do it."""
        # A person is slower than the editor's scripts.
        self.page.wait_for_load_state("networkidle")
        footer = self.page.locator("nav[aria-label='Actions (footer)']")
        self.click(footer.get_by_role("button", name="More actions"))
        # A click on a list that is still on its way to its place is lost.
        actions = footer.locator(".tippy-box[data-state=visible]")
        expect(actions).to_be_visible()
        wait_until_at_rest(actions)
        self.click(footer.get_by_role("button", name=name, exact=True))

    def hears(self, words: str) -> None:
        """Assert that the admin says what was done."""
        expect(self.page.locator(".messages")).to_contain_text(words)


class Visitor:
    """Reads the site."""

    def __init__(self, context: BrowserContext) -> None:
        self.page = context.new_page()

    def reads(self, address: str, *words: str) -> None:
        """Assert that the page at `address` says all of `words`."""
        self._open(address)
        for text in words:
            expect(self.page.locator("main")).to_contain_text(text)

    def reads_nothing_of(self, address: str, *words: str) -> None:
        """Assert that the page at `address` says none of `words`."""
        self._open(address)
        for text in words:
            expect(self.page.locator("main")).not_to_contain_text(text)

    def _open(self, address: str) -> None:
        self.page.goto(address)
        # The browser may keep a page for some seconds; a reload asks whether it still holds.
        response = self.page.reload()
        assert response is not None
        assert response.status in {200, 304}, f"{address} answered {response.status}"


def sign_in(context: BrowserContext, username: str) -> None:
    """Sign `username` in without a page: here it is not what is tested."""
    context.request.get("/admin/login/")
    token = next(c.get("value") for c in context.cookies() if c.get("name") == "csrftoken")
    form: dict[str, str | float | bool] = {
        "username": username,
        "password": PASSWORD,
        "csrfmiddlewaretoken": str(token),
    }
    response = context.request.post("/admin/login/", form=form)
    assert response.url.endswith("/admin/"), response.url


def check_effort(number: int, *desks: Desk) -> None:
    """Assert that the guide's table of tasks says what task `number` took at all `desks`."""
    effort = Effort(sum(desk.clicks for desk in desks), sum(desk.fields for desk in desks))
    print(f"\nTask {number}: {effort.clicks} clicks, {effort.fields} fields")  # noqa: T201
    table = {
        int(task["number"]): Effort(int(task["clicks"]), int(task["fields"]))
        for task in TASK.finditer(GUIDE.read_text(encoding="utf-8"))
    }
    assert table.get(number) == effort, f"docs/editors.md has another number: {effort}"
