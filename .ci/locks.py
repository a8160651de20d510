"""Checks, without network, that the lock files keep what pyproject.toml asks for.

Every requirement must be met by a pinned version, every pin must carry a hash, the
development lock must contain the others, and none may hold an address.
"""

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PIN = re.compile(
    r"^(?P<name>[a-z0-9.-]+)==(?P<version>[^ ;\\]+)"
    r"(?P<rest>[^\n]*\n(?:    [^\n]*\n)*)",
    re.MULTILINE,
)


def pins(name: str, problems: list[str]) -> dict[str, str]:
    """The versions a lock file pins; what is wrong with the file goes to `problems`."""
    text = (ROOT / name).read_text()
    if re.search(r"\w+://|^--", text, re.MULTILINE):
        problems.append(f"{name} holds an address or an option.")
    found = {}
    for pin in PIN.finditer(text):
        found[pin["name"]] = pin["version"]
        if "--hash=sha256:" not in pin["rest"]:
            problems.append(f"{name}: {pin['name']} has no hash.")
    return found


def unmet(requirements: list[str], lock: dict[str, str], name: str) -> list[str]:
    """One sentence for each requirement that the lock does not meet."""
    wanted = [Requirement(line) for line in requirements]
    return [
        f"{name} does not meet “{requirement}”."
        for requirement in wanted
        if not requirement.specifier.contains(
            lock.get(canonicalize_name(requirement.name), "0"), prereleases=True
        )
        or canonicalize_name(requirement.name) not in lock
    ]


def main() -> int:
    """Say what the locks lack; return the exit code."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    problems: list[str] = []
    runtime = project["project"]["dependencies"]
    extras = project["project"]["optional-dependencies"]
    wanted = {"requirements.txt": runtime}
    wanted |= {f"requirements-{extra}.txt": runtime + more for extra, more in extras.items()}
    development = pins("requirements-dev.txt", problems)
    problems += unmet(project["dependency-groups"]["dev"], development, "requirements-dev.txt")
    for file, requirements in wanted.items():
        lock = pins(file, problems)
        problems += unmet(requirements, lock, file)
        problems += [
            f"requirements-dev.txt differs from {file} in {name}."
            for name, version in lock.items()
            if development.get(name) != version
        ]
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print("Run `make lock`.", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
