"""Every page, and every main screen of the admin, works under its Content-Security-Policy."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.browser.patience import new_context, wait_until, wait_until_tried
from tests.browser.places import ADMINISTRATOR, EVERYTHING, PLACES
from tests.factories.cms import PASSWORD

WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`VIOLATION ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:`
    + `${event.lineNumber} ${event.sample} on ${document.URL}`);
});
"""


def watched(context: BrowserContext) -> tuple[Page, list[str]]:
    """Return a new page, and a list that fills with what it, or a frame in it, was forbidden."""
    found: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        text = message.text
        if "VIOLATION" in text or "Content Security Policy" in text or "Permissions-Pol" in text:
            found.append(text)

    context.add_init_script(WATCH)
    page = context.new_page()
    page.on("console", listen)
    page.on("pageerror", lambda error: found.append(f"{page.url}: {error}"))
    return page, found


@pytest.mark.parametrize("address", PLACES.values(), ids=PLACES.keys())
def test_a_public_page_breaks_no_policy(visit: Any, address: str) -> None:
    page, found = watched(visit())
    page.goto(address, wait_until="networkidle")
    wait_until_tried(page)
    assert not found


def test_the_policy_is_in_force(visit: Any) -> None:
    """Or the tests above could not fail."""
    page, found = watched(visit())
    page.goto("/")
    page.evaluate(
        """async () => {
          const script = document.createElement("script");
          script.textContent = "window.ran = true";
          document.body.append(script);
          const image = document.createElement("img");
          image.setAttribute("onerror", "window.ran = true");
          image.src = "data:image/png;base64,broken";
          const failed = new Promise(done => image.addEventListener("error", done));
          document.body.append(image);
          await failed;
        }"""
    )
    wait_until(page, lambda: any("script-src-elem" in text for text in found))
    assert page.evaluate("window.ran") is None


def test_a_video_plays_in_its_frame_after_the_click(visit: Any) -> None:
    context = visit()
    for player in ("https://www.youtube-nocookie.com/**", "https://player.vimeo.com/**"):
        context.route(player, lambda route: route.fulfill(body="<p>A film</p>"))
    page, found = watched(context)
    page.goto(EVERYTHING)
    page.locator("a[data-embed-url]").first.click()
    expect(page.frame_locator(".video iframe").get_by_text("A film")).to_be_visible()
    wait_until_tried(page)
    assert not found


@pytest.mark.parametrize("address", ["/api/", "/api/v2/reference/"])
def test_the_pages_about_the_api_break_no_policy(visit: Any, address: str) -> None:
    page, found = watched(visit())
    page.goto(address, wait_until="networkidle")
    wait_until_tried(page)
    assert not found


@pytest.fixture(scope="module")
def admin(admin_url: str, browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A browser in which a superuser has logged in, and what it was forbidden."""
    context = new_context(browser, base_url=admin_url, viewport={"width": 1400, "height": 1000})
    page, found = watched(context)
    page.goto("/admin/login/")
    page.fill("[name=username]", ADMINISTRATOR)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(f"{admin_url}/admin/")
    yield page, found
    context.close()


SCREENS = {
    "dashboard": "/admin/",
    "explorer": "/admin/pages/",
    "images": "/admin/images/",
    "image upload": "/admin/images/multiple/add/",
    "documents": "/admin/documents/",
    "document upload": "/admin/documents/multiple/add/",
    "users": "/admin/users/",
    "new user": "/admin/users/new/",
    "groups": "/admin/groups/new/",
    "account": "/admin/account/",
    "site history": "/admin/reports/site-history/",
    "locked pages": "/admin/reports/locked/",
    "workflows": "/admin/workflows/list/",
    "universities": "/admin/snippets/cms/university/",
    "new university": "/admin/snippets/cms/university/add/",
    "redirects": "/admin/redirects/add/",
    "collections": "/admin/collections/add/",
    "search": "/admin/pages/search/?q=course",
}


@pytest.mark.parametrize("address", SCREENS.values(), ids=SCREENS.keys())
def test_a_screen_of_the_admin_breaks_no_policy(
    admin: tuple[Page, list[str]], address: str
) -> None:
    page, found = admin
    found.clear()
    response = page.goto(address, wait_until="networkidle")
    assert response is not None
    assert response.status == 200
    wait_until_tried(page)
    assert not found


def test_the_editor_its_preview_and_its_choosers_break_no_policy(
    admin: tuple[Page, list[str]],
) -> None:
    page, found = admin
    found.clear()
    everything, course = (_page_id(page, slug) for slug in ("everything", "introduction-to-atmps"))
    page.goto(f"/admin/pages/{everything}/edit/", wait_until="networkidle")
    wait_until_tried(page)
    page.get_by_role("button", name="Toggle preview").first.click()
    preview = page.frame_locator("iframe#w-preview-iframe, iframe[title=Preview]").first
    expect(preview.locator("h1")).to_be_visible()
    page.goto(f"/admin/pages/{course}/edit/", wait_until="networkidle")
    wait_until_tried(page)
    page.goto("/admin/snippets/cms/university/add/", wait_until="networkidle")
    page.get_by_role("button", name="Choose an image").click()
    expect(page.locator(".modal-body").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    wait_until_tried(page)
    page.goto(f"/admin/pages/{course}/history/", wait_until="networkidle")
    wait_until_tried(page)
    # What somebody who is logged in sees on the site: the page, and Wagtail's bar on it.
    page.goto(EVERYTHING, wait_until="networkidle")
    page.locator("wagtail-userbar").locator("[data-wagtail-userbar-trigger]").click()
    expect(page.get_by_role("menuitem", name="Edit this page")).to_be_visible()
    wait_until_tried(page)
    assert not found


def _page_id(page: Page, slug: str) -> int:
    response = page.request.get(f"/api/v2/pages/?slug={slug}")
    return int(response.json()["items"][0]["id"])
