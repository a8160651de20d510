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


def _with_authenticator(context: BrowserContext) -> Page:
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return page


def _press(page: Page, name: str) -> None:
    ready(page.get_by_role("button", name=name, exact=True)).click()


def test_registering_a_passkey_and_signing_in_with_it(admin_url: str, visit: Visit) -> None:
    context = visit(base_url=admin_url)
    page = _with_authenticator(context)
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
    assert not errors


def test_a_stranger_s_passkey_opens_nothing(admin_url: str, visit: Visit) -> None:
    page = _with_authenticator(visit(base_url=admin_url))
    page.goto("/admin/login/")
    with page.expect_console_message(lambda message: "NotAllowedError" in message.text):
        _press(page, "Sign in with a passkey")
    page.goto("/admin/")
    expect(page).to_have_url(f"{admin_url}/admin/login/?next=/admin/")
