"""Signed out while writing: nothing typed is lost, and saving goes on after signing in."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, FilePayload, Locator, Response, expect

from tests.browser.admin_pages import Desk, sign_in
from tests.browser.office import MODERATOR
from tests.browser.patience import ready, wait_until, wait_until_tried
from tests.browser.places import ADMINISTRATOR, PICTURE
from tests.factories.cms import PASSWORD
from tests.spreadsheets import IMPORT, csv_file

# In milliseconds; the clock of the page is put forward.
SOON = 15_000
SHEET: FilePayload = {
    "name": "sessions.csv",
    "mimeType": "text/csv",
    "buffer": csv_file([
        ["Course", "First day"],
        ["Good manufacturing practice for cell and gene therapies", "2029-01-10"],
    ]),
}  # fmt: skip


class Form:
    """A form of the admin, and what is written into it."""

    address = ""
    link = ""
    field = ""
    button = "Save"
    text = "Written while nobody was signed in"

    def open(self, desk: Desk) -> None:
        """Go there."""
        desk.page.goto(self.address)
        if self.link:
            desk.click(self.link)
        ready(desk.page.locator(self.field))

    def write(self, desk: Desk, text: str = "") -> None:
        """Write into the field."""
        desk.fill(desk.page.locator(self.field), text or self.text)

    def holds(self, desk: Desk, text: str = "") -> None:
        """Assert that what was written is in the field."""
        expect(desk.page.locator(self.field)).to_have_value(text or self.text)

    def is_saved(self, desk: Desk) -> None:
        """Assert that what was written is saved."""
        desk.hears("updated")
        self.open(desk)
        self.holds(desk)


class PageForm(Form):
    """The editor of a page, which also saves by itself."""

    field = "[name=title]"
    button = "Save draft"

    def open(self, desk: Desk) -> None:
        desk.edit_from_the_site("/about/funding/")
        ready(desk.page.locator(self.field))

    def is_saved(self, desk: Desk) -> None:
        expect(desk.page.locator(".messages .success")).to_be_visible()
        self.open(desk)
        self.holds(desk)


class SnippetForm(Form):
    """A university."""

    address, link, field = "/admin/snippets/cms/university/", "Umeå University", "[name=city]"


class SettingsForm(Form):
    """The settings of the site."""

    address, field = "/admin/settings/cms/sitesettings/", "[name=footer_text_sv]"


class ImageForm(Form):
    """An image of the library."""

    address, link, field = "/admin/images/", PICTURE, "[name=credit]"


class ImportForm(Form):
    """A spreadsheet to import."""

    address, field, button = IMPORT, "[name=file]", "Show what would change"

    def write(self, desk: Desk, text: str = "") -> None:
        ready(desk.page.locator(self.field)).set_input_files(SHEET)

    def holds(self, desk: Desk, text: str = "") -> None:
        expect(desk.page.locator(self.field)).to_have_value(re.compile("sessions.csv"))

    def is_saved(self, desk: Desk) -> None:
        expect(desk.button("Import into the drafts")).to_be_visible()


@pytest.fixture
def context(visit: Any, admin_url: str) -> BrowserContext:
    """A browser whose session is taken away in these tests."""
    context: BrowserContext = visit(base_url=admin_url, viewport={"width": 1280, "height": 900})
    return context


def notice_of(desk: Desk) -> Locator:
    """Return what is said about the session."""
    return desk.page.locator("#session-notice")


def lose_session(context: BrowserContext) -> None:
    """End the session as an hour's pause does: the token of forms stays."""
    context.clear_cookies(name="sessionid")


def come_back(desk: Desk) -> None:
    """Turn to the tab again."""
    desk.page.bring_to_front()
    desk.page.evaluate("window.dispatchEvent(new Event('focus'))")


@pytest.mark.parametrize("kind", [PageForm, SnippetForm, SettingsForm, ImageForm, ImportForm])
def test_a_form_sent_without_a_session_stays_and_is_saved_after_signing_in(
    kind: Callable[[], Form], context: BrowserContext
) -> None:
    desk, form = Desk(context, ADMINISTRATOR), kind()
    form.open(desk)
    lose_session(context)
    form.write(desk)
    desk.click(form.button)
    expect(notice_of(desk)).to_be_focused()
    expect(notice_of(desk)).to_contain_text("You are signed out")
    form.holds(desk)

    with context.expect_page() as opened:
        desk.click("Sign in in a new tab")
    tab = opened.value
    tab.get_by_label("Username").fill(ADMINISTRATOR)
    tab.get_by_label("Password").fill(PASSWORD)
    ready(tab.get_by_role("button", name="Sign in", exact=True)).click()
    expect(tab.get_by_role("heading", name="You are signed in")).to_be_visible()
    tab.close()
    come_back(desk)
    expect(notice_of(desk)).to_be_hidden()
    desk.click(form.button)
    form.is_saved(desk)


@pytest.mark.parametrize("kind", [PageForm, SettingsForm])
def test_it_is_noticed_in_time_without_a_click_and_so_is_signing_in(
    kind: Callable[[], Form], context: BrowserContext
) -> None:
    desk, form = Desk(context, ADMINISTRATOR), kind()
    desk.page.clock.install()
    form.open(desk)
    desk.page.clock.run_for(SOON)
    expect(notice_of(desk)).to_be_hidden()

    lose_session(context)
    form.write(desk, "Nobody has clicked")
    typed_at = desk.page.locator(form.field)
    desk.page.clock.run_for(SOON)
    expect(notice_of(desk)).to_be_visible()
    expect(typed_at).to_be_focused()
    # What Wagtail asks by itself would fill the log with refusals, for as long as nobody comes.
    asked: list[Response] = []
    desk.page.on("response", lambda response: asked.append(response))  # noqa: PLW0108
    desk.page.clock.run_for(4 * SOON)
    wait_until(desk.page, lambda: bool(asked))
    wait_until_tried(desk.page)
    assert {response.status for response in asked if "/admin/" in response.url} == {200}

    # The token is another one now.
    sign_in(context, ADMINISTRATOR)
    desk.page.clock.run_for(SOON)
    expect(notice_of(desk)).to_be_hidden()
    if kind is PageForm:
        indicator = desk.page.locator("#w-autosave-indicator")
        expect(indicator).to_have_attribute("data-w-autosave-state-value", "saved")
        form.open(desk)
        form.holds(desk, "Nobody has clicked")


def test_nothing_is_saved_in_the_name_of_another_before_the_writer_says_so(
    context: BrowserContext,
) -> None:
    desk, form = Desk(context, ADMINISTRATOR), SnippetForm()
    form.open(desk)
    form.write(desk, "Written by the administrator")
    lose_session(context)
    sign_in(context, MODERATOR)
    sent: list[str] = []
    desk.page.on("request", lambda request: sent.append(request.method))
    desk.click(form.button)
    expect(notice_of(desk)).to_contain_text("Mats Moberg")
    wait_until_tried(desk.page)
    assert "POST" not in sent
    form.holds(desk, "Written by the administrator")

    desk.click("Go on in the other’s name")
    expect(notice_of(desk)).to_be_hidden()
    desk.click(form.button)
    desk.hears("updated")
