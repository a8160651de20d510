"""A copy of everything that cannot be made again: the database and the uploaded files.

A backup is a directory: `database.dump` (pg_dump's own format) or `database.sqlite3`,
`media.tar.gz`, and `manifest.json` with what they are and their checksums. Settings and secrets
are not in it.
"""

import gzip
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
from contextlib import closing, suppress
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management.base import CommandError
from django.db import connection

from cms.media.storage import UNFINISHED

MANIFEST, MEDIA = "manifest.json", "media.tar.gz"
DATABASES = {"postgresql": "database.dump", "sqlite": "database.sqlite3"}


def back_up(directory: Path) -> Path:
    """Write a backup below `directory`; return its own directory, named after the time (UTC).

    The database first: a file that a row names is then in the media, or was deleted since.
    """
    now = datetime.now(UTC)
    backup = directory / f"{now:%Y%m%dT%H%M%SZ}"
    unfinished = directory / f".{backup.name}.unfinished"
    unfinished.mkdir(parents=True, mode=0o700)
    names = [DATABASES[connection.vendor]]
    _dump_database(unfinished / names[0])
    if isinstance(default_storage, FileSystemStorage):
        _pack_media(Path(default_storage.location), unfinished / MEDIA)
        names.append(MEDIA)
    manifest = {
        "created_at": now.isoformat(timespec="seconds"),
        "database": connection.vendor,
        "files": {name: _checksum(unfinished / name) for name in names},
    }
    (unfinished / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n")
    # A backup that has its name is complete.
    unfinished.rename(backup)
    return backup


def check(backup: Path) -> dict[str, Any]:
    """Return the manifest of a backup that is complete, undamaged and of this kind of database."""
    try:
        manifest: dict[str, Any] = json.loads((backup / MANIFEST).read_text())
    except (OSError, ValueError) as error:
        raise CommandError(f"{backup} is not a backup: {error}") from error
    if manifest["database"] != connection.vendor:
        raise CommandError(
            f"This is a backup of {manifest['database']}, and the site runs on {connection.vendor}."
        )
    for name, checksum in manifest["files"].items():
        if not (backup / name).is_file() or _checksum(backup / name) != checksum:
            raise CommandError(f"{name} is missing or damaged. Nothing was changed.")
    return manifest


def restore(backup: Path) -> None:
    """Put a checked backup in the place of the database and of the uploaded files."""
    manifest = check(backup)
    _load_database(backup / DATABASES[connection.vendor])
    if MEDIA in manifest["files"]:
        _unpack_media(backup / MEDIA, Path(settings.MEDIA_ROOT))


def _dump_database(target: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)
        return
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def _load_database(source: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(source)) as copy:
            copy.backup(connection.connection)
        connection.close()
        return
    # One transaction: readers see the old site or the restored one, and after an error the old.
    connection.close()
    script = source.with_suffix(".sql.unfinished")
    try:
        _run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(source), "")
        _run(
            *("psql", "--quiet", "--no-psqlrc", "--single-transaction", "--output=/dev/null"),
            *("--set=ON_ERROR_STOP=1", "--command=SET lock_timeout = '60s'"),
            *("--command=DROP SCHEMA public CASCADE", "--command=CREATE SCHEMA public"),
            f"--file={script}",
        )
    finally:
        script.unlink(missing_ok=True)


def _run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on the site's database; it finds its way in PG…."""
    database = connection.settings_dict
    environment = {
        "PGHOST": database["HOST"],
        "PGPORT": str(database["PORT"] or ""),
        "PGUSER": database["USER"],
        "PGPASSWORD": database["PASSWORD"],
        "PGDATABASE": database["NAME"],
        "PGSSLMODE": database.get("OPTIONS", {}).get("sslmode", ""),
    }
    path = shutil.which(program)
    if path is None:
        raise CommandError(f"{program} is missing: install PostgreSQL's client programs.")
    given = {name: value for name, value in environment.items() if value}
    command = [path, *(argument for argument in arguments if argument)]
    try:
        subprocess.run(command, env=os.environ | given, check=True)  # noqa: S603
    except subprocess.CalledProcessError as error:
        raise CommandError(f"{program} failed; see above.") from error


def _pack_media(root: Path, target: Path) -> None:
    root.mkdir(parents=True, exist_ok=True)
    # Images and documents are compressed already.
    with (
        gzip.open(target, "wb", compresslevel=1) as stream,
        tarfile.open(fileobj=stream, mode="w") as archive,
    ):
        for path in sorted(root.rglob("*")):
            if not path.name.startswith(UNFINISHED):
                # Editors delete files while it runs.
                with suppress(FileNotFoundError):
                    archive.add(path, arcname=path.relative_to(root), recursive=False)


def _unpack_media(source: Path, root: Path) -> None:
    """Replace the files below `root`, which stays: it may be the place a volume is mounted at."""
    fresh, old = root / ".restored", root / ".replaced"
    for directory in (fresh, old):
        shutil.rmtree(directory, ignore_errors=True)
        directory.mkdir(parents=True)
    with tarfile.open(source) as archive:
        archive.extractall(fresh, filter="data")
    for entry in root.iterdir():
        if entry not in (fresh, old):
            entry.rename(old / entry.name)
    for entry in fresh.iterdir():
        entry.rename(root / entry.name)
    shutil.rmtree(old)
    fresh.rmdir()


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
