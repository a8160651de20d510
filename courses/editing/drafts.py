"""Puts sessions into the drafts of courses. Visitors see them once an editor publishes."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Field

from cms.models import User
from courses.editing.sources import reason_not_to_edit
from courses.models import CoursePage, CourseSession
from courses.status import SessionState

# What the course list calls live courses with edits nobody has published.
CHANGED: Final = "changed"
# Fifty-two weeks: a year later, on the same day of the week.
A_YEAR: Final = timedelta(weeks=52)
# What ties a session to its place; everything else is what an editor can say about it.
_IDENTITY: Final = frozenset({"id", "page", "locale", "translation_key"})
DATE_FIELDS: Final = ("start_date", "end_date", "application_opens", "application_closes")


def session_fields() -> dict[str, Field]:
    """Return the fields of a session that editors fill in, by name."""
    return {
        field.name: field
        for field in CourseSession._meta.concrete_fields
        if field.name not in _IDENTITY
    }


def facts_of(session: CourseSession) -> dict[str, object]:
    """Return what editors have said about `session`, by the name of the field."""
    return {name: getattr(session, name) for name in session_fields()}


def draft_of(course: CoursePage) -> CoursePage:
    """Return `course` as it was last edited, published or not, its sessions held in memory."""
    draft: CoursePage = course.get_latest_revision_as_object()
    # Where there is no draft, these are in the database, and would be read anew each time: what
    # was changed in one of them would be lost.
    draft.sessions.set(list(draft.sessions.all()))
    return draft


def shifted(session: CourseSession, by: timedelta) -> CourseSession:
    """Return a new session like `session`, all its dates moved, that is planned.

    Raises OverflowError where the calendar has no such day.
    """
    facts = facts_of(session)
    for name in DATE_FIELDS:
        day = facts[name]
        if isinstance(day, date):
            facts[name] = day + by
    return CourseSession(**{**facts, "state": SessionState.PLANNED})


def takes_place_on_the_same_days(course: CoursePage, session: CourseSession) -> bool:
    """Return whether the draft `course` has a session on the very days of `session`."""
    return any(
        (other.start_date, other.last_date) == (session.start_date, session.last_date)
        for other in course.sessions.all()
    )


def locked_courses(ids: Iterable[int]) -> dict[int, CoursePage]:
    """Return the courses by id, as they are now, and let nobody else add to them meanwhile.

    To be called within a transaction. Always in the order of ids, so that no two wait for
    each other.
    """
    courses = CoursePage.objects.filter(pk__in=ids).order_by("pk")
    return {course.pk: course for course in courses.select_for_update(of=("self",))}


@transaction.atomic
def add_to_draft(course: CoursePage, sessions: Iterable[CourseSession], user: User) -> CoursePage:
    """Add new `sessions` to the latest draft of `course`, and return that draft.

    Raises PermissionDenied where the user cannot edit the course now; then nothing is saved.
    """
    draft = draft_of(locked_courses([course.pk])[course.pk])
    for session in sessions:
        session.locale = draft.locale
        draft.sessions.add(session)
    save_draft(draft, user)
    return draft


def save_draft(draft: CoursePage, user: User) -> None:
    """Save `draft` as a new revision in the name of `user`.

    Like “Save draft” in the editor, it takes a course that is not complete yet. Raises
    PermissionDenied where the user cannot edit the course now.
    """
    reason = reason_not_to_edit(draft, user)
    if reason:
        raise PermissionDenied(reason)
    draft.save_revision(user=user, log_action=True, clean=False)
