"""The universities that run the school and its courses."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.search import index

from cms.fields import WebAddressField
from cms.i18n.languages import localised
from cms.models.identifiers import normalise_ror_id, validate_ror_id


class University(index.Indexed, models.Model):
    """A higher education institution, shared by both languages and named in each."""

    # What it, and what it takes part in, is found by.
    NAMES = ("name", "name_sv", "short_name", "city", "city_sv")

    name = models.CharField(
        _("name"), max_length=120, unique=True, help_text=_("The official English name.")
    )
    name_sv = models.CharField(
        _("Swedish name"), max_length=120, blank=True, help_text=_("The official Swedish name.")
    )
    short_name = models.CharField(
        _("short name"),
        max_length=12,
        unique=True,
        help_text=_("The usual abbreviation, such as LU. Partner sites can select courses by it."),
    )
    city = models.CharField(_("city"), max_length=80, blank=True)
    city_sv = models.CharField(
        _("Swedish name of the city"),
        max_length=80,
        blank=True,
        help_text=_("Only where it differs, such as Göteborg for Gothenburg."),
    )
    website = WebAddressField(_("website"), blank=True)
    ror_id = models.CharField(
        _("ROR id"),
        max_length=64,
        unique=True,
        validators=[validate_ror_id],
        help_text=_(
            "The Research Organization Registry's address for this university, "
            "such as https://ror.org/012a77v79. Look it up at ror.org."
        ),
    )
    logo = models.ForeignKey(
        "cms.SiteImage",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    founding_partner = models.BooleanField(
        _("founding partner"),
        default=False,
        help_text=_("One of the universities that founded the research school."),
    )
    # Made, named and removed with the university: see `cms.accounts.roles.partner_editors`.
    partner_editors = models.OneToOneField(
        "auth.Group",
        verbose_name=_("partner editors"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="university",
    )
    sort_order = models.PositiveIntegerField(_("order"), default=0, db_index=True)

    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("name"), FieldPanel("name_sv")]),
                FieldPanel("short_name"),
                FieldRowPanel([FieldPanel("city"), FieldPanel("city_sv")]),
            ],
            heading=_("Name"),
        ),
        MultiFieldPanel(
            [FieldPanel("website"), FieldPanel("ror_id"), FieldPanel("logo")],
            heading=_("Links and logo"),
        ),
        FieldPanel("founding_partner"),
    ]

    api_fields = [
        APIField("name"),
        APIField("name_sv"),
        APIField("short_name"),
        APIField("ror_id"),
        APIField("city"),
        APIField("city_sv"),
        APIField("website"),
        APIField("founding_partner"),
        APIField("logo"),
    ]

    search_fields = [
        kind(name) for name in NAMES for kind in (index.SearchField, index.AutocompleteField)
    ]

    class Meta:
        ordering = ["sort_order", "name"]
        verbose_name = _("university")
        verbose_name_plural = _("universities")

    def __str__(self) -> str:
        return self.localised_name

    def clean(self) -> None:
        super().clean()
        if self.ror_id:
            self.ror_id = normalise_ror_id(self.ror_id)

    @property
    def localised_name(self) -> str:
        """The name in the reader's language."""
        return localised(self, "name")

    @property
    def localised_city(self) -> str:
        """The city's name in the reader's language."""
        return localised(self, "city")
