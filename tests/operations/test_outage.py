"""The site outlives its database: a real PostgreSQL is stopped under a real gunicorn."""

import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from testing.servers import HOST, PostgreSQL, Response, ask, gunicorn, manage, wait_until
from tests.html import fragment

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.programs("initdb", "pg_ctl", "createdb")

PATIENCE = 3.0
KEPT = ("/", "/about/", "/courses/", "/api/v2/pages/?limit=2")
NEVER_ASKED = ("/about/funding/", "/no-such-page/")
UNPUBLISH = """
from wagtail.models import Page
Page.objects.get(slug="mission", locale__language_code="en").unpublish()
"""
EDITOR = """
from cms.models import User
User.objects.create_superuser("somebody", "somebody@example.org", "a password of theirs")
"""


@pytest.fixture(scope="module")
def port(site: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of the site, in production, with one worker process for each core of two."""
    log: Path = tmp_path_factory.mktemp("gunicorn") / "log"
    with gunicorn(site | {"WEB_WORKERS": "2"}, log) as (port, _pid):
        yield port


@pytest.fixture(scope="module")
def answers_without(
    port: int, postgresql: PostgreSQL, site: dict[str, str]
) -> Iterator[dict[str, Response]]:
    """What the site said while its database was away."""
    assert ask(port, "/about/mission/").status == 200
    manage(site, "shell", "--no-imports", "--command", UNPUBLISH)
    for path in KEPT:
        assert ask(port, path).status == 200, path
    postgresql.stop()
    paths = [*KEPT, *NEVER_ASKED, "/about/mission/", "/api/v2/pages/?limit=3", "/-/live"]
    # Twice, so that each worker process meets the outage with and without an old connection.
    for path in paths:
        ask(port, path)
    responses = {path: ask(port, path) for path in [*paths, "/-/ready"]}
    responses["editor"] = ask(
        port, "/about/", Cookie="__Host-sessionid=abcdefghijklmnopqrstuvwxyz012345"
    )
    responses["post"] = ask(port, "/admin/login/", method="POST")
    yield responses
    if not (postgresql.directory / "postmaster.pid").exists():
        postgresql.start()


@pytest.mark.parametrize("path", KEPT)
def test_what_was_asked_for_before_is_still_served_and_says_it_is_stale(
    answers_without: dict[str, Response], path: str
) -> None:
    response = answers_without[path]
    assert response.status == 200
    assert "database unavailable" in response.headers["cache-status"]
    assert response.body


@pytest.mark.parametrize("path", NEVER_ASKED)
def test_a_page_nobody_had_asked_for_says_when_to_try_again(
    answers_without: dict[str, Response], path: str
) -> None:
    response = answers_without[path]
    assert response.status == 503
    assert int(response.headers["retry-after"]) > 0
    assert "no-store" in response.headers["cache-control"]
    assert "try again" in response.text.lower()


def test_the_api_says_it_as_a_problem_in_json(answers_without: dict[str, Response]) -> None:
    response = answers_without["/api/v2/pages/?limit=3"]
    assert response.status == 503
    assert int(response.headers["retry-after"]) > 0
    assert response.headers["content-type"].startswith("application/problem+json")
    assert json.loads(response.body)["status"] == 503


def test_a_page_unpublished_before_the_outage_is_not_served(
    answers_without: dict[str, Response],
) -> None:
    assert answers_without["/about/mission/"].status in {404, 503}


@pytest.mark.parametrize("who", ["editor", "post"])
def test_nobody_else_gets_a_kept_page_or_a_crash(
    answers_without: dict[str, Response], who: str
) -> None:
    assert answers_without[who].status in {403, 503}


def test_nothing_hangs(answers_without: dict[str, Response]) -> None:
    slow = {path: a.seconds for path, a in answers_without.items() if a.seconds > PATIENCE}
    assert not slow


def test_the_probes_tell_the_process_from_its_database(
    answers_without: dict[str, Response],
) -> None:
    assert answers_without["/-/live"].status == 200
    ready = answers_without["/-/ready"]
    assert ready.status == 503
    assert json.loads(ready.body)["checks"]["database"] != "ok"


def test_service_resumes_by_itself_within_two_seconds(
    answers_without: dict[str, Response], postgresql: PostgreSQL, port: int
) -> None:
    postgresql.start()

    def is_fresh(response: Response) -> bool:
        return response.status == 200 and "unavailable" not in response.headers["cache-status"]

    def resumed() -> bool:
        # Each worker process remembers the outage on its own; many questions reach them all.
        return all(is_fresh(ask(port, path)) for path in ["/about/funding/", "/"] * 10)

    assert wait_until(resumed, "the site is back", seconds=6) < 2
    assert ask(port, "/-/ready").status == 200
    assert ask(port, "/about/mission/").status == 404


def test_a_restart_of_the_database_fails_nobody_once_it_is_back(
    answers_without: dict[str, Response], postgresql: PostgreSQL, port: int
) -> None:
    # More at once than there are threads, so that each of them has a connection.
    postgresql.restart()
    with ThreadPoolExecutor(16) as visitors:
        list(visitors.map(lambda number: ask(port, f"/search/?q={number}"), range(64)))
        postgresql.restart()
        asked = [f"/search/?q=again{number}" for number in range(64)]
        statuses = Counter(visitors.map(lambda path: ask(port, path).status, asked))
    assert statuses == {200: 64}


def test_a_database_that_only_reads_is_for_visitors_and_says_so_to_who_writes(
    answers_without: dict[str, Response],
    postgresql: PostgreSQL,
    site: dict[str, str],
    port: int,
) -> None:
    postgresql.restart()
    manage(site, "shell", "--no-imports", "--command", EDITOR)
    form = ask(port, "/admin/login/")
    postgresql.restart("default_transaction_read_only=on")
    try:
        assert ask(port, "/about/vision/").status == 200
        token = str(fragment(form.text).select("[name=csrfmiddlewaretoken]")[0]["value"])
        sent = {"username": "somebody", "password": "a password of theirs"}
        response = ask(
            port,
            "/admin/login/",
            "POST",
            urlencode(sent | {"csrfmiddlewaretoken": token}),
            Cookie=form.headers["set-cookie"].partition(";")[0],
            Referer=f"https://{HOST}/",
            Content_Type="application/x-www-form-urlencoded",
        )
    finally:
        postgresql.restart()
    assert response.status == 503
    assert "nothing can be saved" in response.text
    assert int(response.headers["retry-after"]) > 0
