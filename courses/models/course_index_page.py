"""The list of courses."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.models import PageQuerySet
from wagtail.search import index

from cms.blocks import RICH_TEXT_FEATURES
from cms.pages import BasePage
from courses.catalogue import order_by_next_session, with_card_data
from courses.models.course_page import CoursePage
from courses.models.stage import DevelopmentStage


class CourseIndexPage(BasePage):
    """All courses of the school, the ones that start next first."""

    introduction = RichTextField(_("introduction"), features=RICH_TEXT_FEATURES, blank=True)
    no_courses_text = models.CharField(
        _("text when there are no courses"),
        max_length=200,
        blank=True,
        help_text=_("Left empty, the page says that there are no courses at the moment."),
    )

    content_panels: ClassVar[list[Panel]] = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("no_courses_text"),
    ]
    api_fields: ClassVar[list[APIField]] = [*BasePage.api_fields, APIField("introduction")]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["courses.CoursePage"]
    max_count_per_parent = 1
    template = "courses/course_index_page.html"

    class Meta:
        verbose_name = _("course list")
        verbose_name_plural = _("course lists")

    def public_courses(self) -> PageQuerySet:
        """Return the published courses below this page that everyone may read."""
        return CoursePage.objects.child_of(self).live().public()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `courses`, by next session, and the `stages` of development in order."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["courses"] = order_by_next_session(with_card_data(self.public_courses()))
        context["stages"] = DevelopmentStage.objects.all()
        return context
