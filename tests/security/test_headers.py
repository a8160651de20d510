"""Every kind of response carries its security headers, whoever made it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from cms.api.router import api_router
from cms.operations.headers import OF_PAGES, HeadersMiddleware
from home.models import HomePage
from tests.factories import DocumentFactory
from tests.html import Response
from tests.school import ADDRESSES, School
from tests.security.conftest import directives

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}
WITH_PAGES = {
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Opener-Policy": "same-origin",
}
DATA = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


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
    "API, discovery": ("/api/v2/", 200),
    "API, wrong parameter": ("/api/v2/courses/?colour=red", 400),
    "API, not found": ("/api/v2/nothing/", 404),
    "API, introduction": ("/api/", 200),
    "API, reference": ("/api/v2/reference/", 200),
    "API, schema": ("/api/v2/openapi.json", 200),
    "API, schema in YAML": ("/api/v2/openapi.yaml", 200),
    **{f"API, {name}": (f"/api/v2/{name}/", 200) for name in api_router._endpoints},
    "calendar": ("/courses/calendar.ics", 200),
    "calendar of a course": ("/courses/gmp/calendar.ics", 200),
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


def assert_suits_its_kind(response: Response, *, secure: bool = True) -> None:
    """Pages have everything, and everything else what is of use without links and frames."""
    always = {name: value for name, value in ALWAYS.items() if secure or "Transport" not in name}
    assert {name: response.headers.get(name) for name in always} == always
    policy = directives(response)
    assert policy["default-src"] in (["'none'"], ["'self'"])
    assert policy["base-uri"] == ["'none'"]
    if response.headers.get("Content-Type", "").startswith("text/html"):
        assert {name: response.headers.get(name) for name in WITH_PAGES} == WITH_PAGES
        assert "geolocation=()" in response.headers["Permissions-Policy"]
        assert policy["frame-ancestors"] == ["'self'"]
    else:
        assert not {*WITH_PAGES, "Permissions-Policy"} & response.headers.keys()
        assert policy["frame-ancestors"] == ["'none'"]
        assert "sandbox" in policy or response.headers["Content-Security-Policy"] == DATA


@pytest.mark.parametrize("kind", KINDS)
def test_every_response_has_them(
    kind: str, site: Callable[..., Response], settings: Settings
) -> None:
    settings.WHITENOISE_USE_FINDERS = True
    address, status = KINDS[kind]
    response = site(address)
    assert response.status_code == status
    assert_suits_its_kind(response)
    assert response.headers["Cross-Origin-Resource-Policy"] in {"same-origin", "cross-origin"}
    assert "X-Powered-By" not in response.headers
    assert not re.search(r"\d", response.headers.get("Server", ""))


@pytest.mark.parametrize(
    ("kind", "is_page"),
    [
        ("text/html; charset=utf-8", True),
        ("application/xhtml+xml", True),
        ("application/json", False),
        ("text/csv; charset=utf-8", False),
        ("text/plain", False),
        ("application/xml", False),
        ("image/svg+xml", False),
    ],
)
def test_what_somebody_else_has_set_does_not_decide(kind: str, is_page: bool) -> None:
    def response(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(content_type=kind, headers=WITH_PAGES)

    headers = HeadersMiddleware(response)(RequestFactory().get("/")).headers
    assert OF_PAGES & headers.keys() == (OF_PAGES if is_page else set())


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
    method: str, address: str, status: int, site: Callable[..., Response]
) -> None:
    response = site(address, method)
    assert response.status_code == status
    assert_suits_its_kind(response)


def test_refused_hosts_and_the_way_to_https_have_them_too(site: Callable[..., Response]) -> None:
    redirect = site("/about/", secure=False)
    assert redirect.status_code == 301
    assert redirect.headers["Location"].startswith("https://")
    refused = [site("/about/", Host="evil.example"), site("/about/", secure=False, Host="evil.ex")]
    assert [response.status_code for response in refused] == [400, 400]
    for response in (redirect, *refused):
        assert_suits_its_kind(response, secure=False)


@pytest.mark.parametrize("address", ["/about/", "/api/v2/courses/", "/courses/feed.atom"])
def test_what_was_kept_says_the_same(address: str, site: Callable[..., Response]) -> None:
    first, kept = site(address), site(address)
    assert "hit" in kept.headers["Cache-Status"]
    of_each_response = {"X-Request-ID", "Cache-Status"}
    told = [
        {name: value for name, value in response.headers.items() if name not in of_each_response}
        for response in (first, kept)
    ]
    assert told[0] == told[1]


def test_too_much_at_once_is_refused_before_it_is_read(site: Callable[..., Response]) -> None:
    client = Client()
    for address, kind in (
        ("/admin/login/", "text/plain"),
        ("/api/v2/", "application/problem+json"),
    ):
        response = client.post(
            address,
            data=b"x",
            content_type="application/octet-stream",
            secure=True,
            CONTENT_LENGTH=str(settings.MAX_REQUEST_BYTES + 1),
        )
        assert response.status_code == 413
        assert response.headers["Content-Type"].startswith(kind)
        assert_suits_its_kind(response)


def test_a_form_without_files_is_limited_too(
    home: HomePage, editor: Client, settings: Settings
) -> None:
    text = "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    assert editor.post("/admin/login/", {"username": text}).status_code == 400


def test_a_document_is_saved_never_shown(disk: Path, school: School, client: Client) -> None:
    for name, kind in (("a.pdf", "application/pdf"), ("a.html", "application/octet-stream")):
        document = DocumentFactory(file__filename=name)
        response = client.get(document.url)
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.headers["Content-Type"].partition(";")[0] == kind
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        policy = directives(response)
        assert policy["sandbox"] == []
        assert policy["default-src"] == ["'none'"]
        b"".join(response.streaming_content)  # type: ignore[attr-defined]
