"""Vision and mission: one sentence to remember each, and what it means."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.api import APIField
from wagtail.search import index

from cms.blocks import StoryBlock
from cms.fields import StreamField
from cms.media.pictures.motifs import Motif
from cms.pages.base import BasePage


class StatementPage(BasePage):
    """A page built around one sentence."""

    statement = models.TextField(
        _("statement"), max_length=500, help_text=_("The one sentence, shown large.")
    )
    body = StreamField(StoryBlock, verbose_name=_("content"), blank=True)

    word_fields = (*BasePage.word_fields, "statement", "body")

    content_panels: ClassVar[list[Panel]] = [
        *BasePage.content_panels,
        FieldPanel("statement"),
        FieldPanel("body"),
    ]
    api_fields: ClassVar[list[APIField]] = [
        *BasePage.api_fields,
        APIField("statement"),
        APIField("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("statement"),
        index.SearchField("body"),
    ]

    parent_page_types: ClassVar[list[str]] = ["about.AboutPage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1

    class Meta:
        abstract = True


class VisionPage(StatementPage):
    """What the school wants to be true one day."""

    template = "about/vision_page.html"
    motif = Motif.SEED_HEAD

    class Meta:
        verbose_name = _("vision page")
        verbose_name_plural = _("vision pages")


class MissionPage(StatementPage):
    """What the school does about it."""

    template = "about/mission_page.html"
    motif = Motif.STREAMS

    class Meta:
        verbose_name = _("mission page")
        verbose_name_plural = _("mission pages")
