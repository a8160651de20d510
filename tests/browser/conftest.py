"""A browser, and a site to visit with it: one of each for all browser tests of a process."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from playwright.sync_api import Browser, BrowserContext
from pytest_django import DjangoDbBlocker

from tests.browser.availability import chromium, missing
from tests.browser.places import build_site
from tests.browser.server import production_files, serving
from tests.school import NOW


@pytest.fixture(scope="session")
def browser_type_launch_args(
    site_url: str, browser_type_launch_args: dict[str, Any]
) -> dict[str, Any]:
    """Drive the machine's own Chromium, and keep it from calling home.

    The site comes first, and goes last: while Playwright runs its loop in this thread, Django
    takes every query for one that blocks it.
    """
    assert not missing(), f"Missing: {', '.join(missing())}."
    return browser_type_launch_args | {
        "executable_path": chromium(),
        "args": ["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
    }


@pytest.fixture(scope="session")
def site_url(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """The address of a school with every page, block and status, served as in production.

    Committed, unlike what other tests make: the server has connections of its own.
    """
    directory: Path = tmp_path_factory.mktemp("site")
    with django_db_blocker.unblock(), production_files(directory):
        with time_machine.travel(NOW):
            build_site()
        with serving() as url:
            yield url
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def _django_db_helper(site_url: str) -> None:
    """Give browser tests the one site instead of an empty database each (pytest-django's own)."""


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    """Each of the two colour schemes."""
    return str(request.param)


@pytest.fixture
def visit(browser: Browser, site_url: str) -> Iterator[Any]:
    """Return a function that opens a fresh browser context with the given settings."""
    opened: list[BrowserContext] = []

    def open_context(**options: Any) -> BrowserContext:
        opened.append(browser.new_context(**({"base_url": site_url} | options)))
        return opened[-1]

    yield open_context
    for context in opened:
        context.close()
