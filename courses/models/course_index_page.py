"""The list of courses."""

from typing import Any, ClassVar

from django.core.paginator import InvalidPage, Paginator
from django.db import models
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.search import index

from cms.blocks import RICH_TEXT_FEATURES
from cms.media.pictures.motifs import Motif
from cms.pages.base import BasePage
from cms.pages.structured_data import JsonLd, absolute_url, item_list
from cms.publishing.http.responses import mark_public
from cms.publishing.memoize import once_per_publication
from courses.listing.search import PARAMETERS, Catalogue
from courses.listing.ways_out import ways_out
from courses.models.course_page import CoursePage
from courses.models.querysets import CoursePageQuerySet
from courses.models.stage import all_stages

COURSES_A_PAGE = 20
# What a course's title and address take.
_ON_A_MAP = ("title", "url_path", "locale", "path", "content_type")


class CourseIndexPage(BasePage):
    """All courses of the school, those that can be applied for first."""

    introduction = RichTextField(
        _("introduction"),
        features=RICH_TEXT_FEATURES,
        blank=True,
        help_text=_("Shown below the courses, which visitors come for."),
    )
    no_courses_text = models.CharField(
        _("text when there are no courses"),
        max_length=200,
        blank=True,
        help_text=_("Left empty, the page says that there are no courses at the moment."),
    )

    word_fields = (*BasePage.word_fields, "introduction", "no_courses_text")

    content_panels: ClassVar[list[Panel]] = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("no_courses_text"),
    ]
    api_fields: ClassVar[list[APIField]] = [
        *BasePage.api_fields,
        APIField("introduction"),
        APIField("no_courses_text"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["courses.CoursePage"]
    max_count_per_parent = 1
    template = "courses/course_index_page.html"
    motif = Motif.ORBITS
    query_parameters: ClassVar[frozenset[str]] = PARAMETERS

    class Meta:
        verbose_name = _("course list")
        verbose_name_plural = _("course lists")

    def public_courses(self) -> CoursePageQuerySet:
        """Return the published courses that everyone may read: those below this page.

        Below a translated list, too, those of the source list that are not translated themselves.
        """
        lists = CourseIndexPage.objects.filter(translation_key=self.translation_key)
        below = Q(pk__in=[])
        for path in lists.values_list("path", flat=True):
            below |= Q(path__startswith=path)
        return CoursePage.objects.filter(below).public_in(self.locale)

    def structured_data(self, base_url: str) -> list[JsonLd]:
        """Add the list: how many courses there are, and those that its first page begins with."""
        ids = _public_ids_in_order(self)
        pages = CoursePage.objects.only(*_ON_A_MAP).in_bulk(ids[:COURSES_A_PAGE])
        in_order = [pages[pk] for pk in ids[:COURSES_A_PAGE] if pk in pages]
        items = [(page.title, absolute_url(page, base_url)) for page in in_order]
        return [*super().structured_data(base_url), item_list(items, len(ids))]

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the list as the address asks for it, at the address without empty fields."""
        catalogue = Catalogue(request.GET)
        tidy = catalogue.tidy_query
        if tidy is not None:
            return redirect(f"{request.path}?{tidy}" if tidy else request.path)
        response = super().serve(request, *args, **kwargs)
        return response if catalogue.may_be_kept else mark_public(response)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `courses`, a page of those asked for, the `catalogue`, and the `stages` in order.

        Where there are none, `ways_out` are the choices to drop.

        A page number that is none, or one after the last, is an address that does not exist.
        """
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        catalogue = Catalogue(request.GET)
        public, in_order = self.public_courses(), _public_ids_in_order(self)
        ids = catalogue.courses(public, in_order)
        try:
            courses = Paginator(ids, COURSES_A_PAGE).page(request.GET.get("page", 1))
        except InvalidPage as error:
            raise Http404(str(error)) from error
        rows = CoursePage.objects.all().with_card_data().in_bulk(courses.object_list)
        courses.object_list = [rows[pk] for pk in courses.object_list if pk in rows]
        context["courses"] = courses
        context["catalogue"] = catalogue
        is_further_page = courses.number > 1 and not catalogue.asked
        context["canonical_query"] = f"?page={courses.number}" if is_further_page else ""
        context["stages"] = all_stages()
        if not ids:
            context["ways_out"] = ways_out(catalogue, lambda other: other.courses(public, in_order))
        return context


@once_per_publication
def _public_ids_in_order(index_page: CourseIndexPage) -> list[int]:
    """Return the ids of the courses to list: the list is sorted once, not for each page."""
    return index_page.public_courses().ids_by_application()
