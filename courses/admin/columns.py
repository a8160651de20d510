"""The columns of the lists of courses and sessions."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import (
    BulkActionsCheckboxColumn,
    ButtonsColumnMixin,
    Column,
    StatusTagColumn,
    TitleColumn,
)
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn
from wagtail.admin.widgets.button import Button, ButtonWithDropdown

from cms.i18n.dates import short_date
from courses.editing.sources import session_anchor
from courses.importing.spreadsheet import publication_of
from courses.models import CoursePage, CourseSession
from courses.status import SessionStatus


def _next_dates(course: CoursePage) -> str:
    session = course.next_session
    return session.readable_dates if session else ""


def _host(course: CoursePage) -> str:
    return course.host.localised_name if course.host else ""


def _next_status(course: CoursePage) -> str:
    session = course.next_session
    return str(session.status.label if session else _("No session planned"))


def _is_open(session: CourseSession | None) -> bool:
    return session is not None and session.status is SessionStatus.OPEN


def _deadline(session: CourseSession | None) -> str:
    """Say the last day to apply, as long as somebody could still come."""
    closes = session.application_closes if session else None
    return short_date(closes) if closes else ""


def _languages(course: CoursePage) -> str:
    return ", ".join(name for _code, name in course.languages_of_instruction)


class _EditableTitleColumn(ButtonsColumnMixin, TitleColumn):
    """A link to a course's editor and a menu, for those who may use them.

    Wagtail's own menu of a page asks the database several times for each row.
    """

    def get_course(self, instance: Any) -> CoursePage:
        """Return the course that the row is about."""
        raise NotImplementedError

    def get_place(self, instance: Any) -> str:
        """Return the fragment of the editor's address for what the row is about."""
        return ""

    def get_menu(self, instance: Any) -> list[Button]:
        """Return what else the reader may do."""
        raise NotImplementedError

    def get_link_url(self, instance: Any, parent_context: dict[str, Any]) -> str | None:
        """Return the address of the editor, for those who may use it."""
        course = self.get_course(instance)
        if not course.permissions_for_user(parent_context["request"].user).can_edit():
            return None
        return reverse("wagtailadmin_pages:edit", args=[course.pk]) + self.get_place(instance)

    def get_buttons(self, instance: Any, parent_context: dict[str, Any]) -> list[Button]:
        """Return the menu of a row that the reader may edit."""
        editor = self.get_link_url(instance, parent_context)
        if editor is None:
            return []
        edit = Button(_("Edit the course"), url=editor, icon_name="edit", priority=10)
        return [
            ButtonWithDropdown(
                buttons=[edit, *self.get_menu(instance)],
                icon_name="dots-horizontal",
                attrs={"aria-label": _("More options for “%s”") % instance},
            )
        ]


class _CourseTitleColumn(_EditableTitleColumn):
    """The title of a course with its language, and a lock where it is locked."""

    cell_template_name = "courses/admin/course_title_cell.html"

    def get_course(self, instance: CoursePage) -> CoursePage:
        """Return the course itself."""
        return instance

    def get_menu(self, instance: CoursePage) -> list[Button]:
        """Return the ways to repeat a session, to see the page and to its history."""
        repeat = reverse("course_listing:repeat", args=[instance.pk])
        draft = reverse("wagtailadmin_pages:view_draft", args=[instance.pk])
        history = reverse("wagtailadmin_pages:history", args=[instance.pk])
        return [
            Button(_("Repeat a session"), url=repeat, icon_name="copy", priority=20),
            Button(_("View draft"), url=draft, icon_name="draft", priority=30),
            Button(_("History"), url=history, icon_name="history", priority=40),
        ]


class _SessionTitleColumn(_EditableTitleColumn):
    """The days of a session, which lead to it in the course's editor."""

    def get_course(self, instance: CourseSession) -> CoursePage:
        """Return the session's course."""
        course: CoursePage = instance.page
        return course

    def get_place(self, instance: CourseSession) -> str:
        """Return the fragment for the session."""
        return session_anchor(instance)

    def get_menu(self, instance: CourseSession) -> list[Button]:
        """Return the way to the same session a year later."""
        repeat = reverse("course_listing:repeat", args=[instance.page_id])
        return [
            Button(
                _("Repeat this session"),
                url=f"{repeat}?session={instance.translation_key}",
                icon_name="copy",
                priority=20,
            )
        ]


class _NextSessionColumn(Column):
    """The days of the next session, which lead to it in the editor of the page that has it."""

    def get_cell_context_data(
        self, instance: CoursePage, parent_context: dict[str, Any]
    ) -> dict[str, Any]:
        """Add the address, for those who may use it."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        session = instance.next_session
        if session and instance.permissions_for_user(parent_context["request"].user).can_edit():
            editor = reverse("wagtailadmin_pages:edit", args=[instance.edited_on])
            context["link_url"] = editor + session_anchor(session)
        return context


COURSE_COLUMNS = [
    BulkActionsColumn("bulk_actions"),
    _CourseTitleColumn(
        "title",
        label=_("Title"),
        accessor="get_admin_display_title",
        sort_key="title",
        get_title_id=lambda course: f"page_{course.pk}_title",
    ),
    _NextSessionColumn(
        "next_session", label=_("Next session"), accessor=_next_dates, sort_key="next_start"
    ),
    Column("host", label=_("Host"), accessor=_host, sort_key="host__name"),
    StatusTagColumn(
        "course_status",
        label=_("Visitors see"),
        accessor=_next_status,
        primary=lambda course: _is_open(course.next_session),
    ),
    Column(
        "deadline",
        label=_("Last day to apply"),
        accessor=lambda course: _deadline(course.next_session),
        sort_key="next_deadline",
    ),
    Column("languages", label=_("Taught in"), accessor=_languages),
    PageStatusColumn("status", label=_("Publication"), sort_key="live"),
]
SESSION_COLUMNS = [
    BulkActionsCheckboxColumn("bulk_actions", obj_type="coursesession"),
    _SessionTitleColumn(
        "dates",
        label=_("Dates"),
        accessor="readable_dates",
        sort_key="start_date",
        width="18%",
        get_title_id=lambda session: f"coursesession_{session.pk}_title",
    ),
    Column(
        "course",
        label=_("Course"),
        accessor="page.get_admin_display_title",
        sort_key="page__title",
    ),
    Column("host", label=_("Host"), accessor=lambda session: _host(session.page)),
    StatusTagColumn(
        "session_status", label=_("Visitors see"), accessor="status.label", primary=_is_open
    ),
    Column("state", label=_("State"), accessor="get_state_display", sort_key="state"),
    Column(
        "deadline", label=_("Last day to apply"), accessor=_deadline, sort_key="application_closes"
    ),
    StatusTagColumn(
        "publication",
        label=_("Publication"),
        accessor=lambda session: publication_of(session.page),
        primary=lambda session: session.page.live,
    ),
]
