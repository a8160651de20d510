"""The list of courses."""

from collections.abc import Iterable
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.models import PageQuerySet

from courses.admin.columns import COURSE_COLUMNS
from courses.admin.exporting import SessionExportMixin
from courses.admin.filters import CourseFilterSet
from courses.admin.menu import CourseMenuItem
from courses.admin.repeating import RepeatSessionView
from courses.editing.sources import source_courses
from courses.importing.spreadsheet import SheetRow, rows_of
from courses.importing.template import template_file
from courses.importing.views import ConfirmImportView, ImportView
from courses.models import CoursePage

_SEARCHED = ("title", "draft_title", "code", "slug", "host__name", "host__name_sv")
# Where nothing is known comes last, whichever way the list is sorted.
_MAY_BE_UNKNOWN = ("next_start", "next_deadline", "host__name")


def all_words_in(query: str, fields: Iterable[str]) -> Q:
    """Return the condition that every word of `query` is somewhere in `fields`."""
    words = [
        reduce(lambda found, field: found | Q(**{f"{field}__icontains": word}), fields, Q())
        for word in query.split()
    ]
    return reduce(and_, words, Q())


class CourseIndexView(SessionExportMixin, IndexView):
    """Courses of every language as visitors see them, with their next session."""

    template_name = "courses/admin/course_listing.html"
    page_title = _("Courses")
    page_kwarg = "p"

    def annotate_queryset(self, pages: PageQuerySet) -> PageQuerySet:
        """Fetch what the columns show, and the page on which the sessions of each are edited."""
        courses = super().annotate_queryset(pages.with_next_session())
        sources = source_courses().filter(translation_key=OuterRef("translation_key"))
        source = Subquery(sources.values("pk")[:1])
        edited_on = Coalesce(source, "pk", output_field=IntegerField())
        return courses.annotate(edited_on=edited_on).prefetch_related("sessions", "host")

    def order_queryset(self, queryset: PageQuerySet) -> PageQuerySet:
        """Sort; courses that look alike are in the order of their titles."""
        key = self.ordering.removeprefix("-")
        if key not in _MAY_BE_UNKNOWN:
            return queryset.order_by(self.ordering, "title", "pk")
        field = F(key)
        is_descending = self.ordering.startswith("-")
        known_first = field.desc(nulls_last=True) if is_descending else field.asc(nulls_last=True)
        return queryset.order_by(known_first, "title", "pk")

    def get_ordering(self) -> str:
        """Return the column to sort by, also while searching: few courses match, none better."""
        asked: str = self.request.GET.get("ordering", self.default_ordering)
        return asked if asked in self.get_valid_orderings() else self.default_ordering

    def search_queryset(self, queryset: PageQuerySet) -> PageQuerySet:
        """Find courses by words of title, code, address or host; drafts and filters included."""
        return queryset.filter(all_words_in(self.search_query, _SEARCHED))

    def sheet_rows(self, queryset: PageQuerySet) -> Iterable[SheetRow]:
        """Return a row for each session of the courses."""
        return rows_of(queryset)

    @cached_property
    def header_buttons(self) -> list[Button]:
        """A new course, and many new sessions."""
        button = HeaderButton(
            _("Import sessions"), url=reverse("course_listing:import"), icon_name="upload"
        )
        return [*super().header_buttons, button]


class CourseListingViewSet(PageListingViewSet):
    """Courses in the admin's menu, with what is done to their sessions."""

    name = "course_listing"
    url_prefix = "courses"
    model = CoursePage
    icon = "openquote"
    menu_label = _("Courses")
    menu_order = 110
    menu_item_class = CourseMenuItem
    add_to_admin_menu = True
    index_view_class = CourseIndexView
    filterset_class = CourseFilterSet
    columns = COURSE_COLUMNS
    ordering = "next_start"

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add repeating and importing to Wagtail's own addresses."""
        patterns: list[URLPattern] = super().get_urlpatterns()
        return [
            *patterns,
            path("<int:course_id>/repeat/", self._view(RepeatSessionView), name="repeat"),
            path("import/", self._view(ImportView), name="import"),
            path("import/confirm/", self._view(ConfirmImportView), name="confirm_import"),
            path("import/template/", template_file, name="import_template"),
        ]

    def _view(self, view_class: type) -> Any:
        return self.construct_view(view_class)
