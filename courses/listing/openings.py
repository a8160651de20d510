"""What visitors can apply for today, whatever it is, and by when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import ngettext

from cms.i18n.clock import school_today
from cms.publishing.locales import active_locale
from cms.publishing.memoize import once_per_publication
from courses.models import CoursePage, CourseSession
from courses.status import LAST_DAY_TO_APPLY, will_open_for_application


@dataclass(frozen=True, slots=True)
class Opening:
    """Something to apply for: its name and addresses, and what a visitor asks about it first."""

    title: str
    url: str
    # Of the page it has, where that is not the reader's own language; otherwise empty.
    foreign_language: str
    # Where to apply; empty where nobody has said it.
    apply_url: str
    opens: date | None
    last_day: date | None
    facts: Sequence[str]


@dataclass(frozen=True, slots=True)
class Openings:
    """What there is to apply for today."""

    counts: Sequence[str]
    """How much it is: a phrase for each kind of thing."""
    first: Sequence[Opening]
    """What closes first."""
    are_more: bool
    """Whether there is more than that."""
    next: Opening | None
    """Where nothing is open: what opens next, if that is known."""


@once_per_publication
def openings(limit: int) -> Openings:
    """Return what can be applied for today in the reader's language: in full, `limit` of it.

    A course counts once, however many of its sessions are open.
    """
    courses = CoursePage.objects.all().public_in(active_locale()).order_by().values("pk")
    sessions = CourseSession.objects.filter(page__in=courses)
    closing = sessions.open_for_application().order_by(
        LAST_DAY_TO_APPLY.asc(nulls_last=True), "start_date", "pk"
    )
    of_courses: dict[int, int] = {}
    for session_id, course_id in closing.values_list("pk", "page_id"):
        of_courses.setdefault(course_id, session_id)
    total, first = len(of_courses), list(of_courses.values())[:limit]
    opening = sessions.filter(will_open_for_application(school_today()))
    next_id = None if first else opening.order_by("application_opens", "pk").values("pk").first()
    wanted = [*first, *(next_id.values() if next_id else [])]
    found = CourseSession.objects.select_related("page__host", "page__locale").in_bulk(wanted)
    counted = ngettext("%(total)s course", "%(total)s courses", total) % {"total": total}
    return Openings(
        counts=[counted] if total else [],
        first=[_of_session(found[pk]) for pk in first],
        are_more=total > limit,
        next=_of_session(found[next_id["pk"]]) if next_id else None,
    )


def _of_session(session: CourseSession) -> Opening:
    course = session.page
    return Opening(
        title=course.title,
        url=course.url,
        foreign_language=course.foreign_language,
        apply_url=session.apply_url,
        opens=session.application_opens,
        last_day=session.last_day_to_apply,
        facts=[session.readable_dates, *([course.host.localised_name] if course.host else [])],
    )
