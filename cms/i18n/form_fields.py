"""Form fields that take dates, times and numbers as people type them.

What they cannot read they refuse, and what was typed stays in the field.
"""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import django_filters
from django import forms
from django.db import models
from django_filters import fields as filter_fields

from cms.i18n import date_parsing, numbers


def _typed(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


class DateField(forms.DateField):
    """A day, as `cms.i18n.date_parsing.day` reads it."""

    def to_python(self, value: Any) -> date | None:
        """Return the day; raise ValidationError where there is none such."""
        return super().to_python(date_parsing.day(value) if _typed(value) else value)


class TimeField(forms.TimeField):
    """A time of day, as `cms.i18n.date_parsing.time_of_day` reads it."""

    def to_python(self, value: Any) -> time | None:
        """Return the time; raise ValidationError where there is none such."""
        return date_parsing.time_of_day(value) if _typed(value) else super().to_python(value)


class DateTimeField(forms.DateTimeField):
    """A day and a time, as `moment` reads them; the day's beginning by a day's picker."""

    def to_python(self, value: Any) -> datetime | None:
        """Return the moment in the editor's time zone; raise ValidationError where it is none."""
        if _typed(value):
            read = (
                date_parsing.day
                if isinstance(self.widget, forms.DateInput)
                else date_parsing.moment
            )
            value = read(value)
        return super().to_python(value)


class NumberInput(forms.TextInput):
    """A number as text. Browsers' own number fields drop a comma without a word."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, inputmode: str = "decimal") -> None:
        super().__init__({"inputmode": inputmode, "autocomplete": "off"} | (attrs or {}))

    def format_value(self, value: Any) -> str | None:
        """Return a number as the editor's language writes it, and what was typed as it is."""
        if isinstance(value, int | float | Decimal):
            return numbers.number_text(value)
        return super().format_value(value)


class WholeNumberInput(NumberInput):
    """A whole number as text."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, inputmode="numeric")


class DecimalField(forms.DecimalField):
    """A number, as `cms.i18n.numbers.number` reads it."""

    widget = NumberInput

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """Return the number; raise ValidationError where it is none, or could be two."""
        return super().to_python(numbers.number(value) if _typed(value) else value)


class IntegerField(forms.IntegerField):
    """A whole number, as `cms.i18n.numbers.whole_number` reads it."""

    widget = WholeNumberInput

    def to_python(self, value: Any) -> int | None:
        """Return the number; raise ValidationError where it is none, or could be two."""
        return super().to_python(numbers.whole_number(value) if _typed(value) else value)


class NumberRangeField(filter_fields.RangeField):
    """The range of numbers that a list is narrowed down to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__((DecimalField(), DecimalField()), *args, **kwargs)
        # Wagtail's widget for this comes with browsers' number fields in it.
        self.widget.widgets = [
            NumberInput({"placeholder": widget.attrs.get("placeholder", "")}, inputmode="numeric")
            for widget in self.widget.widgets
        ]


class DateRangeField(filter_fields.DateRangeField):
    """The range of days that a list is narrowed down to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Past its parent, whose fields are Django's.
        super(filter_fields.DateRangeField, self).__init__(
            (DateField(), DateField()), *args, **kwargs
        )


def register_fields() -> None:
    """Use these fields in all forms that Wagtail makes of models, and in the filters of lists."""
    # Wagtail's forms ask for models, which `cms.fields` comes before.
    from wagtail.admin.forms.models import (  # noqa: PLC0415
        register_form_field_override,
        registry,
    )

    by_model_field: dict[type[models.Field], type[forms.Field]] = {
        models.DateField: DateField,
        models.TimeField: TimeField,
        models.DateTimeField: DateTimeField,
        models.DecimalField: DecimalField,
        models.IntegerField: IntegerField,
    }
    for model_field, form_field in by_model_field.items():
        override = registry.values_by_class.get(model_field, {})
        register_form_field_override(model_field, override={**override, "form_class": form_field})
    django_filters.DateFilter.field_class = DateField
    django_filters.DateTimeFilter.field_class = DateTimeField
    django_filters.DateFromToRangeFilter.field_class = DateRangeField
    django_filters.RangeFilter.field_class = NumberRangeField
    django_filters.NumberFilter.field_class = DecimalField
