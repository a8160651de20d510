"""Whatever can be reached on the site as it runs in production is in order, for each role.

Here one address of each route is asked for; `make crawl` asks for many of them.
"""

import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from testing.servers import ask, gunicorn, manage
from tests.factories.cms import PASSWORD
from tests.operations.crawled_site import GROUPS
from tests.operations.crawling import ANONYMOUS, Visitor, joined
from tests.operations.links import addresses
from tests.operations.unlinked import UNLINKED
from tests.security import who_may

pytestmark = pytest.mark.programs("initdb", "pg_ctl", "createdb")

OF_A_ROUTE = int(os.environ.get("CRAWL_OF_A_ROUTE", "1"))
BUILD = "from tests.operations.crawled_site import build; build()"
# What nobody links to, and folders that must not be listed.
PUBLIC = [
    *(
        "/",
        "/sv/",
        "/robots.txt",
        "/.well-known/security.txt",
        "/sitemap.xml",
        "/search/?q=therapy",
    ),
    *("/api/", "/api/v2/", "/api/v2/nothing/", "/embed/courses.js", "/-/live", "/-/ready"),
    *("/nowhere/", "/admin/", "/static/", "/static/none.css", "/media/", "/media/images/"),
    *("/media/images/none.png", "/documents/", "/documents/999/none.pdf", "/admin/login/"),
]
STAFF = ["/admin/", "/admin/nowhere/", "/"]


@dataclass(frozen=True)
class Crawled:
    """A site with content, ready to be served, and the numbers of what is in it."""

    environment: dict[str, str]
    numbers: dict[str, int]
    log: Path


@pytest.fixture(scope="module")
def crawled(site: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """The site, in production."""
    environment = site | {
        "SECURITY_CONTACT": "mailto:security@example.org",
        "SITE_IS_PUBLIC": "true",
    }
    numbers = manage(environment, "shell", "--no-imports", "--command", BUILD)
    return Crawled(environment, json.loads(numbers), tmp_path_factory.mktemp("crawled") / "log")


@pytest.fixture(scope="module")
def visitors(crawled: Crawled) -> Iterator[dict[str, Visitor]]:
    """Somebody of each role, who has been everywhere."""
    unlinked = [f"/admin/{path}" for paths in UNLINKED.values() for path in paths]
    staff = [path.format(**crawled.numbers) for path in (*unlinked, *STAFF)]
    files: set[str] = set()

    def walk(role: str) -> Visitor:
        visitor = Visitor(port, role)
        if role in GROUPS:
            visitor.sign_in(role, PASSWORD)
        visitor.crawl(staff if role in GROUPS else PUBLIC, OF_A_ROUTE, files)
        return visitor

    roles = [ANONYMOUS, *GROUPS]
    with (
        gunicorn(crawled.environment, crawled.log) as (port, _pid),
        ThreadPoolExecutor(3) as pool,
    ):
        yield dict(zip(roles, pool.map(walk, roles), strict=True))


@pytest.mark.parametrize("role", [ANONYMOUS, *GROUPS])
def test_nothing_that_a_role_can_reach_is_of_concern(
    role: str, visitors: dict[str, Visitor]
) -> None:
    visitor = visitors[role]
    # Shown by `make crawl`.
    print(  # noqa: T201
        f"{role}: {visitor.answered.total()} addresses of {len(visitor.shown)} routes"
    )
    assert visitor.findings == []


def test_a_visitor_reaches_every_kind_of_public_response(visitors: dict[str, Visitor]) -> None:
    visitor = visitors[ANONYMOUS]
    reached = visitor.shown
    listed = set(addresses(visitor.ask("/sitemap.xml")))
    assert len(listed) > 30
    assert sorted(listed - visitor.asked) == []
    kinds = ("courses", "sessions", "pages", "universities", "stages", "images", "documents")
    assert {f"api/v2/{kind}/<int:pk>/" for kind in kinds} <= reached
    for ending in ("feed\\.atom$", "calendar\\.ics$", "documents/(\\d+)/(.*)$", "sitemap.xml"):
        assert any(route.endswith(ending) for route in reached), ending
    assert any(route.startswith("^media/") for route in reached)
    assert any(route.startswith("/static/cms/") for route in reached)


@pytest.mark.parametrize("role", ["administrator", "superuser"])
def test_whatever_the_admin_shows_is_reached(role: str, visitors: dict[str, Visitor]) -> None:
    """Every route at which tests/security/who_may.csv says that the role is shown something."""
    outcomes = who_may.expected(role).items()
    expected = {
        joined(settings.ADMIN_PATH + route)
        for (route, _sample, method), outcome in outcomes
        if (method, outcome) == ("GET", "shown")
    }
    assert len(expected) > 150
    assert sorted(expected - visitors[role].shown) == []


def test_every_cookie_is_for_this_host_alone(visitors: dict[str, Visitor]) -> None:
    always = {"__Host-csrftoken", "__Host-known_device", "__Host-sessionid"}
    assert visitors[ANONYMOUS].kept == {"__Host-csrftoken"}
    for role in GROUPS:
        assert always <= visitors[role].kept <= always | {"__Host-messages"}
    assert "__Host-messages" in visitors["editor"].kept


def test_the_admin_is_where_the_environment_says(crawled: Crawled) -> None:
    elsewhere = crawled.environment | {"ADMIN_PATH": "backstage/"}
    with gunicorn(elsewhere, crawled.log) as (port, _pid):
        assert ask(port, "/admin/").status == ask(port, "/admin/login/").status == 404
        there = ask(port, "/backstage/")
        assert (there.status, there.headers["location"]) == (
            302,
            "/backstage/login/?next=/backstage/",
        )
        login = ask(port, "/backstage/login/")
        assert login.status == 200
        assert '"/admin/' not in login.text
        for response in (there, login):
            assert response.headers["x-robots-tag"] == "noindex, nofollow"
            assert "script-src-attr 'none'" in response.headers["content-security-policy"]
        for path in ("/", "/robots.txt", "/sitemap.xml", "/api/v2/", "/admin/"):
            response = ask(port, path)
            assert "backstage" not in f"{response.headers}{response.text}", path
            assert "'unsafe-inline'" not in response.headers["content-security-policy"]
