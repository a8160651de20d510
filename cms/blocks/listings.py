"""Blocks whose content keeps itself up to date."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import BooleanBlock, CharBlock, StructBlock

from cms.i18n.form_fields import IntegerField


class IntegerBlock(blocks.IntegerBlock):
    """A whole number as people type it (`cms.i18n.numbers`)."""

    def __init__(
        self,
        *,
        required: bool = True,
        help_text: Any = None,
        min_value: int | None = None,
        max_value: int | None = None,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.field = IntegerField(
            required=required, help_text=help_text, min_value=min_value, max_value=max_value
        )


class UniversitiesBlock(StructBlock):
    """The partner universities, as they are in the university list today."""

    heading = CharBlock(required=False, max_length=120, label=_("Heading"))
    only_founding_partners = BooleanBlock(
        required=False, default=True, label=_("Only the founding partners")
    )

    class Meta:
        icon = "group"
        label = _("Partner universities")
        description = _("The universities, always as they are in the university list.")
        template = "blocks/universities.html"
        preview_value = {"heading": "Our universities", "only_founding_partners": True}


class UpcomingCoursesBlock(StructBlock):
    """The next course sessions, as they are in the course pages today."""

    heading = CharBlock(required=False, max_length=120, label=_("Heading"))
    limit = IntegerBlock(
        default=3, min_value=1, max_value=12, label=_("How many"), help_text=_("At most 12.")
    )

    class Meta:
        icon = "calendar-alt"
        is_dependent = True
        label = _("Upcoming courses")
        description = _("The courses that start next, always up to date.")
        template = "blocks/upcoming_courses.html"
        preview_value = {"heading": "Upcoming courses", "limit": 3}
