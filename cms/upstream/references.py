"""Fields that name other objects: whatever is sent instead of a key is refused beside the field."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import ModelChoiceField, ModelMultipleChoiceField


def is_key(model: type[models.Model], value: Any) -> bool:
    """Return whether `value` could be the primary key of a `model`, in this database."""
    key: Any = model._meta.pk
    while key.remote_field:
        key = key.target_field
    try:
        key.run_validators(key.to_python(value))
    except (ValidationError, OverflowError):
        return False
    return True


def _model(field: ModelChoiceField) -> type[models.Model]:
    queryset: Any = field.queryset
    model: type[models.Model] = queryset.model
    return model


class ReferenceField(ModelChoiceField):
    """Django's field, for widgets that look up what they are to show, as Wagtail's choosers do."""

    def prepare_value(self, value: Any) -> Any:
        """Return the key that a widget shows; None for what cannot be one."""
        prepared = super().prepare_value(value)
        return prepared if is_key(_model(self), prepared) else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what was sent, not what is shown."""
        if data in self.empty_values or is_key(_model(self), data):
            return super().has_changed(initial, data)
        return not self.disabled

    def to_python(self, value: Any) -> Any:
        """Return the object; raise ValidationError where there is none."""
        if isinstance(value, str) and value and not is_key(_model(self), value):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)


class ReferencesField(ModelMultipleChoiceField):
    """Django's field, which asks the database for no key that it could not hold."""

    def clean(self, value: Any) -> Any:
        """Return the objects; raise ValidationError where one is missing."""
        for key in value if isinstance(value, list | tuple) else ():
            if not is_key(_model(self), key):
                raise ValidationError(
                    self.error_messages["invalid_pk_value"],
                    code="invalid_pk_value",
                    params={"pk": key},
                )
        return super().clean(value)


def register_fields() -> None:
    """Use these fields in the forms of pages, of what is inside pages, and of snippets."""
    # Models' blocks import this module, and Wagtail's forms import models.
    from wagtail.admin.forms.models import (  # noqa: PLC0415
        register_form_field_override,
        registry,
    )

    def foreign_key(field: Any) -> dict[str, Any]:
        widgets: dict[str, Any] = registry.foreign_key_lookup(field) or {}
        return {"form_class": ReferenceField} | widgets

    register_form_field_override(models.ForeignKey, override=foreign_key)
    register_form_field_override(models.ManyToManyField, override={"form_class": ReferencesField})
