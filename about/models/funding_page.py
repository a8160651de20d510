"""Who pays for the school, how much, and what for: as data."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.api import APIField
from wagtail.search import index

from cms.blocks import StoryBlock
from cms.fields import StreamField
from cms.media.pictures.motifs import Motif
from cms.pages.base import BasePage
from cms.pages.search_fields import FACT, texts_of
from cms.pages.structured_data import JsonLd
from cms.translations.panels import FactInlinePanel


class FundingPage(BasePage):
    """The school's grants and what they pay for."""

    body = StreamField(StoryBlock, verbose_name=_("content"), blank=True)

    word_fields = (*BasePage.word_fields, "body")
    fact_fields = ("grants", "funded_items")

    content_panels: ClassVar[list[Panel]] = [
        *BasePage.content_panels,
        FieldPanel("body"),
        FactInlinePanel("grants", heading=_("Grants"), label=_("Grant")),
        FactInlinePanel(
            "funded_items",
            heading=_("What the grant supports"),
            label=_("Item"),
        ),
    ]
    api_fields: ClassVar[list[APIField]] = [
        *BasePage.api_fields,
        APIField("body"),
        APIField("grants"),
        APIField("funded_items"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        texts_of("grants", "funder_name", "funder_name_sv", "reference_number", boost=FACT),
        texts_of("funded_items", "label", "label_sv", "note", "note_sv"),
    ]

    parent_page_types: ClassVar[list[str]] = ["about.AboutPage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    template = "about/funding_page.html"
    motif = Motif.LATTICE

    class Meta:
        verbose_name = _("funding page")
        verbose_name_plural = _("funding pages")

    def structured_data(self, base_url: str) -> list[JsonLd]:
        """Add the grants."""
        grants = [grant.structured_data(base_url) for grant in self.grants.all()]
        return [*super().structured_data(base_url), *grants]
