"""Finds the course and the session that a row of a spreadsheet is about."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from cms.models import User
from courses.editing.sources import source_courses
from courses.importing.reading import RawRow
from courses.importing.spreadsheet import CODE, COURSE_COLUMNS, SESSION_ID, TITLE, SheetColumn
from courses.importing.values import CellError, cell_text
from courses.models import CoursePage, CourseSession


@dataclass(frozen=True, slots=True)
class KnownCourse:
    """By what people call a course in a file."""

    pk: int
    titles: frozenset[str]
    code: str
    slug: str

    def answers_to(self, name: str, text: str) -> bool:
        """Return whether the course is called `text` in the column called `name`."""
        wanted = text.casefold()
        if name == TITLE.name:
            return wanted in self.titles
        if name == CODE.name:
            return wanted == self.code
        # A whole address is as good as its last word.
        return wanted.rstrip("/").rpartition("/")[2] == self.slug


class CourseFinder:
    """The courses that `user` may know of, read once for a whole file.

    Those are the public ones and the ones they may edit: no response tells that a draft of others
    exists.
    """

    def __init__(self, user: User) -> None:
        policy = policy_registry.get_by_type(CoursePage)
        own = policy.instances_user_has_permission_for(user, "change")
        courses = source_courses().filter(Q(live=True) | Q(pk__in=own.values("pk")))
        self._courses = [
            KnownCourse(pk, frozenset({title.casefold(), draft.casefold()}), code.casefold(), slug)
            for pk, title, draft, code, slug in courses.values_list(
                "pk", "title", "draft_title", "code", "slug"
            )
        ]
        self._known = {course.pk for course in self._courses}
        self._of_session: dict[UUID, int] = {}

    def read_sessions(self, rows: Iterable[RawRow]) -> None:
        """Read to which courses the sessions belong whose ids are in `rows`."""
        ids = {found for row in rows if (found := _uuid(row.cells.get(SESSION_ID.name, "")))}
        sessions = CourseSession.objects.filter(translation_key__in=ids, page__in=self._known)
        self._of_session = dict(sessions.values_list("translation_key", "page"))

    def course_of(self, row: RawRow) -> int:
        """Return the id of the course that `row` names, all that it says of it taken together.

        Raises CellError, with a message about the cell, where that is none or more than one.
        """
        said = _said(row)
        if not said:
            session = _uuid(row.cells.get(SESSION_ID.name, ""))
            if session in self._of_session:
                return self._of_session[session]
            raise CellError(_("The row does not say which course it belongs to."), TITLE.name)
        left = self._courses
        for column, text in said:
            left = self._left(left, column, text)
        if len(left) > 1:
            raise CellError(
                _("%d courses are called so. Add the course's code or address.") % len(left),
                said[0][0].name,
            )
        return left[0].pk

    def _left(self, left: list[KnownCourse], column: SheetColumn, text: str) -> list[KnownCourse]:
        """Return those of `left` that are called `text` in `column`.

        Raises CellError where none is.
        """
        found = [course for course in left if course.answers_to(column.name, text)]
        if found:
            return found
        if any(course.answers_to(column.name, text) for course in self._courses):
            message = _("“%s” is another course than the one in the columns before.")
        else:
            message = _("There is no course called “%s”.")
        raise CellError(message % text[:80], column.name)


def _said(row: RawRow) -> list[tuple[SheetColumn, str]]:
    """Return what `row` says of its course, by column."""
    said = [(column, cell_text(row.cells.get(column.name, ""))) for column in COURSE_COLUMNS]
    return [(column, text) for column, text in said if text]


def session_id(row: RawRow) -> UUID | None:
    """Return the session's id in `row`, if there is one.

    Raises CellError where what stands there is no id.
    """
    text = cell_text(row.cells.get(SESSION_ID.name, ""))
    found = _uuid(text)
    if text and found is None:
        raise CellError(
            _("“%s” is no id of a session. Leave it as it was exported, or empty it.") % text[:40]
        )
    return found


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
