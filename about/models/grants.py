"""Grants, and what they pay for: as data."""

from decimal import Decimal
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.models import Orderable, TranslatableMixin

from about.periods import Year, years_of
from cms.fields import WebAddressField
from cms.i18n.clock import school_today
from cms.i18n.languages import localised
from cms.i18n.money import CURRENCIES, format_amount
from cms.models.identifiers import normalise_ror_id, validate_ror_id
from cms.pages.structured_data import JsonLd, organisation, school, without_gaps
from cms.upstream.children import KnownOwner

MIN_AMOUNT = Decimal("0.01")
EARLIEST_YEAR, LATEST_YEAR = 1900, 2200


class Grant(KnownOwner, TranslatableMixin, Orderable):
    """Money that the school has been awarded (schema.org: MonetaryGrant)."""

    page = ParentalKey("about.FundingPage", on_delete=models.CASCADE, related_name="grants")
    funder_name = models.CharField(
        _("funder"), max_length=160, help_text=_("The official English name.")
    )
    funder_name_sv = models.CharField(_("funder in Swedish"), max_length=160, blank=True)
    funder_ror_id = models.CharField(
        _("funder's ROR id"),
        max_length=64,
        blank=True,
        validators=[validate_ror_id],
        help_text=_("Such as https://ror.org/03zttf063. Look it up at ror.org."),
    )
    funder_website = WebAddressField(_("funder's website"), blank=True)
    funder_logo = models.ForeignKey(
        "cms.SiteImage",
        verbose_name=_("funder's logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown in place of the funder's name, which is read aloud."),
    )
    amount = models.DecimalField(
        _("amount"), max_digits=14, decimal_places=2, validators=[MinValueValidator(MIN_AMOUNT)]
    )
    currency = models.CharField(_("currency"), max_length=3, choices=CURRENCIES, default="SEK")
    first_year = models.PositiveSmallIntegerField(
        _("first year"),
        validators=[MinValueValidator(EARLIEST_YEAR), MaxValueValidator(LATEST_YEAR)],
    )
    last_year = models.PositiveSmallIntegerField(
        _("last year"),
        validators=[MinValueValidator(EARLIEST_YEAR), MaxValueValidator(LATEST_YEAR)],
    )
    reference_number = models.CharField(
        _("reference number"), max_length=80, blank=True, help_text=_("The funder's own number.")
    )

    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("funder_name"), FieldPanel("funder_name_sv")]),
                FieldRowPanel([FieldPanel("funder_ror_id"), FieldPanel("funder_website")]),
                FieldPanel("funder_logo"),
            ],
            heading=_("Funder"),
        ),
        FieldRowPanel([FieldPanel("amount"), FieldPanel("currency")]),
        FieldRowPanel([FieldPanel("first_year"), FieldPanel("last_year")]),
        FieldPanel("reference_number"),
    ]
    api_fields: ClassVar[list[APIField]] = [
        APIField("funder_name"),
        APIField("funder_name_sv"),
        APIField("funder_ror_id"),
        APIField("funder_website"),
        APIField("funder_logo"),
        APIField("amount"),
        APIField("currency"),
        APIField("first_year"),
        APIField("last_year"),
        APIField("reference_number"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("grant")
        verbose_name_plural = _("grants")

    def __str__(self) -> str:
        return f"{self.localised_funder_name}, {self.formatted_amount}"

    def clean(self) -> None:
        super().clean()
        if self.funder_ror_id:
            self.funder_ror_id = normalise_ror_id(self.funder_ror_id)
        if self.first_year and self.last_year and self.last_year < self.first_year:
            raise ValidationError(
                {"last_year": _("The last year cannot be before the first year.")}
            )

    def structured_data(self, base_url: str) -> JsonLd:
        """Return the grant as a MonetaryGrant to the school."""
        return without_gaps(
            {
                "@type": "MonetaryGrant",
                "identifier": self.reference_number,
                "amount": {
                    "@type": "MonetaryAmount",
                    "value": str(self.amount),
                    "currency": self.currency,
                },
                "funder": organisation(
                    self.localised_funder_name, self.funder_website, self.funder_ror_id
                ),
                "fundedItem": school(base_url),
                "temporalCoverage": f"{self.first_year}/{self.last_year}",
            }
        )

    @property
    def localised_funder_name(self) -> str:
        """The funder's name in the reader's language."""
        return localised(self, "funder_name")

    @property
    def formatted_amount(self) -> str:
        """The amount as the reader writes it, with its currency."""
        return format_amount(self.amount, self.currency)

    @property
    def years(self) -> list[Year]:
        """The years of the grant, each past, current or to come."""
        return years_of(self.first_year, self.last_year, school_today())

    @property
    def progress(self) -> str:
        """How far the grant has come, in words: “Year 4 of 5”."""
        year, length = school_today().year, self.last_year - self.first_year + 1
        if year < self.first_year:
            return gettext("Begins in %(year)s") % {"year": self.first_year}
        if year > self.last_year:
            return gettext("Ended in %(year)s") % {"year": self.last_year}
        return gettext("Year %(number)s of %(length)s") % {
            "number": year - self.first_year + 1,
            "length": length,
        }


class FundedItem(KnownOwner, TranslatableMixin, Orderable):
    """One thing that the money supports."""

    page = ParentalKey("about.FundingPage", on_delete=models.CASCADE, related_name="funded_items")
    label = models.CharField(_("what"), max_length=160)
    label_sv = models.CharField(_("what, in Swedish"), max_length=160, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    note_sv = models.CharField(_("note in Swedish"), max_length=300, blank=True)
    amount = models.DecimalField(
        _("amount"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(MIN_AMOUNT)],
    )
    currency = models.CharField(_("currency"), max_length=3, choices=CURRENCIES, default="SEK")
    amount_per = models.CharField(
        _("amount per"),
        max_length=80,
        blank=True,
        help_text=_("What the amount is for each of, such as “project application”."),
    )
    amount_per_sv = models.CharField(_("amount per, in Swedish"), max_length=80, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("label"), FieldPanel("label_sv")]),
        FieldRowPanel([FieldPanel("note"), FieldPanel("note_sv")]),
        FieldRowPanel([FieldPanel("amount"), FieldPanel("currency")]),
        FieldRowPanel([FieldPanel("amount_per"), FieldPanel("amount_per_sv")]),
    ]
    api_fields: ClassVar[list[APIField]] = [
        APIField("label"),
        APIField("label_sv"),
        APIField("note"),
        APIField("note_sv"),
        APIField("amount"),
        APIField("currency"),
        APIField("amount_per"),
        APIField("amount_per_sv"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("funded item")
        verbose_name_plural = _("funded items")

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        super().clean()
        if self.amount_per and self.amount is None:
            raise ValidationError({"amount": _("Give the amount, or leave “amount per” empty.")})

    @property
    def formatted_amount(self) -> str:
        """The amount as the reader writes it, or an empty string where none is given."""
        return "" if self.amount is None else format_amount(self.amount, self.currency)
