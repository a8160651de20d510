"""What a report of an error tells whoever keeps them: what broke and where, and of nobody."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import brotli

from testing.servers import HOST, ROOT, production
from tests.security.listening import Asked, listening

# A site in production with two views that fail, for somebody who is signed in.
# What is nobody's business comes as an argument: a report holds lines of the program itself.
PROGRAM = """
import json, sys
from cms.wsgi import application
import cms.urls, sentry_sdk
from django.db.transaction import non_atomic_requests
from django.test import RequestFactory
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from cms.models import User

@csrf_exempt
@non_atomic_requests
def fail(request, kind, key):
    request.user = User(pk=7, **person)
    password = request.POST["password"]
    if kind == "sent":
        request.POST["name"]
    raise RuntimeError("It broke.")

def status_of(kind):
    environ = RequestFactory(**headers).post(
        f"/admin/{kind}/confirm/{query}", {"password": password}, secure=True
    ).environ
    statuses = []
    answer = application(environ, lambda status, headers: statuses.append(int(status[:3])))
    b"".join(answer)
    answer.close()
    return statuses[0]

person, headers, query, password = json.loads(sys.argv[1])
cms.urls.urlpatterns.insert(0, path("admin/<str:kind>/confirm/<str:key>/", fail))
print([status_of("own"), status_of("sent")], sentry_sdk.get_client().is_active())
sentry_sdk.flush()
"""
SENT = (
    {"username": "eva.svensson", "email": "eva@example.org"},
    {
        "REMOTE_ADDR": "192.0.2.77",
        "HTTP_HOST": HOST,
        "HTTP_AUTHORIZATION": "Bearer abcdefgh",
        "HTTP_COOKIE": "known_device=abcdefgh; other=abcdefgh",
        "HTTP_REFERER": f"https://{HOST}/?q=my-illness",
        "HTTP_USER_AGENT": "Firefox on a boat",
        "HTTP_X_FORWARDED_FOR": "192.0.2.77",
    },
    "abcdefgh/?q=my-illness",
    "hunter2",
)
SECRETS = (
    *("eva.", "eva@", "192.0.2", "abcdefgh", "illness", "hunter2", "Firefox"),
    *('"user"', '"cookies"', '"vars"', '"env"', '"ip_address"', '"server_name"'),
)


def run(directory: Path, **more: str) -> str:
    """Let both views fail in a process of production; return what it printed."""
    (directory / "static").mkdir()
    environment = production("postgres://nobody@127.0.0.1:1/none", directory, **more)
    done = subprocess.run(  # noqa: S603 The arguments are this module's own.
        [sys.executable, "-c", PROGRAM, json.dumps(SENT)],
        cwd=ROOT,
        env=environment | {"NO_PROXY": "*"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def items(asked: Asked) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Return the items of an envelope: a line of JSON about each, and the item itself."""
    assert asked.headers["content-encoding"] == "br"
    _head, *lines = brotli.decompress(asked.body).splitlines()
    parts = [json.loads(line) for line in lines if line]
    return list(zip(parts[::2], parts[1::2], strict=True))


def test_an_error_is_reported_and_names_nobody(tmp_path: Path) -> None:
    with listening(lambda asked: b"{}") as listener:
        dsn = f"{listener.url}/42".replace("://", "://public@")
        printed = run(tmp_path, SENTRY_DSN=dsn, SENTRY_ENVIRONMENT="trial")
    assert printed == "[500, 400] True"
    found = [item for asked in listener.asked for item in items(asked)]
    assert [head["type"] for head, _event in found] == ["event", "event"], "And nothing else."
    assert {asked.path for asked in listener.asked} == {"/api/42/envelope/"}
    for (_head, event), kind in zip(found, ("RuntimeError", "MultiValueDictKeyError"), strict=True):
        error = event["exception"]["values"][-1]
        assert error["type"] == kind
        assert "fail" in [frame["function"] for frame in error["stacktrace"]["frames"]]
        assert event["environment"] == "trial"
        assert event["request"]["method"] == "POST"
        assert not event["breadcrumbs"]["values"]
        assert set(event["request"]) == {"method", "url", "headers"}
        assert set(event["request"]["headers"]) <= {"Host", "Content-Type"}
        text = json.dumps(event)
        assert not [secret for secret in SECRETS if secret in text], text


def test_nothing_is_reported_unless_the_environment_says_where(tmp_path: Path) -> None:
    assert run(tmp_path) == "[500, 400] False"
