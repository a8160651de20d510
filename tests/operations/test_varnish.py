"""A real Varnish with deploy/varnish.vcl before a real gunicorn: fast, never wrong for long."""

import os
import signal
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from testing.servers import ask, gunicorn, manage, wait_until
from testing.varnish import varnish

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.programs("varnishd", "initdb", "pg_ctl", "createdb")

FRESH_SECONDS = 10
SESSION = "__Host-sessionid=abcdefghijklmnopqrstuvwxyz012345"
PUBLISH = """
from courses.models import CoursePage
course = CoursePage.objects.order_by("path").first()
course.title = "A title nobody has seen"
course.save_revision().publish()
print(course.url)
"""
UNPUBLISH = """
from wagtail.models import Page
Page.objects.get(slug="mission", locale__language_code="en").unpublish()
"""


@pytest.fixture(scope="module")
def servers(
    site: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[int, int, int]]:
    """The ports of Varnish and of the site, and the process id of the site."""
    directory: Path = tmp_path_factory.mktemp("varnish")
    with (
        gunicorn(site | {"WEB_WORKERS": "1"}, directory / "gunicorn.log") as (port, pid),
        # What may not be kept is forgotten sooner, so that a test sees what lies beneath it.
        varnish([port], directory / "varnish", **{"120s": "2s"}) as (front, _front_pid),
    ):
        yield front, port, pid


@pytest.fixture
def front(servers: tuple[int, int, int]) -> int:
    """The port of Varnish."""
    return servers[0]


def test_the_second_reader_gets_the_first_ones_answer(front: int) -> None:
    ask(front, "/about/")
    second = ask(front, "/about/")
    assert second.status == 200
    assert "varnish; hit" in second.headers["cache-status"]


def test_a_reader_who_has_it_gets_304(front: int) -> None:
    etag = ask(front, "/about/").headers["etag"]
    again = ask(front, "/about/", If_None_Match=etag)
    assert (again.status, again.body) == (304, b"")


def test_order_and_tracking_and_cookies_make_no_further_copies(front: int) -> None:
    ask(front, "/api/v2/pages/?limit=3&offset=1")
    for path in ("/api/v2/pages/?offset=1&limit=3",):
        assert "hit" in ask(front, path).headers["cache-status"].partition(",")[0]
    ask(front, "/about/vision/")
    for path in ("/about/vision/?utm_source=x&fbclid=y", "/about/vision/?"):
        response = ask(front, path, Cookie="_ga=1; cookie_consent=no", Accept_Language="sv")
        assert "hit" in response.headers["cache-status"].partition(",")[0], path


def test_one_copy_serves_readers_with_and_without_gzip(front: int) -> None:
    packed = ask(front, "/about/funding/", Accept_Encoding="gzip, br")
    plain = ask(front, "/about/funding/", Accept_Encoding="identity")
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert "hit" in plain.headers["cache-status"].partition(",")[0]
    assert len(packed.body) < len(plain.body)


@pytest.mark.parametrize(
    "headers", [{"Cookie": SESSION}, {"Cookie": f"a=b; {SESSION}"}, {"Authorization": "Basic eDp5"}]
)
def test_somebody_in_particular_is_answered_by_the_site_itself(
    front: int, headers: dict[str, str]
) -> None:
    ask(front, "/about/")
    for _ in range(2):
        response = ask(front, "/about/", **headers)
        assert "varnish; hit" not in response.headers.get("cache-status", "")
        assert response.headers["cache-control"] == "private, no-store"


@pytest.mark.parametrize("path", ["/no-such-page/", "/admin/login/", "/-/ready"])
def test_what_is_not_marked_as_public_is_never_kept(front: int, path: str) -> None:
    for _ in range(2):
        assert "varnish; hit" not in ask(front, path).headers["cache-status"]


def test_http_is_not_answered_with_what_was_kept_for_https(front: int) -> None:
    assert ask(front, "/about/").status == 200
    insecure = ask(front, "/about/", X_Forwarded_Proto="http")
    assert insecure.status == 301
    assert ask(front, "/about/").status == 200


def test_after_a_publish_every_reader_sees_it_within_ten_seconds(
    front: int, site: dict[str, str]
) -> None:
    address = "/courses/"
    title = "A title nobody has seen"
    for _ in range(2):
        assert title not in ask(front, address).text
    manage(site, "shell", "--no-imports", "--command", PUBLISH)
    published = time.perf_counter()
    # Readers come all the time; from ten seconds on none of them gets the old page.
    while time.perf_counter() - published < FRESH_SECONDS:
        ask(front, address)
        time.sleep(0.2)
    assert title in ask(front, address).text


def test_old_answers_stand_in_where_the_site_is_gone_but_not_for_what_was_taken_away(
    servers: tuple[int, int, int], site: dict[str, str]
) -> None:
    front, port, pid = servers
    for path in ("/", "/about/mission/"):
        assert ask(front, path).status == 200
    manage(site, "shell", "--no-imports", "--command", UNPUBLISH)
    wait_until(lambda: ask(front, "/about/mission/").status == 404, "404", seconds=FRESH_SECONDS)
    _stop_listening(pid, port)
    # Past `s-maxage` and `stale-while-revalidate`, so that only `stale-if-error` is left.
    time.sleep(FRESH_SECONDS + 1)
    for _ in range(3):
        assert ask(front, "/").status == 200
        assert ask(front, "/about/mission/").status == 503
        gone = ask(front, "/api/v2/pages/?limit=7")
        assert (gone.status, gone.headers["retry-after"]) == (503, "5")


def _stop_listening(pid: int, port: int) -> None:
    os.kill(pid, signal.SIGTERM)
    wait_until(lambda: _refuses(port), "gunicorn has stopped")


def _refuses(port: int) -> bool:
    try:
        ask(port, "/-/live")
    except OSError:
        return True
    return False
