"""A 304 is small, and changes nothing in what a browser or a cache has kept."""

from collections.abc import Callable

import pytest
from pytest_django import Settings

from cms.api.middleware import CORS_HEADERS
from cms.operations.headers import OF_CONTENT
from tests.html import Response
from tests.security.test_headers import KINDS

# With the status line, and with what gunicorn adds: Server, Date and Connection.
MOST_BYTES = 520
OF_GUNICORN = 108
# They tell of one response and of how it came, not of what is kept.
OF_EACH_ANSWER = {"Cache-Status", "X-Request-ID"}
# RFC 9110, 15.4.5: a 304 has those of them that the 200 would have.
REQUIRED = {"Cache-Control", "Content-Location", "ETag", "Expires", "Vary"}
# Pictures and static files are told by their dates.
VALIDATORS = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}
NEVER_KEPT = {"probe", "login page"}
KEPT = {
    kind: address
    for kind, (address, status) in KINDS.items()
    if status == 200 and kind not in NEVER_KEPT
}


def ask_twice(site: Callable[..., Response], address: str) -> tuple[Response, Response]:
    """Return a response, and what is answered to somebody who has it."""
    first = site(address)
    validator = next(name for name in VALIDATORS if name in first.headers)
    again = site(address, **{VALIDATORS[validator]: first.headers[validator]})
    assert (first.status_code, again.status_code) == (200, 304)
    return first, again


@pytest.fixture
def responses(
    request: pytest.FixtureRequest, site: Callable[..., Response], settings: Settings
) -> tuple[Response, Response]:
    """What is answered at an address, first and to somebody who has it."""
    settings.WHITENOISE_USE_FINDERS = True
    return ask_twice(site, request.param)


@pytest.mark.parametrize("responses", KEPT.values(), ids=KEPT, indirect=True)
def test_a_304_has_what_it_must_have_and_nothing_about_content(
    responses: tuple[Response, Response],
) -> None:
    first, again = responses
    assert REQUIRED & first.headers.keys() <= again.headers.keys()
    assert not OF_CONTENT & again.headers.keys()
    assert not {"Content-Type", "Content-Security-Policy-Report-Only"} & again.headers.keys()
    assert not again.cookies


@pytest.mark.parametrize("responses", KEPT.values(), ids=KEPT, indirect=True)
def test_a_304_changes_nothing_that_is_kept(responses: tuple[Response, Response]) -> None:
    """Caches put its headers in the place of those that they have (RFC 9111, 3.2)."""
    first, again = responses
    told = {name: value for name, value in again.headers.items() if name not in OF_EACH_ANSWER}
    assert told == {name: first.headers.get(name) for name in told}


@pytest.mark.parametrize("responses", KEPT.values(), ids=KEPT, indirect=True)
def test_a_304_is_small(responses: tuple[Response, Response]) -> None:
    _first, again = responses
    written = sum(len(f"{name}: {text}\r\n") for name, text in again.headers.items())
    assert OF_GUNICORN + written <= MOST_BYTES, again.headers


def test_a_script_that_asks_with_its_own_etag_may_read_that_nothing_is_new(
    site: Callable[..., Response],
) -> None:
    # The browser gives it the 304 itself, not what it keeps, and looks there whether it may.
    _first, again = ask_twice(site, "/api/v2/courses/")
    assert {name: again.headers.get(name) for name in CORS_HEADERS} == CORS_HEADERS


@pytest.mark.parametrize(
    "address", ["/courses/calendar.ics", "/embed/courses.js", "/media/images/room.png"]
)
def test_what_partner_sites_use_they_may_show_again(
    address: str, site: Callable[..., Response]
) -> None:
    for response in ask_twice(site, address):
        assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
