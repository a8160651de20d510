"""What belongs to a course besides its sessions: people, and other courses."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.api import APIField
from wagtail.models import Orderable, TranslatableMixin

from cms.fields import WebAddressField
from cms.upstream.children import KnownOwner


class CoursePerson(KnownOwner, TranslatableMixin, Orderable):
    """A teacher of a course or somebody to ask about it."""

    class Role(models.TextChoices):
        """What the person does for the course."""

        RESPONSIBLE_TEACHER = "responsible_teacher", _("Responsible teacher")
        TEACHER = "teacher", _("Teacher")
        EXAMINER = "examiner", _("Examiner")
        CONTACT = "contact", _("Contact")

    page = ParentalKey("courses.CoursePage", on_delete=models.CASCADE, related_name="people")
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(
        _("role"), max_length=24, choices=Role.choices, default=Role.RESPONSIBLE_TEACHER
    )
    email = models.EmailField(_("e-mail"), blank=True)
    university = models.ForeignKey(
        "cms.University",
        verbose_name=_("university"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    website = WebAddressField(_("profile page"), blank=True)

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("role")]),
        FieldRowPanel([FieldPanel("email"), FieldPanel("website")]),
        FieldPanel("university"),
    ]
    api_fields: ClassVar[list[APIField]] = [
        APIField("name"),
        APIField("role"),
        APIField("email"),
        APIField("university"),
        APIField("website"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name


class RelatedCourse(KnownOwner, TranslatableMixin, Orderable):
    """A course worth taking before, after or instead of another."""

    page = ParentalKey(
        "courses.CoursePage", on_delete=models.CASCADE, related_name="related_courses"
    )
    course = models.ForeignKey(
        "courses.CoursePage", verbose_name=_("course"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("course")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("related course")
        verbose_name_plural = _("related courses")

    def __str__(self) -> str:
        return self.course.title

    def clean(self) -> None:
        super().clean()
        if self.course_id and self.course_id == self.page_id:
            raise ValidationError({"course": _("A course cannot be related to itself.")})
