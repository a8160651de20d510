"""An audit that could ask nobody does not pass."""

import importlib.util
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[2] / ".ci" / "audit.py"
KNOWN = {"id": "CVE-2021-1", "fix_versions": ["3.2.1"]}


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    """The script that `make audit` runs."""
    spec = importlib.util.spec_from_file_location("audit", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let pip-audit answer as it does where its source says this of the canary and of the lock."""

    def answer(canary: Any, lock: Any) -> None:
        def run(command: list[str], **_options: Any) -> "subprocess.CompletedProcess[str]":
            said = lock if command[-1].endswith("requirements.txt") else canary
            return subprocess.CompletedProcess(command, 0, said, "")

        monkeypatch.setattr(subprocess, "run", run)

    return answer


def report(*vulnerabilities: dict[str, Any], **more: str) -> str:
    package = {"name": "django", "version": "3.2.0", "vulns": list(vulnerabilities), **more}
    return json.dumps({"dependencies": [package]})


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ((report(KNOWN), report()), 0),
        ((report(KNOWN), report(KNOWN)), 1),
        ((report(), report()), 2),
        (("", ""), 2),
        ((report(KNOWN), ""), 2),
        ((report(KNOWN), report(skip_reason="not found")), 2),
        (('{"dependencies": []}', report()), 2),
    ],
    ids=[
        "nothing is known",
        "something is",
        "the canary is not known",
        "no source",
        "the source breaks off",
        "a package is left out",
        "the canary is left out",
    ],
)
def test_the_status_says_whether_anybody_was_asked(
    said: tuple[str, str],
    status: int,
    audit: ModuleType,
    source: Callable[..., None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    source(*said)
    assert audit.main() == status
    printed = capsys.readouterr()
    assert ("could not be made" in printed.err or "broke off" in printed.err) == (status == 2)
    assert ("CVE-2021-1" in printed.out) == (status == 1)
