"""An audit that could ask nobody does not pass: the script itself, pip-audit, and a source."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from testing.servers import free_port
from tests.security.listening import Asked, listening

SCRIPT = Path(__file__).parents[2] / ".ci" / "audit.py"
CANARY = ("django", "3.2.0")


def audit(source: str) -> "subprocess.CompletedProcess[str]":
    """Run what `make audit` runs, with a source of vulnerabilities that speaks OSV's protocol."""
    return subprocess.run(  # noqa: S603 The arguments are this module's own.
        [sys.executable, str(SCRIPT)],
        env={
            "PATH": os.environ["PATH"],
            "PIP_AUDIT_VULNERABILITY_SERVICE": "osv",
            "PIP_AUDIT_OSV_URL": f"{source}/v1/query",
            "NO_PROXY": "*",
        },
        capture_output=True,
        text=True,
        check=False,
    )


class Source:
    """Knows of vulnerabilities, and after some responses perhaps of nothing any more."""

    def __init__(self, *vulnerable: str, responses: int | None = None) -> None:
        self.vulnerable = vulnerable
        self.responses = responses
        self.asked: list[tuple[str, str]] = []

    def response(self, asked: Asked) -> bytes:
        """Return what is known of one release of a package."""
        query = json.loads(asked.body)
        name, version = query["package"]["name"], query["version"]
        self.asked.append((name, version))
        if self.responses is not None and len(self.asked) > self.responses:
            return b""
        label = "canary" if (name, version) == CANARY else name
        return json.dumps({"vulns": [known(name)]} if label in self.vulnerable else {}).encode()


def known(name: str) -> dict[str, Any]:
    """Return an entry of OSV's database."""
    fixed = [{"introduced": "0"}, {"fixed": "99.1"}]
    ranges = [{"type": "ECOSYSTEM", "events": fixed}]
    package = {"name": name, "ecosystem": "PyPI"}
    return {
        "id": "PYSEC-2021-1",
        "summary": "It lets everybody in.",
        "affected": [{"package": package, "ranges": ranges}],
    }


@pytest.mark.parametrize(
    ("source", "status", "said"),
    [
        (Source("canary"), 0, "No known vulnerabilities."),
        (Source("canary", "whitenoise"), 1, "PYSEC-2021-1, mended in 99.1"),
        (Source(), 2, "could not be made"),
        (Source(responses=0), 2, "could not be made"),
        (Source("canary", responses=1), 2, "broke off"),
    ],
    ids=[
        *("nothing is known", "something is", "the canary is not known", "an error"),
        "the source breaks off",
    ],
)
def test_the_status_says_whether_anybody_was_asked(source: Source, status: int, said: str) -> None:
    with listening(source.response) as listener:
        done = audit(listener.url)
    assert done.returncode == status, done.stderr
    assert said in (done.stderr if status == 2 else done.stdout)
    assert source.asked[0] == CANARY
    if status < 2:
        names = {name for name, _version in source.asked}
        assert {"django", "wagtail", "pillow", "django-allauth", "cryptography"} <= names


def test_a_source_that_cannot_be_reached_is_no_clean_bill() -> None:
    done = audit(f"http://localhost:{free_port()}")
    assert done.returncode == 2
    assert "no source reports the vulnerabilities of django==3.2.0" in done.stderr
    assert "No known vulnerabilities" not in done.stdout


def test_a_package_that_was_left_out_is_not_taken_for_sound() -> None:
    spec = importlib.util.spec_from_file_location("audit", SCRIPT)
    assert spec
    assert spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    with pytest.raises(ValueError, match="not found"):
        script.told({"name": "django", "version": "3.2.0", "skip_reason": "not found", "vulns": []})
