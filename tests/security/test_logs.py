"""What happens is written down once, with an id, and without what is nobody's business."""

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoCaptureOnCommitCallbacks

from cms.models import User
from cms.operations.observability import logs
from cms.operations.observability.errors import scrub
from cms.publishing.http.client_address import shortened
from testing.servers import ask, gunicorn, production
from tests.admin_forms import AdminForm
from tests.factories import UserFactory
from tests.factories.cms import PASSWORD
from tests.school import School

REQUEST_ID = "from-the-proxy-0123"
TOKEN = "a-token-of-more-than-twenty-characters"


class Lines:
    """What has been logged, as production writes it."""

    def __init__(self, stream: io.StringIO) -> None:
        self.stream = stream

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    def of(self, event: str) -> list[dict[str, Any]]:
        lines = [json.loads(line) for line in self.text.splitlines()]
        return [line for line in lines if line["event"] == event]


@pytest.fixture
def lines() -> Iterator[Lines]:
    """Everything that is logged from here on, in production's format."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.formatter(as_json=True))
    root, ours = logging.getLogger(), logging.getLogger("cms")
    root.addHandler(handler)
    levels = root.level, ours.level
    ours.setLevel(logging.INFO)
    yield Lines(stream)
    root.removeHandler(handler)
    root.setLevel(levels[0])
    ours.setLevel(levels[1])


def test_logins_are_noted_by_number_and_network(lines: Lines, school: School) -> None:
    user = UserFactory.create(username="eva.svensson", groups=["Editors"])
    client = Client(headers={"X-Request-ID": REQUEST_ID}, REMOTE_ADDR="192.0.2.77")
    client.post("/admin/login/", {"username": "eva.svensson", "password": "a wrong guess"})
    client.post("/admin/login/", {"username": "typed-my-passphrase-here", "password": "x"})
    client.post("/admin/login/", {"username": "eva.svensson", "password": PASSWORD})
    client.post("/admin/logout/")

    known, unknown = lines.of("login_failed")
    assert (known["user_id"], unknown["user_id"]) == (user.pk, None)
    for line in (known, *lines.of("login")):
        assert line["user_id"] == user.pk
        assert line["client"] == "192.0.2.0/24"
        assert line["request_id"] == REQUEST_ID
        assert line["timestamp"].startswith("2026-09-15T12:0")
    assert len(lines.of("login")) == len(lines.of("logout")) == 1
    for secret in ("eva", "guess", "passphrase", PASSWORD, "192.0.2.77", "sessionid"):
        assert secret not in lines.text


def test_what_editors_do_is_noted_once_it_is_certain(
    lines: Lines,
    school: School,
    moderator: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    user = User.objects.get(username="moderator")
    with django_capture_on_commit_callbacks(execute=True):
        AdminForm(moderator, f"/admin/pages/{school.vision.pk}/edit/").save("action-publish")
        moderator.post(f"/admin/pages/{school.contact.pk}/unpublish/")
        moderator.post(f"/admin/pages/{school.mission.pk}/delete/")
        assert not lines.of("audit"), "Not before it has been committed."
    done = {(line["action"], line["object_id"]): line for line in lines.of("audit")}
    for action, page in (
        ("wagtail.publish", school.vision),
        ("wagtail.unpublish", school.contact),
        ("wagtail.delete", school.mission),
    ):
        line = done[action, str(page.pk)]
        assert line["user_id"] == user.pk
        assert line["request_id"]
    assert "moderator" not in lines.text


@pytest.mark.parametrize(
    "sent",
    ["short", "x" * 65, "with space in it", "line\nbreak-0123", "<script>alert(1)</script>", ""],
)
def test_an_id_that_is_none_is_replaced(sent: str, client: Client, db: None) -> None:
    response = client.get("/-/live", headers={"X-Request-ID": sent})
    assert response.headers["X-Request-ID"] != sent
    assert len(response.headers["X-Request-ID"]) == 32


def test_an_id_is_sent_back_and_never_kept(school: School, client: Client) -> None:
    first = client.get("/about/", headers={"X-Request-ID": REQUEST_ID})
    kept = client.get("/about/")
    assert first.headers["X-Request-ID"] == REQUEST_ID
    assert "hit" in kept.headers["Cache-Status"]
    assert kept.headers["X-Request-ID"] != REQUEST_ID
    stored = caches["pages"]._cache.values()  # type: ignore[attr-defined]
    assert not [value for value in stored if REQUEST_ID.encode() in value]


def test_watching_costs_a_visitor_nothing(school: School, client: Client) -> None:
    client.get("/about/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/about/")
    assert len(queries) == 1, "The publication log's stamp, and nothing of sessions or users."


def test_secrets_are_hidden_wherever_they_are_put() -> None:
    event = logs.hide_secrets(
        None,
        "",
        {
            "event": "sent to /admin/password_reset/confirm/MQ/abc-123/",
            "password": "hunter2",
            "Cookie": "sessionid=abc",
            "database": "postgres://site:hunter2@db/site",
            "count": 3,
        },
    )
    assert event["count"] == 3
    assert "abc" not in str(event)
    assert "hunter2" not in str(event)
    assert logs.clean_path("/search/?q=my+illness") == "/search/"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("", ""),
        ("unix", ""),
    ],
)
def test_an_address_is_shortened_to_its_network(address: str, network: str) -> None:
    assert shortened(address) == network


def test_a_report_of_an_error_names_nobody() -> None:
    event = scrub(
        {
            "request": {
                "method": "POST",
                "url": "https://atmp.example.se/search/?q=my+illness",
                "query_string": "q=my+illness",
                "cookies": {"sessionid": "abc"},
                "data": {"password": "hunter2"},
                "headers": {"Cookie": "sessionid=abc", "Authorization": "Bearer abc", "Host": "x"},
                "env": {"REMOTE_ADDR": "192.0.2.77"},
            },
            "user": {"id": "1", "ip_address": "192.0.2.77", "email": "eva@example.org"},
            "extra": {"token": "abc"},
        },
        {},
    )
    assert event is not None
    for secret in ("illness", "abc", "hunter2", "192.0.2.77", "eva@"):
        assert secret not in json.dumps(event)
    assert event["request"]["method"] == "POST"


def test_a_server_writes_lines_of_json_and_counts_in_all_its_processes(tmp_path: Path) -> None:
    """A real gunicorn, whose database is not there: a page is 503, a probe is fine."""
    environment = production(
        "postgres://nobody@127.0.0.1:1/none", tmp_path, METRICS_TOKEN=TOKEN, WEB_WORKERS="2"
    )
    (tmp_path / "static").mkdir()
    log = tmp_path / "log"
    with gunicorn(environment, log) as (port, _pid):
        for _turn in range(8):
            ask(port, "/-/live")
        response = ask(
            port,
            "/about/?q=my-illness",
            X_Request_ID=REQUEST_ID,
            Cookie="__Host-sessionid=abcdefgh",
            Authorization="Bearer abcdefgh",
        )
        assert response.headers["x-request-id"] == REQUEST_ID
        assert not any(sign.isdigit() for sign in response.headers["server"])
        refused = [ask(port, "/-/metrics"), ask(port, "/-/metrics", Authorization="Bearer wrong")]
        numbers = ask(port, "/-/metrics", Authorization=f"Bearer {TOKEN}")
    assert [r.status for r in refused] == [401, 401]
    assert b"site_requests" not in refused[1].body
    assert numbers.status == 200
    count = [line for line in numbers.text.splitlines() if 'part="site"' in line and "503" in line]
    assert count
    assert count[0].endswith(" 1.0")
    assert "my-illness" not in numbers.text

    text = log.read_text()
    lines = [json.loads(line) for line in text.splitlines()]
    [request] = [line for line in lines if line["event"] == "request" and line["path"] == "/about/"]
    assert request["status"] == response.status
    assert request["request_id"] == REQUEST_ID
    assert request["client"] == "127.0.0.0/24"
    assert not [line for line in lines if line.get("path") == "/-/live"]
    lost = [line for line in lines if line["logger"] == "django.request"]
    assert [line["request_id"] for line in lost] == [REQUEST_ID]
    for secret in ("illness", "abcdefgh", TOKEN, environment["SECRET_KEY"]):
        assert secret not in text
