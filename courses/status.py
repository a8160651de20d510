"""What the dates of a course session mean today: the one place that says so.

Every date is a whole day in Europe/Stockholm, first and last day included: an application that
closes on 1 September is open on 1 September. The functions know nothing of the database, and
the query conditions below them say the same for many rows at once.
"""

from datetime import date
from typing import Protocol

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SessionState(TextChoices):
    """What the organisers have decided about a session."""

    PLANNED = "planned", _("Planned")
    CONFIRMED = "confirmed", _("Confirmed")
    FULL = "full", _("Full")
    CANCELLED = "cancelled", pgettext_lazy("course session", "Cancelled")


class TimeStatus(TextChoices):
    """Where a session lies in time."""

    UPCOMING = "upcoming", _("Upcoming")
    RUNNING = "running", _("Running now")
    PAST = "past", _("Past")
    UNSCHEDULED = "unscheduled", _("Dates to be announced")


class ApplicationStatus(TextChoices):
    """Whether somebody can apply to a session."""

    NOT_YET_OPEN = "not_yet_open", _("Not yet open for application")
    OPEN = "open", _("Open for application")
    CLOSED = "closed", _("Application closed")
    FULL = "full", _("Full")
    CANCELLED = "cancelled", pgettext_lazy("course session", "Cancelled")


class SessionFacts(Protocol):
    """The facts that a session's status depends on."""

    start_date: date | None
    end_date: date | None
    application_opens: date | None
    application_closes: date | None
    state: str


def time_status(session: SessionFacts, today: date) -> TimeStatus:
    """Return where `session` lies in time on `today`.

    A session with a first day but no last day lasts that one day.
    """
    if session.start_date is None:
        return TimeStatus.UNSCHEDULED
    if today < session.start_date:
        return TimeStatus.UPCOMING
    if today <= (session.end_date or session.start_date):
        return TimeStatus.RUNNING
    return TimeStatus.PAST


def application_status(session: SessionFacts, today: date) -> ApplicationStatus:
    """Return whether somebody can apply to `session` on `today`.

    Without a closing day, application ends with the first day of the session. With neither an
    opening nor a closing day nothing has been announced: it is not yet open.
    """
    if session.state == SessionState.CANCELLED:
        return ApplicationStatus.CANCELLED
    last_day = session.application_closes or session.start_date
    if last_day is not None and today > last_day:
        return ApplicationStatus.CLOSED
    if session.state == SessionState.FULL:
        return ApplicationStatus.FULL
    if session.application_opens is None and session.application_closes is None:
        return ApplicationStatus.NOT_YET_OPEN
    if session.application_opens is not None and today < session.application_opens:
        return ApplicationStatus.NOT_YET_OPEN
    return ApplicationStatus.OPEN


def has_time_status(status: TimeStatus, today: date) -> Q:
    """Return the condition that holds for sessions whose `time_status` on `today` is `status`."""
    over = Q(end_date__lt=today) | Q(end_date__isnull=True, start_date__lt=today)
    return {
        TimeStatus.UNSCHEDULED: Q(start_date__isnull=True),
        TimeStatus.UPCOMING: Q(start_date__gt=today),
        TimeStatus.RUNNING: Q(start_date__lte=today) & ~over,
        TimeStatus.PAST: Q(start_date__lte=today) & over,
    }[status]


def is_open_for_application(today: date) -> Q:
    """Return the condition that holds for sessions that are open for application on `today`."""
    return (
        Q(state__in=[SessionState.PLANNED, SessionState.CONFIRMED])
        & (Q(application_opens__lte=today) | Q(application_opens__isnull=True))
        & (
            Q(application_closes__gte=today)
            | Q(application_closes__isnull=True, application_opens__isnull=False)
            & (Q(start_date__gte=today) | Q(start_date__isnull=True))
        )
    )


def has_application_status(status: ApplicationStatus, today: date) -> Q:
    """Return the condition that holds where the `application_status` on `today` is `status`."""
    stands = Q(state__in=[state for state in SessionState if state != SessionState.CANCELLED])
    over = Q(application_closes__lt=today) | Q(
        application_closes__isnull=True, start_date__lt=today
    )
    not_over = Q(application_closes__gte=today) | (
        Q(application_closes__isnull=True) & (Q(start_date__gte=today) | Q(start_date__isnull=True))
    )
    unannounced = Q(application_opens__isnull=True, application_closes__isnull=True)
    return {
        ApplicationStatus.CANCELLED: Q(state=SessionState.CANCELLED),
        ApplicationStatus.CLOSED: stands & over,
        ApplicationStatus.FULL: Q(state=SessionState.FULL) & not_over,
        ApplicationStatus.NOT_YET_OPEN: (
            Q(state__in=[SessionState.PLANNED, SessionState.CONFIRMED])
            & not_over
            & (unannounced | Q(application_opens__gt=today))
        ),
        ApplicationStatus.OPEN: is_open_for_application(today),
    }[status]
