"""The list of sessions, whichever course they belong to."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, F, QuerySet, When
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.permissions import policy_registry

from cms.i18n.clock import school_today
from courses.admin.columns import SESSION_COLUMNS
from courses.admin.course_listing import all_words_in
from courses.admin.exporting import SessionExportMixin
from courses.admin.filters import SessionFilterSet
from courses.admin.menu import CourseMenuItem
from courses.editing.sources import explorable_courses, source_courses
from courses.importing.spreadsheet import SheetRow
from courses.models import CoursePage, CourseSession
from courses.status import TimeStatus, has_time_status

_SEARCHED = ("page__title", "page__code", "location", "page__host__name", "page__host__name_sv")
# No column is sorted so: it is how the list is when nobody has asked for anything.
_COMING_FIRST = "coming"


class SessionIndexView(SessionExportMixin, IndexView):
    """Sessions by date. They are edited with their course, so this list only reads."""

    model = CourseSession
    any_permission_required = ["add", "change", "publish"]
    template_name = "courses/admin/session_listing.html"
    page_title = _("Sessions")
    header_icon = "date"
    index_url_name = "session_listing:index"
    index_results_url_name = "session_listing:index_results"
    columns = SESSION_COLUMNS
    filterset_class = SessionFilterSet
    default_ordering = _COMING_FIRST
    search_fields = _SEARCHED
    paginate_by = 50
    table_classname = "listing full-width"
    # Sessions are facts, shared by the languages: there is nothing to switch to.
    locale = None

    @cached_property
    def permission_policy(self) -> Any:
        """Who may work with sessions is who may work with their pages."""
        return policy_registry.get_by_type(CoursePage)

    def get_base_queryset(self) -> QuerySet[CourseSession]:
        """Return the sessions below what the reader finds in the page tree, once each."""
        courses = source_courses() & explorable_courses(self.request.user)
        return CourseSession.objects.filter(page__in=courses).select_related("page__host")

    def order_queryset(self, queryset: QuerySet[CourseSession]) -> QuerySet[CourseSession]:
        """Sort; what has no date yet comes last either way.

        Unless asked otherwise, what is to come is first by date, then what is over, latest first.
        """
        if self.ordering == _COMING_FIRST:
            past = has_time_status(TimeStatus.PAST, school_today())
            return queryset.annotate(
                is_past=Case(When(past, then=1), default=0),
                over_since=Case(When(past, then=F("start_date"))),
            ).order_by(
                "is_past",
                F("over_since").desc(nulls_last=True),
                F("start_date").asc(nulls_last=True),
                "page__title",
                "pk",
            )
        key = self.ordering.removeprefix("-")
        order = F(key)
        is_descending = self.ordering.startswith("-")
        by_key = order.desc(nulls_last=True) if is_descending else order.asc(nulls_last=True)
        return queryset.order_by(by_key, F("start_date").asc(nulls_last=True), "page__title", "pk")

    def search_queryset(self, queryset: QuerySet[CourseSession]) -> QuerySet[CourseSession]:
        """Find sessions by words of their course, host or place."""
        return queryset.filter(all_words_in(self.search_query, _SEARCHED))

    def sheet_rows(self, queryset: Iterable[CourseSession]) -> Iterable[SheetRow]:
        """Return a row for each session."""
        return (SheetRow(session.page, session) for session in queryset)

    @cached_property
    def header_buttons(self) -> list[Button]:
        """Many new sessions at once."""
        return [
            HeaderButton(
                _("Import sessions"), url=reverse("course_listing:import"), icon_name="upload"
            )
        ]


class SessionListingViewSet(ViewSet):
    """Sessions in the admin's menu."""

    name = "session_listing"
    url_prefix = "sessions"
    icon = "date"
    menu_label = _("Sessions")
    menu_order = 111
    menu_item_class = CourseMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the list, and its rows alone for when a filter changes."""
        return [
            path("", self.construct_view(SessionIndexView), name="index"),
            path(
                "results/",
                self.construct_view(SessionIndexView, results_only=True),
                name="index_results",
            ),
        ]
