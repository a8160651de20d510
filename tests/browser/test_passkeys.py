"""A moderator registers a passkey in a browser, and signs in with nothing else."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test.utils import override_settings
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.patience import ready
from tests.browser.places import PASSKEY_USER
from tests.browser.server import serving
from tests.factories.cms import PASSWORD

type Visit = Callable[..., BrowserContext]

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def admin_url(site_url: str) -> Iterator[str]:
    """The address of a server that has the admin's static files, and production's rule."""
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with (
        override_settings(
            STORAGES=settings.STORAGES | {"staticfiles": static},
            WHITENOISE_AUTOREFRESH=True,
            WHITENOISE_USE_FINDERS=True,
            MFA_REQUIRED_GROUPS=["Moderators"],
        ),
        serving() as url,
    ):
        # A passkey belongs to a name; an address has none.
        yield url.replace("127.0.0.1", "localhost")


class Authenticator:
    """What keeps the passkeys of one tab."""

    def __init__(self, page: Page) -> None:
        self.session = page.context.new_cdp_session(page)
        self.session.send("WebAuthn.enable")
        added = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        self.key = {"authenticatorId": added["authenticatorId"]}

    def take_over(self, other: "Authenticator") -> None:
        """Know the passkeys of another tab, as those of a computer are known in all of them."""
        for passkey in other.session.send("WebAuthn.getCredentials", other.key)["credentials"]:
            self.session.send("WebAuthn.addCredential", {**self.key, "credential": passkey})


def _press(page: Page, name: str) -> None:
    ready(page.get_by_role("button", name=name, exact=True)).click()


def _come_back_while_writing(page: Page, authenticator: Authenticator) -> None:
    """Be signed out while writing, sign in in a new tab with the passkey, and save the text."""
    editor = page.request.get("/api/v2/pages/find/", params={"html_path": "/about/funding/"})
    page.goto(f"/admin/pages/{editor.json()['id']}/edit/")
    title = ready(page.locator("[name=title]"))
    page.context.clear_cookies(name="sessionid")
    title.fill("Written by somebody with a passkey")
    _press(page, "Save draft")
    expect(page.locator("#session-notice")).to_contain_text("You are signed out")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in in a new tab").click()
    tab = opened.value
    Authenticator(tab).take_over(authenticator)
    _press(tab, "Sign in with a passkey")
    expect(tab.get_by_role("heading", name="You are signed in")).to_be_visible()
    tab.close()
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator("#session-notice")).to_be_hidden()
    expect(title).to_have_value("Written by somebody with a passkey")
    _press(page, "Save draft")
    expect(page.locator(".messages .success")).to_be_visible()
    page.reload()
    expect(title).to_have_value("Written by somebody with a passkey")


def test_registering_a_passkey_and_signing_in_with_it_also_while_writing(
    admin_url: str, visit: Visit
) -> None:
    context = visit(base_url=admin_url)
    page = context.new_page()
    authenticator = Authenticator(page)
    errors: list[Any] = []

    def note(error: Any) -> None:
        errors.append(error)

    page.on("pageerror", note)

    page.goto("/admin/login/")
    page.get_by_label("Username").fill(PASSKEY_USER)
    page.get_by_label("Password").fill(PASSWORD)
    _press(page, "Sign in")
    expect(page.get_by_text("Your account needs a second factor")).to_be_visible()

    page.goto("/admin/account/second-factor/keys/add/")
    page.get_by_label("Password").fill(PASSWORD)
    _press(page, "Confirm")
    page.get_by_label("Name").fill("My laptop")
    _press(page, "Add")
    expect(page.get_by_role("heading", name="Recovery Codes")).to_be_visible()
    assert len(page.locator("textarea").input_value().split()) == 10
    page.goto("/admin/account/second-factor/keys/")
    expect(page.get_by_text("My laptop")).to_be_visible()
    expect(page.get_by_text("Passkey", exact=True)).to_be_visible()

    context.clear_cookies()
    page.goto("/admin/login/?next=/admin/reports/locked/")
    _press(page, "Sign in with a passkey")
    expect(page).to_have_url(f"{admin_url}/admin/reports/locked/")

    context.clear_cookies()
    page.goto("/admin/login/")
    page.get_by_label("Username").fill(PASSKEY_USER)
    page.get_by_label("Password").fill(PASSWORD)
    _press(page, "Sign in")
    _press(page, "Use a passkey")
    expect(page).to_have_url(f"{admin_url}/admin/")

    _come_back_while_writing(page, authenticator)
    assert not errors


def test_a_stranger_s_passkey_opens_nothing(admin_url: str, visit: Visit) -> None:
    page = visit(base_url=admin_url).new_page()
    Authenticator(page)
    page.goto("/admin/login/")
    with page.expect_console_message(lambda message: "NotAllowedError" in message.text):
        _press(page, "Sign in with a passkey")
    page.goto("/admin/")
    expect(page).to_have_url(f"{admin_url}/admin/login/?next=/admin/")
