"""A browser, and a site to visit with it: one of each for all browser tests of a process."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.core.management import call_command
from playwright.sync_api import Browser, BrowserContext
from pytest_django import DjangoDbBlocker

from tests.browser.admin_pages import Desk, Visitor
from tests.browser.availability import chromium, missing
from tests.browser.patience import new_context
from tests.browser.places import build_site
from tests.browser.server import admin_files, production_files, serving
from tests.day import NOW

if TYPE_CHECKING:
    from pathlib import Path


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


@pytest.fixture(autouse=True)
def _fixed_day(site_url: str) -> None:
    """Leave the time alone: it goes on from test to test, as the one site does."""


@pytest.fixture(scope="session")
def site_url(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """The address of a school with every page, block and status, served as in production.

    Committed, unlike what other tests make: the server has connections of its own. Its day begins
    once for all tests: what one of them saves must not be newer than what the next one saves.
    """
    directory: Path = tmp_path_factory.mktemp("site")
    with django_db_blocker.unblock(), time_machine.travel(NOW), production_files(directory):
        build_site()
        with serving() as url:
            yield url
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="module")
def admin_url(site_url: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The same site on another server, with the admin's files straight from their packages."""
    with django_db_blocker.unblock(), admin_files(), serving() as url:
        yield url


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
        opened.append(new_context(browser, **({"base_url": site_url} | options)))
        return opened[-1]

    yield open_context
    for context in opened:
        context.close()


@pytest.fixture(scope="module")
def _offices(browser: Browser, admin_url: str) -> Iterator[Callable[[str], BrowserContext]]:
    """Return a function that gives somebody's browser, the same one all day."""
    of: dict[str, BrowserContext] = {}

    def office_of(username: str) -> BrowserContext:
        if username not in of:
            of[username] = new_context(
                browser,
                base_url=admin_url,
                viewport={"width": 1280, "height": 900},
                reduced_motion="reduce",
            )
        return of[username]

    yield office_of
    for context in of.values():
        context.close()


@pytest.fixture
def sit_down(_offices: Callable[[str], BrowserContext]) -> Iterator[Callable[[str], Desk]]:
    """Return a function that gives the desk of somebody who has just signed in."""
    desks: list[Desk] = []

    def desk_of(username: str) -> Desk:
        desks.append(Desk(_offices(username), username))
        return desks[-1]

    yield desk_of
    for desk in desks:
        desk.page.close()


@pytest.fixture
def visitor(visit: Any, admin_url: str) -> Visitor:
    """Somebody who reads the site and has no account."""
    return Visitor(visit(base_url=admin_url))
