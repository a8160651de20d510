"""Asks whether anything that production installs has a known vulnerability.

Exit status 0: asked, and nothing is known. 1: something is. 2: nobody could be asked, which is not
the same as nothing being known: a canary, an old release with vulnerabilities that everybody
knows, has to be reported first.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
CANARY = "django==3.2.0"
# Each holds what every installation has, and an extra.
LOCKS = [ROOT / f"requirements-{extra}.txt" for extra in ("s3", "sentry")]
CLEAN, VULNERABLE, UNKNOWN = 0, 1, 2


def main() -> int:
    """Audit what production may install; print what is known, and return the exit status."""
    with tempfile.TemporaryDirectory() as directory:
        canary = Path(directory) / "canary.txt"
        canary.write_text(f"{CANARY}\n")
        known = ask(canary, "--no-deps")
    if not known:
        print(
            f"The audit could not be made: no source reports the vulnerabilities of {CANARY}.\n"
            "Run it where a source of vulnerabilities can be reached.",
            file=sys.stderr,
        )
        return UNKNOWN
    found: set[str] = set()
    for lock in LOCKS:
        told_of_it = ask(lock, "--require-hashes")
        if told_of_it is None:
            print("The audit broke off: the source answered, and then no more.", file=sys.stderr)
            return UNKNOWN
        found |= set(told_of_it)
    for line in sorted(found):
        print(line)
    print(f"{len(found)} known vulnerabilities." if found else "No known vulnerabilities.")
    return VULNERABLE if found else CLEAN


def ask(requirements: Path, *options: str) -> list[str] | None:
    """Return what pip-audit knows of `requirements`, a line each; None where it fails."""
    command = [sys.executable, "-m", "pip_audit", "--progress-spinner=off", "--format=json"]
    done = subprocess.run(  # noqa: S603 The arguments are this module's own.
        [*command, "--disable-pip", *options, "--requirement", str(requirements)],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        return [
            line for package in json.loads(done.stdout)["dependencies"] for line in told(package)
        ]
    except (ValueError, KeyError, TypeError):
        sys.stderr.write(done.stderr)
        return None


def told(package: dict[str, Any]) -> list[str]:
    """Return what is told of one package. Raises ValueError where it was left out."""
    if "skip_reason" in package:
        raise ValueError(package["skip_reason"])
    return [
        f"{package['name']} {package['version']}: {vulnerability['id']}, "
        f"mended in {', '.join(vulnerability['fix_versions']) or 'no release'}"
        for vulnerability in package["vulns"]
    ]


if __name__ == "__main__":
    sys.exit(main())
