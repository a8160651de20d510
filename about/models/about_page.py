"""What the school is and whom it is for."""

from typing import ClassVar

from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.api import APIField
from wagtail.search import index

from about.blocks import AudiencesBlock
from cms.blocks import StoryBlock
from cms.fields import StreamField
from cms.media.pictures.motifs import Motif
from cms.models import University
from cms.pages.base import BasePage
from cms.pages.search_fields import texts_of


class AboutPage(BasePage):
    """The school in its own words, with the pages about vision, mission and funding below it."""

    lead = models.TextField(_("lead"), max_length=600, blank=True)
    body = StreamField(StoryBlock, verbose_name=_("content"), blank=True)
    audiences_heading = models.CharField(
        _("heading"),
        max_length=120,
        blank=True,
        help_text=_("Such as “Who is the research school for?”."),
    )
    audiences = StreamField(
        AudiencesBlock,
        verbose_name=_("audiences"),
        blank=True,
        help_text=_("Each group the school is for, and what it offers them."),
    )
    partners = ParentalManyToManyField(
        "cms.University", verbose_name=_("partner universities"), blank=True, related_name="+"
    )

    word_fields = (*BasePage.word_fields, "lead", "body", "audiences_heading", "audiences")
    fact_fields = ("partners",)

    content_panels: ClassVar[list[Panel]] = [
        *BasePage.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("audiences_heading", heading=_("Heading")), FieldPanel("audiences")],
            heading=_("Who the school is for"),
        ),
        FieldPanel("partners", widget=CheckboxSelectMultiple),
    ]
    api_fields: ClassVar[list[APIField]] = [
        *BasePage.api_fields,
        APIField("lead"),
        APIField("body"),
        APIField("audiences_heading"),
        APIField("audiences"),
        APIField("partners"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
        index.SearchField("audiences_heading"),
        index.SearchField("audiences"),
        texts_of("partners", *University.NAMES),
    ]

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = [
        "about.VisionPage",
        "about.MissionPage",
        "about.FundingPage",
        "home.ContentPage",
    ]
    max_count_per_parent = 1
    template = "about/about_page.html"
    motif = Motif.CELLS

    class Meta:
        verbose_name = _("about page")
        verbose_name_plural = _("about pages")
