"""Every kind of answer carries its security headers, whoever made it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import Settings

from home.models import HomePage
from tests.factories import DocumentFactory
from tests.html import Answer
from tests.school import ADDRESSES, School
from tests.security.conftest import directives

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}


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


def test_a_form_without_files_is_limited_too(
    home: HomePage, editor: Client, settings: Settings
) -> None:
    text = "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    assert editor.post("/admin/login/", {"username": text}).status_code == 400


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
