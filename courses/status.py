"""What the dates of a course session mean today: the one place that says so.

Every date is a whole day in Europe/Stockholm, first and last day included: an application that
closes on 1 September is open on 1 September. The functions know nothing of the database, and
the query conditions below them say the same for many rows at once.
"""

from datetime import date
from typing import Protocol

from django.db.models import Q, TextChoices
from django.db.models.functions import Coalesce
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


class SessionStatus(TextChoices):
    """What matters most about a session, where one word has to do."""

    CANCELLED = "cancelled", pgettext_lazy("course session", "Cancelled")
    PAST = "past", _("Past")
    OPEN = "open", _("Open for application")
    RUNNING = "running", _("Running now")
    CLOSED = "closed", _("Application closed")
    FULL = "full", _("Full")
    NOT_YET_OPEN = "not_yet_open", _("Not yet open for application")


class SessionFacts(Protocol):
    """The facts that a session's status depends on."""

    start_date: date | None
    end_date: date | None
    application_opens: date | None
    application_closes: date | None
    state: str


def session_status(session: SessionFacts, today: date) -> SessionStatus:
    """Return what matters most about `session` on `today`: the one order of all that holds.

    Whether it takes place comes first, then whether it is over, then whether somebody can still
    apply, then whether it has begun, then why nobody can apply.
    """
    applying = application_status(session, today)
    if applying == ApplicationStatus.CANCELLED:
        return SessionStatus.CANCELLED
    when = time_status(session, today)
    if when == TimeStatus.PAST:
        return SessionStatus.PAST
    if when == TimeStatus.RUNNING and applying != ApplicationStatus.OPEN:
        return SessionStatus.RUNNING
    return SessionStatus(applying)


def time_status(session: SessionFacts, today: date) -> TimeStatus:
    """Return where `session` lies in time on `today`.

    A session with a first day but no last day lasts that one day. One that is cancelled never
    runs: it is over as soon as it would have begun.
    """
    if session.start_date is None:
        return TimeStatus.UNSCHEDULED
    if today < session.start_date:
        return TimeStatus.UPCOMING
    last_day = session.end_date or session.start_date
    if today <= last_day and session.state != SessionState.CANCELLED:
        return TimeStatus.RUNNING
    return TimeStatus.PAST


def application_status(session: SessionFacts, today: date) -> ApplicationStatus:
    """Return whether somebody can apply to `session` on `today`.

    Without a closing day, application ends with the first day of the session. With neither an
    opening nor a closing day nothing has been announced: it is not yet open. What has begun will
    not open any more, and what is over takes nobody.
    """
    if session.state == SessionState.CANCELLED:
        return ApplicationStatus.CANCELLED
    when = time_status(session, today)
    last_day = last_day_to_apply(session)
    if when == TimeStatus.PAST or (last_day is not None and today > last_day):
        return ApplicationStatus.CLOSED
    if session.state == SessionState.FULL:
        return ApplicationStatus.FULL
    opens, closes = session.application_opens, session.application_closes
    if (opens is None and closes is None) or (opens is not None and today < opens):
        has_begun = when == TimeStatus.RUNNING
        return ApplicationStatus.CLOSED if has_begun else ApplicationStatus.NOT_YET_OPEN
    return ApplicationStatus.OPEN


def last_day_to_apply(session: SessionFacts) -> date | None:
    """Return the last day on which somebody can apply to `session`: at the latest its first."""
    return session.application_closes or session.start_date


def application_order(session: SessionFacts, today: date) -> tuple[int, date]:
    """Return the key that sorts sessions by when those who want to apply have to act.

    What is open comes first, by its last day; then what opens on a day that is known, by that;
    then the rest, all of it alike.
    """
    status = application_status(session, today)
    if status == ApplicationStatus.OPEN:
        return 0, last_day_to_apply(session) or date.max
    if status == ApplicationStatus.NOT_YET_OPEN and session.application_opens:
        return 1, session.application_opens
    return 2, date.max


# What `last_day_to_apply` is in a query.
LAST_DAY_TO_APPLY = Coalesce("application_closes", "start_date")

_CANCELLED = Q(state=SessionState.CANCELLED)
_TAKES_APPLICATIONS = Q(state__in=[SessionState.PLANNED, SessionState.CONFIRMED])


def has_session_status(status: SessionStatus, today: date) -> Q:
    """Return the condition that holds where the `session_status` on `today` is `status`."""
    is_open = is_open_for_application(today)
    running = has_time_status(TimeStatus.RUNNING, today)
    match status:
        case SessionStatus.CANCELLED:
            return _CANCELLED
        case SessionStatus.PAST:
            return has_time_status(TimeStatus.PAST, today) & ~_CANCELLED
        case SessionStatus.OPEN:
            return is_open
        case SessionStatus.RUNNING:
            return running & ~is_open
    ahead = Q(start_date__isnull=True) | Q(start_date__gt=today)
    return has_application_status(ApplicationStatus(status), today) & ahead


def has_time_status(status: TimeStatus, today: date) -> Q:
    """Return the condition that holds for sessions whose `time_status` on `today` is `status`."""
    begun = Q(start_date__lte=today)
    over = Q(end_date__lt=today) | Q(end_date__isnull=True, start_date__lt=today) | _CANCELLED
    return {
        TimeStatus.UNSCHEDULED: Q(start_date__isnull=True),
        TimeStatus.UPCOMING: Q(start_date__gt=today),
        TimeStatus.RUNNING: begun & ~over,
        TimeStatus.PAST: begun & over,
    }[status]


def is_open_for_application(today: date) -> Q:
    """Return the condition that holds for sessions that are open for application on `today`."""
    return _TAKES_APPLICATIONS & _can_be_applied_to(today) & ~_unopened(today)


def will_open_for_application(today: date) -> Q:
    """Return the condition that holds for sessions that open after `today`, on a known day."""
    status = has_application_status(ApplicationStatus.NOT_YET_OPEN, today)
    return status & Q(application_opens__isnull=False)


def has_application_status(status: ApplicationStatus, today: date) -> Q:
    """Return the condition that holds where the `application_status` on `today` is `status`."""
    can_be_applied_to, unopened = _can_be_applied_to(today), _unopened(today)
    running = has_time_status(TimeStatus.RUNNING, today)
    return {
        ApplicationStatus.CANCELLED: _CANCELLED,
        ApplicationStatus.CLOSED: ~_CANCELLED
        & (~can_be_applied_to | (_TAKES_APPLICATIONS & unopened & running)),
        ApplicationStatus.FULL: Q(state=SessionState.FULL) & can_be_applied_to,
        ApplicationStatus.NOT_YET_OPEN: (
            _TAKES_APPLICATIONS & can_be_applied_to & unopened & ~running
        ),
        ApplicationStatus.OPEN: is_open_for_application(today),
    }[status]


def _can_be_applied_to(today: date) -> Q:
    """Return the condition that neither the session nor the time to apply to it is over."""
    last_day_passed = Q(application_closes__lt=today) | Q(
        application_closes__isnull=True, start_date__lt=today
    )
    return ~(last_day_passed | has_time_status(TimeStatus.PAST, today))


def _unopened(today: date) -> Q:
    """Return the condition that application has not been announced, or opens after `today`."""
    return Q(application_opens__isnull=True, application_closes__isnull=True) | Q(
        application_opens__gt=today
    )
