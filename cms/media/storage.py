"""Uploaded files on the machine's own disk: whole, or not there."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import disk_usage
from tempfile import mkstemp
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import FileSystemStorage, default_storage
from django.utils.translation import gettext as _

# How the names of files begin that are being written.
UNFINISHED = ".unfinished-"
# Left free: for the sizes that are made of an image, and for whoever else keeps something there.
_SPARE_BYTES = 50 * 1024 * 1024


class WholeFileStorage(FileSystemStorage):
    """Django's, which puts a file in its place once all of it is written.

    A disk that is full, or a server that is killed, leaves no half of it behind that could be
    taken for the file.
    """

    @contextmanager
    def written(self, content: File) -> Iterator["_Written"]:
        """Write `content` beside where it shall be; unless it is saved, it is gone afterwards."""
        Path(self.location).mkdir(parents=True, exist_ok=True)
        handle, path = mkstemp(prefix=UNFINISHED, dir=self.location)
        try:
            with os.fdopen(handle, "wb") as unfinished:
                for chunk in content.chunks():
                    unfinished.write(chunk.encode() if isinstance(chunk, str) else chunk)
            with Path(path).open("rb") as file:
                yield _Written(file, content.name)
        finally:
            Path(path).unlink(missing_ok=True)

    def _save(self, name: str, content: File) -> str:
        if isinstance(content, _Written):
            return self._put(name, content)
        with self.written(content) as whole:
            return self._put(name, whole)

    def _put(self, name: str, whole: "_Written") -> str:
        saved: str = super()._save(name, whole)  # type: ignore[misc] # Not in the stubs.
        return saved


class _Written(File):
    """A file on the storage's own disk, which Django moves, as it does with large uploads."""

    def temporary_file_path(self) -> str:
        """Return where it is; having this says that it may be moved."""
        assert self.file is not None  # noqa: S101 # `written` makes none without.
        return self.file.name


def check_room(file: Any) -> None:
    """Raise ValidationError, in words for an editor, where the disk has no room for an upload."""
    if not isinstance(default_storage, FileSystemStorage):
        return
    Path(default_storage.location).mkdir(parents=True, exist_ok=True)
    if disk_usage(default_storage.location).free < file.size + _SPARE_BYTES:
        raise ValidationError(
            _(
                "The server has no space for this file. Tell those who run the site, "
                "and upload it again later."
            ),
            code="no_room",
        )
