"""The path from lab to patient, in stages."""

from collections.abc import Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.api import APIField
from wagtail.search import index

from cms.i18n.languages import localised
from cms.publishing.memoize import once_per_publication


class DevelopmentStage(index.Indexed, models.Model):
    """One stage of that path, in order, named and described in both languages."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    name_sv = models.CharField(_("Swedish name"), max_length=80, blank=True)
    slug = models.SlugField(
        _("slug"),
        max_length=80,
        unique=True,
        help_text=_("The word in addresses and for partner sites, such as clinical-trials."),
    )
    description = models.CharField(_("description"), max_length=300, blank=True)
    description_sv = models.CharField(_("description in Swedish"), max_length=300, blank=True)
    sort_order = models.PositiveIntegerField(_("order"), default=0, db_index=True)

    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([TitleFieldPanel("name", targets=["slug"]), FieldPanel("name_sv")]),
                FieldPanel("slug"),
            ],
            heading=_("Name"),
        ),
        MultiFieldPanel(
            [FieldPanel("description"), FieldPanel("description_sv")], heading=_("Description")
        ),
    ]
    api_fields = [
        APIField("name"),
        APIField("name_sv"),
        APIField("slug"),
        APIField("description"),
        APIField("description_sv"),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("name_sv"),
        index.AutocompleteField("name_sv"),
    ]

    class Meta:
        ordering = ["sort_order", "name"]
        verbose_name = _("development stage")
        verbose_name_plural = _("development stages")

    def __str__(self) -> str:
        return self.localised_name

    @property
    def localised_name(self) -> str:
        """The name in the reader's language."""
        return localised(self, "name")

    @property
    def localised_description(self) -> str:
        """The description in the reader's language."""
        return localised(self, "description")


@once_per_publication
def all_stages() -> Sequence[DevelopmentStage]:
    """Return the stages of development in order."""
    return list(DevelopmentStage.objects.all())
