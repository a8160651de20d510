"""What a session's status says to somebody who reads one line about it."""

from django.utils.translation import gettext as _

from cms.i18n.clock import school_today
from cms.i18n.dates import short_date
from courses.status import (
    ApplicationStatus,
    SessionFacts,
    TimeStatus,
    application_status,
    time_status,
)


def status_in_words(session: SessionFacts) -> str:
    """Return what matters most about `session` today, such as “open until 1 Sep”.

    Whether it takes place comes first, then whether it is over or has begun, then its application.
    Days of the session's own year go without the year.
    """
    today = school_today()
    applying = application_status(session, today)
    if applying == ApplicationStatus.CANCELLED:
        return _("cancelled")
    when = time_status(session, today)
    if when == TimeStatus.PAST:
        return _("past")
    if when == TimeStatus.RUNNING and applying != ApplicationStatus.OPEN:
        return _("running now")
    return _application_in_words(session, applying)


def _application_in_words(session: SessionFacts, applying: ApplicationStatus) -> str:
    near = session.start_date or school_today()
    last_day = session.application_closes or session.start_date
    if applying == ApplicationStatus.OPEN and last_day is not None:
        return _("open until %(day)s") % {"day": short_date(last_day, near=near)}
    if applying == ApplicationStatus.NOT_YET_OPEN and session.application_opens is not None:
        return _("opens on %(day)s") % {"day": short_date(session.application_opens, near=near)}
    return {
        ApplicationStatus.OPEN: _("open for application"),
        ApplicationStatus.NOT_YET_OPEN: _("not yet open for application"),
        ApplicationStatus.CLOSED: _("application closed"),
        ApplicationStatus.FULL: _("full"),
    }[applying]
