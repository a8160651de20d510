"""Finds the columns of an uploaded spreadsheet by their headings."""

from typing import Final

from django.utils.translation import gettext as _

from cms.upstream.characters import clean_line
from courses.importing.spreadsheet import (
    ALL_COLUMNS,
    COURSE_COLUMNS,
    READ_COLUMNS,
    SESSION_COLUMNS,
    SESSION_ID,
    SheetColumn,
)


class UnreadableFileError(Exception):
    """A file that cannot be used at all. The message is for the person who sent it."""


def name_key(name: str) -> str:
    """Return what all ways to write `name` have in common: capitals, spaces, a Mac's letters."""
    return " ".join(clean_line(name).casefold().split())


_BY_HEADING: Final = {
    name_key(heading): column
    for column in ALL_COLUMNS
    for heading in (column.name, column.english, column.swedish)
}
_READ: Final = {column.name for column in READ_COLUMNS}


def recognised(heading: str) -> SheetColumn | None:
    """Return the column that is called `heading` in either language."""
    return _BY_HEADING.get(name_key(heading))


class Headings:
    """The first row of a file.

    Raises UnreadableFileError where two columns are the same, or the file says nothing of courses
    or of sessions.
    """

    def __init__(self, line: list[str]) -> None:
        self.places: dict[int, str] = {}
        self.ignored: list[str] = []
        self.width = max(i for i, heading in enumerate(line) if heading) + 1
        for i, heading in enumerate(line[: self.width]):
            self._place(i, heading)
        self._check()

    @property
    def known(self) -> list[str]:
        """The names of the columns that are read."""
        return list(self.places.values())

    def _place(self, i: int, heading: str) -> None:
        column = recognised(heading)
        if column is None:
            if heading:
                self.ignored.append(heading[:80])
        elif column.name in self.places.values():
            raise UnreadableFileError(_("The file has the column “%s” twice.") % heading[:80])
        elif column.name in _READ:
            self.places[i] = column.name

    def _check(self) -> None:
        known = set(self.places.values())
        if not known & {SESSION_ID.name, *(column.name for column in COURSE_COLUMNS)}:
            raise UnreadableFileError(
                _(
                    "The first row has to name the columns, and one of them the course: "
                    "“%(title)s”, “%(code)s” or “%(address)s”."
                )
                % dict(
                    zip(
                        ("title", "code", "address"),
                        (column.heading for column in COURSE_COLUMNS),
                        strict=True,
                    )
                )
            )
        if not known & {column.name for column in SESSION_COLUMNS}:
            raise UnreadableFileError(
                _("No column says anything about sessions, such as “%s”.")
                % SESSION_COLUMNS[0].heading
            )
