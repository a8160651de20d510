"""Signing in with an OpenID provider in a browser, also while something is being written."""

from collections.abc import Iterator
from typing import Any

import oidc_provider_mock
import pytest
import requests
from django.conf import settings
from django.test.utils import override_settings
from playwright.sync_api import Page, expect

from cms.operations.policies import with_forms_to
from cms.settings.single_sign_on import configuration
from tests.browser.patience import ready

SOMEBODY = "1"
TEXT = "Written by somebody whom the university knows"


@pytest.fixture
def provider(admin_url: str) -> Iterator[str]:
    """The address of an OpenID provider, which is not the site's, and knows somebody."""
    with oidc_provider_mock.run_server_in_thread() as server:
        url = f"http://localhost:{server.server_port}"
        claims = {"preferred_username": "astrid", "groups": ["atmp-board"]}
        requests.put(f"{url}/users/{SOMEBODY}", json=claims, timeout=5).raise_for_status()
        providers, rules = configuration(
            server=url,
            client_id="site",
            client_secret="secret",
            name="Lärosäte",
            group_map={"atmp-board": "Moderators"},
            loopback=True,
        )
        # As the settings of production and development do where a provider is named.
        policy = with_forms_to(settings.ADMIN_CSP, rules["origins"])
        with override_settings(
            SOCIALACCOUNT_PROVIDERS=providers, SINGLE_SIGN_ON=rules, ADMIN_CSP=policy
        ):
            yield url


def _sign_in(page: Page, provider: str) -> None:
    ready(page.get_by_role("button", name="Sign in with Lärosäte")).click()
    page.wait_for_url(f"{provider}/**")
    page.get_by_role("textbox", name="Subject").fill(SOMEBODY)
    page.get_by_role("button", name="Authorize", exact=True).click()


def test_what_was_written_is_saved_after_signing_in_there_again(
    provider: str, admin_url: str, visit: Any
) -> None:
    context = visit(base_url=admin_url)
    page = context.new_page()
    page.goto("/admin/login/")
    _sign_in(page, provider)
    expect(page).to_have_url(f"{admin_url}/admin/")

    address = page.request.get("/api/v2/pages/find/", params={"html_path": "/about/funding/"})
    page.goto(f"/admin/pages/{address.json()['id']}/edit/")
    title = ready(page.locator("[name=title]"))
    context.clear_cookies(name="sessionid")
    title.fill(TEXT)
    ready(page.get_by_role("button", name="Save draft", exact=True)).click()
    notice = page.locator("#session-notice")
    expect(notice).to_contain_text("You are signed out")
    with context.expect_page() as opened:
        page.get_by_role("link", name="Sign in in a new tab").click()
    _sign_in(opened.value, provider)
    expect(opened.value.get_by_role("heading", name="You are signed in")).to_be_visible()
    opened.value.close()
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(notice).to_be_hidden()
    ready(page.get_by_role("button", name="Save draft", exact=True)).click()
    expect(page.locator(".messages .success")).to_be_visible()
    page.reload()
    expect(title).to_have_value(TEXT)
