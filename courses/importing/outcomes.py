"""What becomes of each row of an import, in words that people read."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from courses.importing.spreadsheet import READ_COLUMNS
from courses.importing.values import shown

_COLUMNS: Final = {column.name: column for column in READ_COLUMNS}


def heading_of(name: str) -> str:
    """Return the heading of the column called `name` for the reader, or "" without a column."""
    return _COLUMNS[name].heading if name in _COLUMNS else ""


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Change:
    """A field that gets another value, as people read it."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell; without a label, with the row."""

    label: str
    message: str


@dataclass(slots=True)
class PlannedRow:
    """A row of the file and what it would do."""

    number: int
    course: str = ""
    session: str = ""
    outcome: Outcome = Outcome.UNCHANGED
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, name: str, message: str) -> None:
        """Note what is wrong with the cell in the column called `name`, or "" for the row."""
        self.problems.append(Problem(heading_of(name), message))
        self.outcome = Outcome.ERROR


def change_of(name: str, old: object, new: object) -> Change:
    """Return what is shown of a new value for the field called `name`."""
    return Change(heading_of(name), shown(name, old), shown(name, new))
