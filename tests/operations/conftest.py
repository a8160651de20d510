"""Tests of real servers run wherever the servers are installed, and always in CI."""

import os
import shlex
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from testing.servers import ROOT, PostgreSQL, find_program, manage, production

if TYPE_CHECKING:
    from pathlib import Path

LOADED = "loaded"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs programs that are not here; in CI let it fail, for CI installs them."""
    if os.environ.get("CI"):
        return
    for item in items:
        names = [name for mark in item.iter_markers("programs") for name in mark.args]
        missing = [name for name in names if find_program(name) is None]
        if missing:
            reason = f"{', '.join(missing)}: not installed on this machine (CI has it)"
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A PostgreSQL server of the tests' own, running."""
    server = PostgreSQL()
    server.start()
    yield server
    server.remove()


@pytest.fixture(scope="session")
def _loaded(postgresql: PostgreSQL, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a site with the school's content and courses, for others to copy."""
    directory = tmp_path_factory.mktemp(LOADED)
    environment = production(postgresql.new_database(LOADED), directory)
    for command in (
        ["collectstatic", "--no-input", "--verbosity=0"],
        *_release_commands(),
        ["load_sample_courses", "--force"],
        ["run_scheduler", "--once"],
    ):
        manage(environment, *command)
    return environment


def _release_commands() -> list[list[str]]:
    """Return the commands that the README gives for a release, so that they are run here."""
    lines = (ROOT / "README.md").read_text().splitlines()
    found = [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("release ")]
    assert [command[0] for command in found[:2]] == ["migrate", "setup_site"]
    return found


@pytest.fixture(scope="module")
def site(
    _loaded: dict[str, str],
    postgresql: PostgreSQL,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> dict[str, str]:
    """The environment of a site in production with the school's content, a module's own."""
    name = request.module.__name__.rpartition(".")[2]
    directory: Path = tmp_path_factory.mktemp(name)
    database = postgresql.new_database(name, template=LOADED)
    return production(database, directory, STATIC_ROOT=_loaded["STATIC_ROOT"])
