"""What an import would change, row by row, before anything is."""

from collections.abc import Callable, Iterable
from functools import cached_property
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.models import User
from courses.editing.drafts import draft_of, facts_of, session_fields
from courses.editing.sources import reason_not_to_edit
from courses.importing.matching import CourseFinder, session_id
from courses.importing.outcomes import Outcome, PlannedRow, change_of, heading_of
from courses.importing.reading import RawRow, Sheet
from courses.importing.spreadsheet import COURSE_COLUMNS, SESSION_COLUMNS, SESSION_ID, TITLE
from courses.importing.values import CellError, value_of
from courses.models import CoursePage, CourseSession

# Who reads the course anew while an import is confirmed, so that nobody writes to it meanwhile.
type CourseLoader = Callable[[Iterable[int]], dict[int, CoursePage]]


class Plan:
    """An import by `user`, held against the latest drafts.

    Nothing is saved: the drafts in `touched` are in memory alone.
    """

    def __init__(self, sheet: Sheet, user: User, load: CourseLoader | None = None) -> None:
        self._user = user
        self._columns = [column.name for column in SESSION_COLUMNS if column.name in sheet.columns]
        self._finder = CourseFinder(user)
        self._finder.read_sessions(sheet.rows)
        self._drafts: dict[int, CoursePage] = {}
        self._reasons: dict[int, str] = {}
        self._seen: dict[UUID, int] = {}
        self.touched: dict[int, CoursePage] = {}
        found = {row.number: self._find(row) for row in sheet.rows}
        self._open(
            (load or CoursePage.objects.in_bulk)(
                {course for course in found.values() if course is not None}
            )
        )
        self.rows = [self._plan(row, found[row.number]) for row in sheet.rows]

    def _find(self, row: RawRow) -> int | None:
        try:
            return self._finder.course_of(row)
        except CellError:
            return None

    def _open(self, courses: dict[int, CoursePage]) -> None:
        for pk, course in courses.items():
            self._reasons[pk] = reason_not_to_edit(course, self._user)
            if not self._reasons[pk]:
                self._drafts[pk] = draft_of(course)

    def _plan(self, row: RawRow, course_id: int | None) -> PlannedRow:
        named = (row.cells.get(column.name, "") for column in COURSE_COLUMNS)
        planned = PlannedRow(row.number, course=next(filter(None, named), ""))
        if row.spill:
            planned.refuse("", _("There are more cells than headings."))
        values = self._values(row, planned)
        if course_id is None:
            self._say_why_not_found(row, planned)
        elif reason := self._reasons.get(course_id, _("The course no longer exists.")):
            planned.refuse(TITLE.name, reason)
        else:
            self._apply(row, planned, self._drafts[course_id], values)
        return planned

    def _say_why_not_found(self, row: RawRow, planned: PlannedRow) -> None:
        try:
            self._finder.course_of(row)
        except CellError as error:
            planned.refuse(error.column or TITLE.name, str(error))

    def _values(self, row: RawRow, planned: PlannedRow) -> dict[str, object]:
        """Return what the cells mean by the name of the field; what means nothing is noted."""
        values = {}
        for name in self._columns:
            try:
                values[name] = value_of(name, row.cells.get(name, ""))
            except CellError as error:
                planned.refuse(name, str(error))
        return values

    def _apply(
        self, row: RawRow, planned: PlannedRow, draft: CoursePage, values: dict[str, object]
    ) -> None:
        planned.course = draft.get_admin_display_title()
        try:
            key = session_id(row)
            session = self._existing(key, draft, row.number) if key else None
        except CellError as error:
            planned.refuse(SESSION_ID.name, str(error))
            return
        if session is not None:
            self._change(planned, draft, session, values)
        elif any(values.values()) or planned.problems:
            self._add(planned, draft, values)
        else:
            planned.session = _("No session")

    def _existing(self, key: UUID, draft: CoursePage, number: int) -> CourseSession:
        if key in self._seen:
            raise CellError(_("This session is in row %d already.") % self._seen[key])
        self._seen[key] = number
        for session in draft.sessions.all():
            if session.translation_key == key:
                found: CourseSession = session
                return found
        raise CellError(
            _("The draft of “%s” has no session with this id. Empty the cell to add a new one.")
            % draft.get_admin_display_title()
        )

    def _change(
        self,
        planned: PlannedRow,
        draft: CoursePage,
        session: CourseSession,
        values: dict[str, object],
    ) -> None:
        before = facts_of(session)
        planned.session = session.readable_dates
        # An empty cell empties a field, but never one that has to have a value.
        after = {
            name: value
            for name, value in values.items()
            if value or not session_fields()[name].choices
        }
        changed = [name for name, value in after.items() if value != before[name]]
        if planned.problems or not changed:
            return
        for name in changed:
            setattr(session, name, after[name])
            planned.changes.append(change_of(name, before[name], after[name]))
        self._check(planned, session)
        self._touch(planned, Outcome.CHANGED, draft)

    def _add(self, planned: PlannedRow, draft: CoursePage, values: dict[str, object]) -> None:
        said = {name: value for name, value in values.items() if value not in {None, ""}}
        session = CourseSession(**said, locale_id=draft.locale_id)
        planned.session = session.readable_dates
        if not planned.problems and any(
            all(getattr(other, name) == getattr(session, name) for name in values)
            for other in draft.sessions.all()
        ):
            return
        planned.changes = [change_of(name, None, value) for name, value in said.items()]
        self._check(planned, session)
        if not planned.problems:
            draft.sessions.add(session)
        self._touch(planned, Outcome.NEW, draft)

    def _check(self, planned: PlannedRow, session: CourseSession) -> None:
        """Note what the session's own rules say, beside what the cells themselves got wrong."""
        noted = {problem.label for problem in planned.problems}
        for name, messages in _errors_of(session).items():
            if heading_of(name) not in noted:
                planned.refuse(name, " ".join(messages))

    def _touch(self, planned: PlannedRow, outcome: Outcome, draft: CoursePage) -> None:
        if not planned.problems:
            planned.outcome = outcome
            self.touched[draft.pk] = draft

    def count(self, outcome: Outcome) -> int:
        """Return how many rows have that outcome."""
        return sum(row.outcome is outcome for row in self.rows)

    @cached_property
    def may_be_confirmed(self) -> bool:
        """Whether every row is right and at least one changes something."""
        return bool(self.touched) and not self.count(Outcome.ERROR)

    @property
    def state_of_drafts(self) -> dict[str, str]:
        """What tells, for each course touched, whether its draft has been saved again since."""
        return {
            str(pk): f"{draft.latest_revision_id} {draft.latest_revision_created_at}"
            for pk, draft in self.touched.items()
        }


def _errors_of(session: CourseSession) -> dict[str, list[str]]:
    """Return the messages of the session's fields and rules, without asking the database."""
    errors: dict[str, list[str]] = {}
    for check in (
        lambda: session.clean_fields(exclude={"page", "locale", "translation_key"}),
        session.clean,
    ):
        try:
            check()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                errors.setdefault(name, []).extend(messages)
    return errors
