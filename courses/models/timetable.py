"""When a course is given: its sessions in the order in which readers need them."""

from datetime import date
from typing import Any

from courses.models.course_session import CourseSession
from courses.status import SessionState, TimeStatus


class TimetableMixin:
    """What the sessions of a course mean today. Whoever mixes it in has `sessions`."""

    sessions: Any

    @property
    def sessions_by_date(self) -> list[CourseSession]:
        """All sessions by first day; those without one come last.

        Sorted here and not by the database, so that unsaved sessions of a preview are there too.
        """
        return sorted(
            self.sessions.all(),
            key=lambda session: (session.start_date or date.max, session.last_date or date.max),
        )

    @property
    def current_sessions(self) -> list[CourseSession]:
        """The sessions that are not over, by date."""
        return [
            session for session in self.sessions_by_date if session.time_status != TimeStatus.PAST
        ]

    @property
    def past_sessions(self) -> list[CourseSession]:
        """The sessions that are over, the latest first."""
        return [
            session
            for session in reversed(self.sessions_by_date)
            if session.time_status == TimeStatus.PAST
        ]

    @property
    def next_session(self) -> CourseSession | None:
        """The session to show on a card: the one that somebody could still take part in first.

        A coming session goes before one that is running, and what takes place before what is
        cancelled.
        """
        preference = [TimeStatus.UPCOMING, TimeStatus.RUNNING, TimeStatus.UNSCHEDULED]
        return min(
            self.current_sessions,
            key=lambda session: (
                session.state == SessionState.CANCELLED,
                preference.index(session.time_status),
            ),
            default=None,
        )

    @property
    def is_offered(self) -> bool:
        """Whether there is a session that is not over."""
        return self.next_session is not None
