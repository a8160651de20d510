"""When a course is given: its sessions in the order in which readers need them."""

from datetime import date
from typing import Any

from cms.i18n.clock import school_today
from courses.models.course_session import CourseSession
from courses.status import ApplicationStatus, SessionState, TimeStatus, application_order


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
        """The session that somebody could take part in first.

        A coming session goes before one that is running, and what takes place before what is
        cancelled.
        """
        return min(self.current_sessions, key=_by_attendance, default=None)

    @property
    def lead_session(self) -> CourseSession | None:
        """The session to show to readers: the one to apply for first, or else the next."""
        today = school_today()
        return min(
            self.current_sessions,
            key=lambda session: (application_order(session, today), _by_attendance(session)),
            default=None,
        )

    @property
    def is_open_for_application(self) -> bool:
        """Whether somebody can apply today."""
        return any(
            session.application_status == ApplicationStatus.OPEN
            for session in self.current_sessions
        )

    @property
    def is_offered(self) -> bool:
        """Whether there is a session that is not over."""
        return self.next_session is not None


def _by_attendance(session: CourseSession) -> tuple[bool, int]:
    preference = [TimeStatus.UPCOMING, TimeStatus.RUNNING, TimeStatus.UNSCHEDULED]
    return session.state == SessionState.CANCELLED, preference.index(session.time_status)
