"""What a session's status says to somebody who reads one line about it."""

from django.utils.translation import gettext as _

from cms.i18n.clock import school_today
from cms.i18n.dates import short_date
from courses.status import SessionFacts, SessionStatus, last_day_to_apply, session_status


def status_in_words(session: SessionFacts) -> str:
    """Return what matters most about `session` today, such as “open until 1 Sep”.

    Days of the session's own year go without the year.
    """
    today = school_today()
    status = session_status(session, today)
    near = session.start_date or today
    last_day = last_day_to_apply(session)
    if status == SessionStatus.OPEN and last_day is not None:
        return _("open until %(day)s") % {"day": short_date(last_day, near=near)}
    if status == SessionStatus.NOT_YET_OPEN and session.application_opens is not None:
        return _("opens on %(day)s") % {"day": short_date(session.application_opens, near=near)}
    return {
        SessionStatus.CANCELLED: _("cancelled"),
        SessionStatus.PAST: _("past"),
        SessionStatus.OPEN: _("open for application"),
        SessionStatus.RUNNING: _("running now"),
        SessionStatus.CLOSED: _("application closed"),
        SessionStatus.FULL: _("full"),
        SessionStatus.NOT_YET_OPEN: _("not yet open for application"),
    }[status]
