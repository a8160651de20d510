"""The spreadsheet of sessions: what its columns are called and what is in them.

An exported file can be changed and imported again, so both go by this one table. The Swedish
headings stand here and not in the catalogue of translations: they are part of a file format, and a
better wording must not make yesterday's files unreadable.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.editing.drafts import session_fields
from courses.models import CoursePage, CourseSession


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column by its name in the code and its headings."""

    name: str
    english: str
    swedish: str

    @property
    def heading(self) -> str:
        """The heading in the reader's language."""
        return self.swedish if (get_language() or "").startswith("sv") else self.english


SESSION_ID: Final = SheetColumn("session_id", "Session ID", "Tillfällets id")
TITLE: Final = SheetColumn("course", "Course", "Kurs")
CODE: Final = SheetColumn("code", "Course code", "Kurskod")
SLUG: Final = SheetColumn("address", "Course address", "Kursens adress")
COURSE_COLUMNS: Final = (TITLE, CODE, SLUG)

_OF_SESSIONS: Final = (
    SheetColumn("start_date", "First day", "Första dag"),
    SheetColumn("end_date", "Last day", "Sista dag"),
    SheetColumn("application_opens", "Application opens", "Ansökan öppnar"),
    SheetColumn("application_closes", "Last day to apply", "Sista ansökningsdag"),
    SheetColumn("location", "Place", "Plats"),
    SheetColumn("location_sv", "Place in Swedish", "Plats på svenska"),
    SheetColumn("mode", "Form", "Undervisningsform"),
    SheetColumn("workload", "Workload", "Studietakt"),
    SheetColumn("workload_sv", "Workload in Swedish", "Studietakt på svenska"),
    SheetColumn("places", "Places", "Antal platser"),
    SheetColumn("application_url", "Application link", "Ansökningslänk"),
    SheetColumn("state", "State", "Läge"),
    SheetColumn("note", "Note", "Anmärkning"),
    SheetColumn("note_sv", "Note in Swedish", "Anmärkning på svenska"),
)
# Those whose field a session has.
SESSION_COLUMNS: Final = tuple(column for column in _OF_SESSIONS if column.name in session_fields())

# For the reader of an export; an import leaves them alone.
HOST: Final = SheetColumn("host", "Host university", "Kursgivande lärosäte")
STATUS: Final = SheetColumn("status", "Status", "Status")
LANGUAGES: Final = SheetColumn("languages", "Taught in", "Undervisningsspråk")
PUBLISHED: Final = SheetColumn("published", "Publication", "Publicering")
INFORMATION: Final = (HOST, STATUS, LANGUAGES, PUBLISHED)

READ_COLUMNS: Final = (SESSION_ID, *COURSE_COLUMNS, *SESSION_COLUMNS)
ALL_COLUMNS: Final = (*READ_COLUMNS, *INFORMATION)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of the export: a session with its course, or a course that has none."""

    course: CoursePage
    session: CourseSession | None

    def values(self) -> dict[str, object]:
        """Return the cells by the name of their column, choices in the reader's language."""
        cells: dict[str, object] = {
            TITLE.name: self.course.title,
            CODE.name: self.course.code,
            SLUG.name: self.course.slug,
            HOST.name: self.course.host.localised_name if self.course.host else "",
            LANGUAGES.name: ", ".join(name for _code, name in self.course.languages_of_instruction),
            PUBLISHED.name: publication_of(self.course),
        }
        if self.session is not None:
            cells |= _cells_of(self.session)
        return {column.name: cells.get(column.name, "") for column in ALL_COLUMNS}


def publication_of(course: CoursePage) -> str:
    """Say what is public of `course`, from its row alone."""
    if not course.live:
        return _("Not published")
    return (
        _("Published, with changes in the draft")
        if course.has_unpublished_changes
        else _("Published")
    )


def _cells_of(session: CourseSession) -> dict[str, object]:
    cells: dict[str, object] = {
        column.name: getattr(session, column.name) for column in SESSION_COLUMNS
    }
    return {
        **{name: "" if value is None else value for name, value in cells.items()},
        SESSION_ID.name: str(session.translation_key),
        "mode": session.get_mode_display(),
        "state": session.get_state_display(),
        STATUS.name: str(session.status.label),
    }


def rows_of(courses: Sequence[CoursePage]) -> Iterator[SheetRow]:
    """Return a row for each session of `courses`, and one for each course without any."""
    for course in courses:
        sessions = course.sessions_by_date
        for session in sessions:
            yield SheetRow(course, session)
        if not sessions:
            yield SheetRow(course, None)
