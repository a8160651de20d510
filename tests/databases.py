"""The database that a run starts from: migrated and set up once, and copied for each process.

A process of its own (`python -m tests.databases`) makes it while pytest is still collecting, and
deletes it when its standard input ends, which it does however the run ends. On SQLite a copy is
kept for the next run, which often differs in its tests alone.
"""

import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from hashlib import blake2b
from importlib.metadata import distributions
from io import StringIO
from pathlib import Path

import django
import time_machine
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from tests.day import NOW

WAIT_SECONDS = 300
IN_MEMORY = "file:atmp?mode=memory&cache=shared"
READY, FAILED, SAID, SQLITE = "ready", "failed", "said", "template.sqlite3"
ROOT = Path(__file__).parents[1]
VENV = ROOT / ".venv"
KEPT = ROOT / ".pytest_cache/d/database"


def start(directory: Path) -> subprocess.Popen[bytes]:
    """Begin to make the database; what tells of it appears in `directory`."""
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "tests.databases", str(directory)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
    )


def stop(builder: subprocess.Popen[bytes]) -> None:
    """Have the database deleted, and wait until it is."""
    assert builder.stdin
    builder.stdin.close()
    builder.wait()


def new_directory() -> Path:
    """Return an empty directory, whose name is also that of the database on a server."""
    return Path(tempfile.mkdtemp(prefix="atmp_template_"))


def wait_for(directory: Path) -> str:
    """Wait for the database; return what `setup_site` said when it met it as migrations leave it.

    Raises RuntimeError with the traceback where it could not be made.
    """
    until = time.monotonic() + WAIT_SECONDS
    while not (directory / READY).exists():
        if (directory / FAILED).exists():
            raise RuntimeError((directory / FAILED).read_text())
        if time.monotonic() > until:
            raise RuntimeError(f"No database to test on within {WAIT_SECONDS} s.")
        time.sleep(0.05)
    return (directory / READY).read_text()


@contextmanager
def copied(directory: Path) -> Iterator[None]:
    """Have Django's test database be a copy of the one in `directory`, as long as this lasts."""
    test = connection.settings_dict["TEST"]
    test["MIGRATE"] = False
    if connection.vendor == "postgresql":
        test["TEMPLATE"] = directory.name
        yield
        return
    # A database in memory lives as long as somebody is connected to it.
    test["NAME"] = IN_MEMORY
    with closing(sqlite3.connect(IN_MEMORY, uri=True)) as memory:
        with closing(sqlite3.connect(directory / SQLITE)) as template:
            template.backup(memory)
        yield


def _make(directory: Path) -> None:
    django.setup()
    kept = KEPT / _key()
    if connection.vendor == "sqlite" and kept.exists():
        shutil.copytree(kept, directory, dirs_exist_ok=True)
    else:
        (directory / SAID).write_text(_build(directory))
        if connection.vendor == "sqlite":
            _keep(directory, kept)
    # The last to appear, so that who waits finds the whole.
    (directory / SAID).rename(directory / READY)


def _key() -> str:
    """Return a name for all that the database is made of: code, content and packages."""
    digest = blake2b(digest_size=16)
    for distribution in sorted(f"{d.name} {d.version}" for d in distributions()):
        digest.update(distribution.encode())
    folders = {Path(app.path) for app in apps.get_app_configs()} | {Path(__file__)}
    for folder in sorted(f for f in folders if f.is_relative_to(ROOT) and VENV not in f.parents):
        for file in sorted(folder.rglob("*")) or [folder]:
            if file.is_file() and file.suffix != ".pyc":
                digest.update(bytes(file.relative_to(ROOT)) + file.read_bytes())
    return digest.hexdigest()


def _keep(directory: Path, kept: Path) -> None:
    """Keep what is in `directory`, and nothing of before. Other runs may do so at the same time."""
    shutil.rmtree(KEPT, ignore_errors=True)
    partial = Path(shutil.copytree(directory, KEPT / directory.name))
    with suppress(OSError):
        partial.rename(kept)


def _build(directory: Path) -> str:
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["NAME"] = directory.name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    said = StringIO()
    # Before anything that a test does: the clock of each begins again.
    with time_machine.travel(NOW - timedelta(hours=2)):
        call_command("setup_site", stdout=said)
    if connection.vendor == "postgresql":
        # Whoever is connected keeps others from copying.
        connection.close()
    else:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(directory / SQLITE)])
    return said.getvalue()


def main() -> None:
    """Make the database, wait until nobody needs it, and delete it."""
    directory = Path(sys.argv[1])
    try:
        _make(directory)
    except Exception:
        (directory / FAILED).write_text(traceback.format_exc())
        raise
    finally:
        sys.stdin.read()
        if connection.vendor == "postgresql":
            connection.creation.destroy_test_db(verbosity=0)
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    main()
