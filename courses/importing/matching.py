"""Finds the course and the session that a row of a spreadsheet is about."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from cms.models import User
from courses.editing.sources import source_courses
from courses.importing.headings import name_key
from courses.importing.reading import RawRow
from courses.importing.spreadsheet import CODE, COURSE_COLUMNS, SESSION_ID, SLUG, TITLE, SheetColumn
from courses.importing.values import CellError, cell_text
from courses.models import CoursePage, CourseSession

# To compare spellings takes its time, and nobody reads more than these.
MAX_SUGGESTIONS: Final = 50


@dataclass(frozen=True, slots=True)
class KnownCourse:
    """By what people call a course in a file; its titles and addresses in every language."""

    pk: int
    title: str
    code: str
    slug: str
    keys: dict[SheetColumn, set[str]]

    def name_in(self, column: SheetColumn) -> str:
        """Return what the course is called in a column, as everybody may know it."""
        return {TITLE: self.title, CODE: self.code}.get(column, self.slug)

    def answers_to(self, column: SheetColumn, text: str) -> bool:
        """Return whether the course is called `text` in a column."""
        wanted = name_key(text)
        if column is SLUG:
            # A whole address is as good as its last word.
            wanted = wanted.rstrip("/").rpartition("/")[2]
        return wanted in self.keys[column]


class CourseFinder:
    """The courses that `user` may know of, read once for a whole file.

    Those are the public ones and the ones they may edit: no response tells that a draft of others
    exists.
    """

    def __init__(self, user: User) -> None:
        policy = policy_registry.get_by_type(CoursePage)
        own = policy.instances_user_has_permission_for(user, "change")
        pages = CoursePage.objects.filter(Q(live=True) | Q(pk__in=own.values("pk")))
        names: dict[UUID, dict[SheetColumn, set[str]]] = {}
        for key, title, draft_title, code, slug in pages.values_list(
            "translation_key", "title", "draft_title", "code", "slug"
        ):
            called = names.setdefault(key, {column: set() for column in COURSE_COLUMNS})
            called[TITLE] |= {name_key(title), name_key(draft_title)}
            called[CODE].add(name_key(code))
            called[SLUG].add(name_key(slug))
        self._courses = [
            KnownCourse(pk, title, code, slug, names[key])
            for key, pk, title, code, slug in (source_courses() & pages).values_list(
                "translation_key", "pk", "title", "code", "slug"
            )
        ]
        self._known = {course.pk for course in self._courses}
        self._of_session: dict[UUID, int] = {}
        self._misspelt = 0

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
                _("%d courses have this name. Add the course's code or address.") % len(left),
                said[0][0].name,
            )
        return left[0].pk

    def _left(self, left: list[KnownCourse], column: SheetColumn, text: str) -> list[KnownCourse]:
        """Return those of `left` that are called `text` in `column`.

        Raises CellError where none is.
        """
        found = [course for course in left if course.answers_to(column, text)]
        if found:
            return found
        if any(course.answers_to(column, text) for course in self._courses):
            message = _("“%s” is another course than the one in the columns before.") % text[:80]
        else:
            message = _("There is no course called “%s”.") % text[:80]
            if meant := self._closest(column, text):
                message = " ".join([message, _("Did you mean “%s”?") % meant])
        raise CellError(message, column.name)

    def _closest(self, column: SheetColumn, text: str) -> str:
        """Return what `text` in `column` may be meant for, or ""; the first times it is asked."""
        self._misspelt += 1
        if self._misspelt > MAX_SUGGESTIONS:
            return ""
        names = {
            name_key(name): name for course in self._courses if (name := course.name_in(column))
        }
        found = get_close_matches(name_key(text[:80]), names, n=1, cutoff=0.7)
        return names[found[0]] if found else ""


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
