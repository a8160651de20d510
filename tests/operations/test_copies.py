"""Partners who copy while others publish end with what the site has: real servers, many at once.

`RACE_SECONDS=60 make test-all ARGS="-k many_publish"` lets them race for longer than a moment.
"""

import json
import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from testing.servers import HOST, ask, gunicorn, manage
from tests.partners.mirroring import copy_in, everything_public, reference_program

if TYPE_CHECKING:
    from pathlib import Path

PUBLISHERS, PARTNERS = 4, 2
PAUSE = 0.05
SECONDS = float(os.environ.get("RACE_SECONDS", "3"))
PUBLISH = f"""
import json
from tests.operations.publishers import publish
print(json.dumps(publish({PUBLISHERS}, {SECONDS})))
"""


@pytest.fixture(scope="module")
def port(site: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of the site, in production, with two worker processes."""
    log: Path = tmp_path_factory.mktemp("gunicorn") / "log"
    more = {"WEB_WORKERS": "2", "API_REQUESTS_PER_MINUTE": "1000000"}
    with gunicorn(site | more, log) as (port, _pid):
        yield port


def _fetch_from(port: int) -> Any:
    """Return the program's own `fetch`, which asks the server as the proxy before it would."""

    def fetch(url: str, etag: str | None = None) -> Any:
        address = urlsplit(url)
        headers = {"If_None_Match": etag} if etag else {}
        response = ask(port, f"{address.path}?{address.query}".rstrip("?"), **headers)
        if response.status in (304, 404, 410):
            return response.status, etag
        assert response.status == 200, (url, response.text)
        return json.loads(response.body), response.headers["etag"]

    return fetch


@pytest.mark.programs("initdb", "pg_ctl", "createdb")
def test_copies_made_while_many_publish_are_what_the_site_has(
    port: int, site: dict[str, str], tmp_path: "Path"
) -> None:
    ended = threading.Event()

    def copy(number: int) -> tuple[dict[str, Any], int]:
        program, folder, rounds = reference_program(), tmp_path / str(number), 0
        vars(program)["fetch"] = _fetch_from(port)
        while not ended.wait(PAUSE):
            program.mirror(f"https://{HOST}", folder)
            rounds += 1
        program.mirror(f"https://{HOST}", folder)
        return copy_in(folder), rounds

    with ThreadPoolExecutor(PARTNERS) as pool:
        copying = [pool.submit(copy, number) for number in range(PARTNERS)]
        try:
            counted = json.loads(manage(site, "shell", "--no-imports", "--command", PUBLISH))
        finally:
            ended.set()
        copies = [each.result() for each in copying]
    assert counted["kept"] > PUBLISHERS
    public = everything_public(lambda path: json.loads(ask(port, path).body))
    print(counted, [rounds for _copied, rounds in copies], len(public))  # noqa: T201
    for copied, rounds in copies:
        assert rounds
        assert copied.keys() == public.keys(), counted
        for name, data in public.items():
            assert copied[name] == data, (name, counted)
