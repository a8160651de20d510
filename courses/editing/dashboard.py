"""What courses add to the dashboard: deadlines, gaps in the calendar, and quick actions."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.components import Component
from wagtail.models import Locale, Page, PageQuerySet

from cms.editing.dashboard.panels import Task, TaskPanel, edit_address, editable_pages
from cms.editing.dashboard.start import QuickAction
from cms.i18n.clock import school_today
from cms.pages.checks.anchors import list_anchor
from courses.editing.checks import planned_after_deadline, without_coming_session
from courses.editing.sources import session_anchor
from courses.models import CourseIndexPage, CoursePage, CourseSession
from courses.status import SessionState

DEADLINES_WITHIN = timedelta(days=30)


class DeadlinesPanel(TaskPanel):
    """Sessions that close for application soon."""

    name = "deadlines"
    heading = gettext_lazy("Deadlines in the next 30 days")
    explanation = gettext_lazy("Is everything an applicant needs on these pages?")
    icon = "calendar-check"
    order = 220

    def find(self, limit: int) -> list[Task]:
        """Return the nearest deadlines."""
        today = school_today()
        closing = (
            _sessions(self.request)
            .exclude(state=SessionState.CANCELLED)
            .filter(application_closes__range=(today, today + DEADLINES_WITHIN))
        )
        return _session_tasks(closing, _("last day to apply: %s"), limit)


class LateDecisionsPanel(TaskPanel):
    """Sessions that closed for application and are still “planned”."""

    name = "late-decisions"
    heading = gettext_lazy("Still planned, though the deadline has passed")
    explanation = gettext_lazy("Applicants wait to hear: confirm or cancel them.")
    icon = "warning"
    order = 205

    def find(self, limit: int) -> list[Task]:
        """Return the sessions that have waited longest."""
        late = _sessions(self.request).filter(planned_after_deadline())
        return _session_tasks(late, _("closed on %s"), limit)


class CoursesWithoutSessionPanel(TaskPanel):
    """Courses that visitors find, and cannot apply to."""

    name = "courses-without-session"
    heading = gettext_lazy("Courses without a coming session")
    explanation = gettext_lazy("Add the next one, or unpublish a course that is not given again.")
    icon = "calendar"
    order = 230

    def find(self, limit: int) -> list[Task]:
        """Return the courses by title."""
        courses = without_coming_session(_courses(self.request)).order_by("title", "pk")
        return [
            Task(title=title, url=edit_address(page_id, list_anchor("sessions")))
            for page_id, title in courses.values_list("pk", "title")[:limit]
        ]


def _courses(request: HttpRequest) -> PageQuerySet:
    """Return the published courses that the person may change, each in one language.

    Sessions are edited on the source page; a translation counts where there is no source.
    """
    source = Page.objects.filter(
        translation_key=OuterRef("translation_key"), locale=Locale.get_default()
    ).exclude(pk=OuterRef("pk"))
    editable = editable_pages(request).values("pk")
    courses = CoursePage.objects.live().filter(pk__in=editable, alias_of=None)
    return courses.exclude(Exists(source))


def _sessions(request: HttpRequest) -> QuerySet[CourseSession]:
    return CourseSession.objects.filter(page__in=_courses(request)).select_related("page")


def _session_tasks(sessions: QuerySet[CourseSession], detail: str, limit: int) -> list[Task]:
    return [
        Task(
            title=session.page.title,
            url=edit_address(session.page_id, session_anchor(session)),
            detail=f"{session} · {detail % date_format(closes, 'j F Y')}",
        )
        for session in sessions.order_by("application_closes", "pk")[:limit]
        if (closes := session.application_closes)
    ]


def add_panels(request: HttpRequest, panels: list[Component]) -> None:
    """Wagtail hook `construct_homepage_panels`."""
    panels += [
        DeadlinesPanel(request),
        LateDecisionsPanel(request),
        CoursesWithoutSessionPanel(request),
    ]


def add_quick_actions(request: HttpRequest, actions: list[QuickAction]) -> None:
    """Hook `construct_quick_actions`: a new course, and a new session of one there is."""
    index = CourseIndexPage.objects.order_by("path").first()
    if index is None:
        return
    if index.permissions_for_user(request.user).can_add_subpage():
        address = reverse("wagtailadmin_pages:add", args=("courses", "coursepage", index.pk))
        actions.append(QuickAction(gettext_lazy("New course"), address, "plus", 100))
    if editable_pages(request).filter(pk__in=CoursePage.objects.values("pk")).exists():
        address = reverse("course_listing:index")
        actions.append(QuickAction(gettext_lazy("New session of a course"), address, "date", 200))
