"""One time that a course is given."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.models import TranslatableMixin

from cms.fields import WebAddressField
from cms.i18n.clock import school_today
from cms.i18n.dates import short_date, short_date_range
from cms.upstream.children import KnownOwner
from courses.models.querysets import CourseSessionQuerySet
from courses.status import (
    ApplicationStatus,
    SessionState,
    SessionStatus,
    TimeStatus,
    application_status,
    last_day_to_apply,
    session_status,
    time_status,
)
from courses.status_text import status_in_words

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class CourseMode(models.TextChoices):
    """How a session is attended (schema.org: courseMode)."""

    ON_SITE = "on_site", _("On site")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("Hybrid")


class CourseSession(KnownOwner, TranslatableMixin, models.Model):
    """One time that a course is given (schema.org: CourseInstance).

    Its status is never typed: it follows from the dates and from what the organisers decided.
    """

    # What its course is found by.
    TEXTS = ("location", "location_sv", "workload", "workload_sv", "note", "note_sv")

    page = ParentalKey("courses.CoursePage", on_delete=models.CASCADE, related_name="sessions")
    start_date = models.DateField(
        _("first day"), null=True, blank=True, help_text=_("Leave empty until it is known.")
    )
    end_date = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Leave empty for a single day.")
    )
    application_opens = models.DateField(_("application opens"), null=True, blank=True)
    application_closes = models.DateField(
        _("last day to apply"),
        null=True,
        blank=True,
        help_text=_("Applications are open until the end of this day, Swedish time."),
    )
    location = models.CharField(
        _("place"), max_length=160, blank=True, help_text=_("Such as “BMC, Lund”.")
    )
    location_sv = models.CharField(_("place in Swedish"), max_length=160, blank=True)
    mode = models.CharField(
        _("form"), max_length=16, choices=CourseMode.choices, default=CourseMode.ON_SITE
    )
    workload = models.CharField(
        _("workload"), max_length=160, blank=True, help_text=_("Such as “full time for two weeks”.")
    )
    workload_sv = models.CharField(_("workload in Swedish"), max_length=160, blank=True)
    places = models.PositiveSmallIntegerField(
        _("places"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    application_url = WebAddressField(
        _("application link"),
        blank=True,
        help_text=_("Only if this session has its own. Otherwise the course's link is used."),
    )
    state = models.CharField(
        _("state"), max_length=16, choices=SessionState.choices, default=SessionState.PLANNED
    )
    note = models.CharField(
        _("note"), max_length=300, blank=True, help_text=_("Anything else applicants should know.")
    )
    note_sv = models.CharField(_("note in Swedish"), max_length=300, blank=True)

    objects = CourseSessionQuerySet.as_manager()

    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("start_date"), FieldPanel("end_date")]),
                FieldRowPanel([FieldPanel("mode"), FieldPanel("location")]),
                FieldRowPanel([FieldPanel("workload"), FieldPanel("places")]),
            ],
            heading=_("When and where"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("application_opens"), FieldPanel("application_closes")]),
                FieldPanel("application_url"),
            ],
            heading=pgettext_lazy("to a course", "Application"),
        ),
        FieldRowPanel([FieldPanel("state"), FieldPanel("note")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("location_sv"), FieldPanel("workload_sv")]),
                FieldPanel("note_sv"),
            ],
            heading=_("On Swedish pages"),
            help_text=_("Only where the words differ. What is left empty is shown as above."),
            classname="collapsed",
        ),
    ]
    api_fields: ClassVar[list[APIField]] = [
        APIField("translation_key"),
        APIField("start_date"),
        APIField("end_date"),
        APIField("application_opens"),
        APIField("application_closes"),
        APIField("location"),
        APIField("location_sv"),
        APIField("mode"),
        APIField("workload"),
        APIField("workload_sv"),
        APIField("places"),
        APIField("application_url"),
        APIField("state"),
        APIField("note"),
        APIField("note_sv"),
        APIField("status"),
        APIField("time_status"),
        APIField("application_status"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        indexes = [
            models.Index(fields=["start_date", "end_date"]),
            models.Index(fields=["application_closes"]),
        ]

    def __str__(self) -> str:
        return self.readable_dates

    def clean(self) -> None:
        super().clean()
        errors: dict[str, StrPromise] = {}
        if self.end_date and not self.start_date:
            errors["start_date"] = _("Give the first day too.")
        elif self.start_date and self.end_date and self.end_date < self.start_date:
            errors["end_date"] = _("The last day cannot be before the first day.")
        if (
            self.application_closes
            and self.start_date
            and self.application_closes > self.start_date
        ):
            errors["application_closes"] = _(
                "The last day to apply cannot be after the first day of the session."
            )
        if self.application_opens:
            if self.application_closes and self.application_opens > self.application_closes:
                errors["application_opens"] = _(
                    "Application cannot open after the last day to apply."
                )
            elif self.start_date and self.application_opens > self.start_date:
                errors["application_opens"] = _(
                    "Application cannot open after the first day of the session."
                )
        if errors:
            raise ValidationError(errors)

    @property
    def status(self) -> SessionStatus:
        """What matters most today, where one word has to do."""
        return session_status(self, school_today())

    @property
    def time_status(self) -> TimeStatus:
        """Where the session lies in time today."""
        return time_status(self, school_today())

    @property
    def application_status(self) -> ApplicationStatus:
        """Whether somebody can apply today."""
        return application_status(self, school_today())

    @property
    def readable_dates(self) -> str:
        """The days such as “12–24 Oct 2026”, or that they are yet to come."""
        if self.start_date is None:
            return str(TimeStatus.UNSCHEDULED.label)
        return short_date_range(self.start_date, self.end_date)

    @property
    def readable_application(self) -> str:
        """The days on which people can apply such as “1 Sep – 1 Oct 2026”, as far as known."""
        opens, closes = self.application_opens, self.application_closes
        if opens and closes:
            return short_date_range(opens, closes)
        if opens:
            return gettext("from %(day)s") % {"day": short_date(opens)}
        return gettext("until %(day)s") % {"day": short_date(closes)} if closes else ""

    @property
    def summary_line(self) -> str:
        """Dates, host and status: “12–24 Oct 2026 · Karolinska Institutet · open until 1 Sep”."""
        page = getattr(self, "page", None)
        host = page.host.localised_name if page is not None and page.host else ""
        return " · ".join(filter(None, [self.readable_dates, host, status_in_words(self)]))

    @property
    def last_date(self) -> date | None:
        """The last day, which is the first where no other is given."""
        return self.end_date or self.start_date

    @property
    def last_day_to_apply(self) -> date | None:
        """The last day on which somebody can apply, as far as it is known."""
        return last_day_to_apply(self)

    @property
    def apply_url(self) -> str:
        """Where to apply: the session's own link, or else the course's."""
        url: str = self.application_url or self.page.application_url
        return url
