"""Every kind of answer carries its security headers, whoever made it."""

import base64
import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.test import Client
from django.urls import clear_url_caches, path
from django.urls.resolvers import RoutePattern
from pytest_django import Settings

import cms.urls
from tests.factories import DocumentFactory
from tests.html import Answer
from tests.school import ADDRESSES, School
from tests.security.observatory import A_PLUS, START, modifiers

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}


def directives(answer: Answer) -> dict[str, list[str]]:
    """Return the policy of an answer, by directive."""
    parts = [part.split() for part in answer.headers["Content-Security-Policy"].split(";")]
    return {name: values for name, *values in parts}


def _forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def _broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


def _without_database(request: HttpRequest) -> HttpResponse:
    raise OperationalError


urlpatterns = [
    path("forbidden/", _forbidden),
    path("broken/", _broken),
    path("unavailable/", _without_database),
    path("api/v2/broken/", _broken),
    *cms.urls.urlpatterns,
]


@pytest.fixture
def site(school: School, settings: Settings, tmp_path: Path) -> Callable[..., Answer]:
    """Ask the site over https, as in production; redirects from http are on."""
    settings.ROOT_URLCONF = "tests.security.test_headers"
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    settings.SECURITY_CONTACT = ["mailto:security@example.org"]
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "room.png").write_bytes(b"a picture")
    client = Client(raise_request_exception=False)

    def ask(address: str, method: str = "get", *, secure: bool = True, **extra: str) -> Answer:
        answer: Answer = getattr(client, method)(address, secure=secure, headers=extra or None)
        return answer

    return ask


KINDS = {
    **{f"page {address}": (address, 200) for address in ADDRESSES},
    "search": ("/search/?q=therapy", 200),
    "empty fields leave the address": ("/courses/?q=&mode=", 302),
    "a slash is added": ("/about", 301),
    "not found": ("/nowhere/", 404),
    "forbidden": ("/forbidden/", 403),
    "error": ("/broken/", 500),
    "out of service": ("/unavailable/", 503),
    "error of the API": ("/api/v2/broken/", 500),
    "API": ("/api/v2/courses/", 200),
    "API, wrong parameter": ("/api/v2/courses/?colour=red", 400),
    "API, not found": ("/api/v2/nothing/", 404),
    "API, introduction": ("/api/", 200),
    "API, reference": ("/api/v2/reference/", 200),
    "API, schema": ("/api/v2/openapi.json", 200),
    "calendar": ("/courses/calendar.ics", 200),
    "feed": ("/courses/feed.atom", 200),
    "widget": ("/embed/courses.js", 200),
    "robots": ("/robots.txt", 200),
    "sitemap": ("/sitemap.xml", 200),
    "security.txt": ("/.well-known/security.txt", 200),
    "probe": ("/-/live", 200),
    "static file": ("/static/cms/site.css", 200),
    "static file, not found": ("/static/cms/none.css", 404),
    "picture": ("/media/images/room.png", 200),
    "picture, not found": ("/media/images/none.png", 404),
    "login page": ("/admin/login/", 200),
    "the admin sends to the login page": ("/admin/pages/", 302),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_answer_has_them(kind: str, site: Callable[..., Answer], settings: Settings) -> None:
    settings.WHITENOISE_USE_FINDERS = True
    address, status = KINDS[kind]
    answer = site(address)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    assert "geolocation=()" in answer.headers["Permissions-Policy"]
    policy = directives(answer)
    assert policy["default-src"] in (["'none'"], ["'self'"])
    assert policy["base-uri"] == ["'none'"]
    assert policy["frame-ancestors"] in (["'self'"], ["'none'"])
    assert answer.headers["Cross-Origin-Resource-Policy"] in {"same-origin", "cross-origin"}
    assert "X-Powered-By" not in answer.headers
    assert not re.search(r"\d", answer.headers.get("Server", ""))


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("post", "/about/", 405),
        ("options", "/api/v2/courses/", 204),
        ("post", "/api/v2/courses/", 405),
        ("head", "/about/", 200),
    ],
)
def test_other_methods_are_no_way_around(
    method: str, address: str, status: int, site: Callable[..., Answer]
) -> None:
    answer = site(address, method)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    assert "Content-Security-Policy" in answer.headers


def test_refused_hosts_and_the_way_to_https_have_them_too(site: Callable[..., Answer]) -> None:
    over_http = {name: value for name, value in ALWAYS.items() if "Transport" not in name}
    redirect = site("/about/", secure=False)
    assert redirect.status_code == 301
    assert redirect.headers["Location"].startswith("https://")
    refused = [site("/about/", Host="evil.example"), site("/about/", secure=False, Host="evil.ex")]
    assert [answer.status_code for answer in refused] == [400, 400]
    for answer in (redirect, *refused):
        assert {name: answer.headers.get(name) for name in over_http} == over_http
        assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize("address", ["/about/", "/api/v2/courses/", "/courses/feed.atom"])
def test_what_was_kept_and_what_has_not_changed_say_the_same(
    address: str, site: Callable[..., Answer]
) -> None:
    first = site(address)
    kept = site(address)
    unchanged = site(address, If_None_Match=first.headers["ETag"])
    assert "hit" in kept.headers["Cache-Status"]
    assert unchanged.status_code == 304
    names = {*ALWAYS, "Content-Security-Policy", "Permissions-Policy"}
    for name in (*names, "Cross-Origin-Resource-Policy"):
        of_unchanged = unchanged.headers.get(name)
        assert first.headers[name] == kept.headers[name]
        # A feed without a body does not say that it is for other sites; what a browser keeps of
        # it stays as it was, because nobody but scripts reads it.
        assert of_unchanged == first.headers[name], name


def test_too_much_at_once_is_refused_before_it_is_read(site: Callable[..., Answer]) -> None:
    client = Client()
    for address, kind in (
        ("/admin/login/", "text/plain"),
        ("/api/v2/", "application/problem+json"),
    ):
        answer = client.post(
            address,
            data=b"x",
            content_type="application/octet-stream",
            secure=True,
            CONTENT_LENGTH=str(settings.MAX_REQUEST_BYTES + 1),
        )
        assert answer.status_code == 413
        assert answer.headers["Content-Type"].startswith(kind)
        assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS


# The highest that there is without two that are not the software's to give: 5 for a domain that its
# owner has preloaded, and 5 for hashes of scripts, which all come from the site itself.
OBSERVATORY = {
    "content-security-policy": 10,
    "cookies": 0,
    "cross-origin-resource-policy": 10,
    "cross-origin-resource-sharing": 0,
    "redirection": 0,
    "referrer-policy": 5,
    "strict-transport-security": 0,
    "subresource-integrity": 0,
    "x-content-type-options": 0,
    "x-frame-options": 5,
}


@pytest.mark.parametrize("address", [*ADDRESSES, "/search/?q=x", "/nowhere/", "/broken/", "/api/"])
def test_the_observatory_would_give_an_a_plus(address: str, site: Callable[..., Answer]) -> None:
    """Each of the tests of Mozilla's HTTP Observatory gives what it can give."""
    answer = site(address)
    assert answer.headers["Content-Type"].startswith("text/html")
    assert modifiers(answer, site(address, secure=False), "testserver") == OBSERVATORY
    assert START + sum(OBSERVATORY.values()) >= A_PLUS


@pytest.mark.parametrize("address", [*ADDRESSES, "/search/?q=x", "/nowhere/", "/broken/", "/api/"])
def test_pages_are_stricter_than_the_observatory_asks(
    address: str, site: Callable[..., Answer]
) -> None:
    answer = site(address)
    policy = directives(answer)
    assert policy["default-src"] == policy["object-src"] == policy["base-uri"] == ["'none'"]
    assert policy["script-src"] == policy["form-action"] == policy["frame-ancestors"] == ["'self'"]
    assert "nonce" not in answer.headers["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert not answer.cookies
    assert not re.search(r"""(?:src|href)=["']http://(?!testserver)""", answer.text)


@pytest.mark.parametrize(
    "address",
    ["/api/v2/courses/", "/courses/calendar.ics", "/embed/courses.js", "/media/images/room.png"],
)
def test_what_partner_sites_use_they_may_show_again(
    address: str, site: Callable[..., Answer]
) -> None:
    first = site(address)
    kept = {"If-None-Match": first.headers.get("ETag", "")}
    if "ETag" not in first.headers:
        kept = {"If-Modified-Since": first.headers["Last-Modified"]}
    again = site(address, **kept)
    assert (first.status_code, again.status_code) == (200, 304)
    for answer in (first, again):
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_the_styles_of_error_pages_are_the_ones_that_the_policy_knows() -> None:
    html = loader.get_template("500.html").render()
    styles = re.search(r"<style>(.*?)</style>", html, flags=re.DOTALL)
    assert styles
    digest = base64.b64encode(hashlib.sha256(styles[1].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in str(settings.SECURE_CSP["style-src"])


def test_a_document_is_saved_never_shown(disk: Path, school: School, client: Client) -> None:
    for name, kind in (("a.pdf", "application/pdf"), ("a.html", "application/octet-stream")):
        document = DocumentFactory(file__filename=name)
        answer = client.get(document.url)
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["Content-Type"].partition(";")[0] == kind
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        policy = directives(answer)
        assert policy["sandbox"] == []
        assert policy["default-src"] == ["'none'"]
        b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_the_admin_is_stricter_than_its_inline_scripts_need(
    school: School, administrator: Client
) -> None:
    answer = administrator.get("/admin/")
    policy = directives(answer)
    assert policy["script-src"] == ["'self'", "'unsafe-inline'"]
    assert policy["script-src-attr"] == policy["object-src"] == policy["base-uri"] == ["'none'"]
    assert "'unsafe-eval'" not in answer.headers["Content-Security-Policy"]


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


def test_no_answer_to_a_visitor_tells_where_the_admin_is(
    backstage: None, school: School, client: Client, settings: Settings
) -> None:
    settings.SITE_IS_PUBLIC = True
    assert client.get("/admin/login/").status_code == 404
    login = client.get("/backstage/login/")
    assert login.status_code == 200
    assert login.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "'unsafe-inline'" in directives(login)["script-src"]
    for address in (*ADDRESSES, "/robots.txt", "/sitemap.xml", "/nowhere/", "/api/v2/"):
        assert "backstage" not in client.get(address).text, address


def test_the_login_page_names_no_version(client: Client, db: None) -> None:
    html = client.get("/admin/login/").text
    import django
    import wagtail

    assert wagtail.__version__ not in html
    assert django.get_version() not in html
    assert "generator" not in html.lower()


def test_cookies_are_for_this_host_and_not_for_scripts(
    client: Client, school: School, settings: Settings
) -> None:
    answer = client.get("/admin/login/", secure=True)
    cookie = answer.cookies[settings.CSRF_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert not cookie["domain"]
