"""The admin: a policy as strict as its scripts allow, at a place that nothing tells."""

from collections.abc import Iterator

import django
import pytest
import wagtail
from django.test import Client
from django.urls import clear_url_caches
from django.urls.resolvers import RoutePattern
from pytest_django import Settings

import cms.urls
from tests.html import parse
from tests.school import ADDRESSES, School
from tests.security.conftest import directives

SCREENS = {
    "/admin/": 0,
    "/admin/account/": 0,
    "/admin/pages/{home}/": 1,
    "/admin/pages/{course}/edit/": 1,
    "/admin/pages/{course}/history/": 1,
}


@pytest.mark.parametrize(("address", "count"), SCREENS.items())
def test_no_script_runs_in_the_admin_that_the_site_has_not_marked(
    address: str, count: int, school: School, administrator: Client
) -> None:
    response = administrator.get(address.format(course=school.course.pk, home=school.home.pk))
    policy = directives(response)
    written = parse(response).select("script:not([src]):not([type])")
    nonces = {f"'nonce-{script.get('nonce')}'" for script in written}
    assert policy["script-src"] == ["'self'", *nonces]
    assert len(nonces) == count
    assert policy["script-src-attr"] == ["'none'"]
    assert not parse(response).select("[onclick], [onload], [onerror], a[href^='javascript:']")


def test_no_response_repeats_a_nonce(school: School, administrator: Client) -> None:
    address = f"/admin/pages/{school.course.pk}/edit/"
    first, second = (directives(administrator.get(address))["script-src"] for _ in range(2))
    assert first != second


def test_the_admin_lets_nothing_run_from_elsewhere(school: School, administrator: Client) -> None:
    response = administrator.get("/admin/")
    policy = directives(response)
    assert policy["script-src-attr"] == policy["object-src"] == policy["base-uri"] == ["'none'"]
    assert "'unsafe-eval'" not in response.headers["Content-Security-Policy"]


@pytest.fixture
def backstage(settings: Settings) -> Iterator[None]:
    """The admin at a path of its own."""
    patterns = cms.urls.urlpatterns
    staffs = [pattern for pattern in patterns if str(pattern.pattern) == settings.ADMIN_PATH]
    at_admin = [pattern.pattern for pattern in staffs]
    settings.STAFF_PATHS = ["backstage/"]
    for pattern in staffs:
        pattern.pattern = RoutePattern("backstage/", is_endpoint=False)
    clear_url_caches()
    yield
    for pattern, before in zip(staffs, at_admin, strict=True):
        pattern.pattern = before
    clear_url_caches()


def test_no_response_to_a_visitor_tells_where_the_admin_is(
    backstage: None, school: School, client: Client, settings: Settings
) -> None:
    settings.SITE_IS_PUBLIC = True
    assert client.get("/admin/login/").status_code == 404
    login = client.get("/backstage/login/")
    assert login.status_code == 200
    assert login.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert directives(login)["script-src"] == ["'self'"]
    for address in (*ADDRESSES, "/robots.txt", "/sitemap.xml", "/nowhere/", "/api/v2/"):
        assert "backstage" not in client.get(address).text, address


def test_the_login_page_names_no_version(client: Client, db: None) -> None:
    html = client.get("/admin/login/").text
    assert wagtail.__version__ not in html
    assert django.get_version() not in html
    assert "generator" not in html.lower()


def test_cookies_are_for_this_host_and_not_for_scripts(
    client: Client, school: School, settings: Settings
) -> None:
    response = client.get("/admin/login/", secure=True)
    cookie = response.cookies[settings.CSRF_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert not cookie["domain"]
