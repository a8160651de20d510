"""The home page and the pages that need no type of their own."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.api import APIField
from wagtail.models import PageQuerySet
from wagtail.search import index

from cms.blocks import CallsToActionBlock, StoryBlock
from cms.fields import StreamField
from cms.media.pictures.motifs import Motif
from cms.pages.base import BasePage
from cms.pages.navigation import default_site, footer
from cms.pages.structured_data import JsonLd, postal_address, school, website, without_gaps


class HomePage(BasePage):
    """The school's first page: one in each language.

    The next sessions and the partner universities appear by themselves.
    """

    headline = models.CharField(
        _("headline"), max_length=120, help_text=_("What the school is, in a few words.")
    )
    lead = models.TextField(
        _("lead"),
        max_length=600,
        blank=True,
        help_text=_("Two or three sentences under the headline."),
    )
    hero_image = models.ForeignKey(
        "cms.SiteImage",
        verbose_name=_("image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown beside the headline. Its description in the library is read aloud."),
    )
    calls_to_action = StreamField(
        CallsToActionBlock,
        verbose_name=_("links under the headline"),
        blank=True,
        help_text=_("At most two: what should a visitor do next?"),
    )
    body = StreamField(StoryBlock, verbose_name=_("content"), blank=True)

    word_fields = (*BasePage.word_fields, "headline", "lead", "calls_to_action", "body")

    content_panels: ClassVar[list[Panel]] = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("headline"),
                FieldPanel("lead"),
                FieldPanel("hero_image"),
                FieldPanel("calls_to_action"),
            ],
            heading=_("Top of the page"),
        ),
        FieldPanel("body"),
    ]
    api_fields: ClassVar[list[APIField]] = [
        *BasePage.api_fields,
        APIField("headline"),
        APIField("lead"),
        APIField("hero_image"),
        APIField("calls_to_action"),
        APIField("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("headline"),
        index.SearchField("lead"),
        index.SearchField("body"),
    ]

    main_image_field = "hero_image"
    motif = Motif.HELIX
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = [
        "about.AboutPage",
        "courses.CourseIndexPage",
        "home.ContentPage",
    ]
    max_count = len(settings.LANGUAGES)
    template = "home/home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def structured_data(self, base_url: str) -> list[JsonLd]:
        """Add the school itself, where it is, and the website."""
        site = default_site()
        lines = footer(site).settings.postal_address.splitlines() if site else []
        address = postal_address(streetAddress=", ".join(filter(None, map(str.strip, lines))))
        more = without_gaps(
            {"description": self.meta_description, "address": address if lines else None}
        )
        return [*super().structured_data(base_url), school(base_url) | more, website(base_url)]

    @classmethod
    def for_visitors(cls) -> PageQuerySet:
        """Return home pages with what their template shows of other tables."""
        return super().for_visitors().select_related("hero_image")


class ContentPage(BasePage):
    """Any further page: contact, accessibility statement, privacy, news of the day."""

    lead = models.TextField(
        _("lead"),
        max_length=600,
        blank=True,
        help_text=_("What the page says, in a sentence or two."),
    )
    body = StreamField(StoryBlock, verbose_name=_("content"), blank=True)

    word_fields = (*BasePage.word_fields, "lead", "body")

    content_panels: ClassVar[list[Panel]] = [
        *BasePage.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
    ]
    api_fields: ClassVar[list[APIField]] = [
        *BasePage.api_fields,
        APIField("lead"),
        APIField("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
    ]

    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "about.AboutPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "home/content_page.html"

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")
