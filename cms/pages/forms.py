"""The page editor's form."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.db.models import Model
from django.forms import ModelChoiceField
from django.forms.models import ModelChoiceIterator
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.translations.forms import TranslatedPageForm


class ChoicesReadOnce(ModelChoiceIterator):
    """What can be chosen, read once for each form, which has it for people and for its scripts.

    Several fields of a form may offer the same: `known` holds what has been read for any of them.
    """

    def __init__(self, field: ModelChoiceField, known: dict[str, list[Model]]) -> None:
        super().__init__(field)
        self.known = known

    @cached_property
    def objects(self) -> list[Model]:
        """What the field offers."""
        query = str(self.queryset.query)
        if query not in self.known:
            self.known[query] = list(self.queryset)
        return self.known[query]

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        if self.field.empty_label is not None:
            yield "", str(self.field.empty_label)
        yield from map(self.choice, self.objects)


class PageForm(TranslatedPageForm):
    """The form of every page type, whose schedule holds up nothing but what it is about."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known: dict[str, list[Model]] = {}
        for choice in self.fields.values():
            if isinstance(choice, ModelChoiceField):
                choice.widget.choices = ChoicesReadOnce(choice, known)
        for name in ("go_live_at", "expire_at"):
            if field := self.fields.get(name):
                # To close the dialogue is to go back to what is saved, not to what was refused.
                saved = field.widget.format_value(field.prepare_value(self.initial.get(name)))
                field.widget.attrs["data-w-action-value-param"] = saved or ""

    def clean(self) -> dict[str, Any]:
        """Let a draft keep the time at which its page expired; no page is published with it.

        Nor is a page with an image that has no description.
        """
        expire_at = self.cleaned_data.get("expire_at")
        self._refuse_image_without_description()
        is_kept = self.is_deferred_validation and "expire_at" not in self.changed_data
        if not (is_kept and expire_at and expire_at < timezone.now()):
            return dict(super().clean())
        del self.cleaned_data["expire_at"]
        return {**super().clean(), "expire_at": expire_at}

    def _refuse_image_without_description(self) -> None:
        """Have no page published whose image says nothing to those who cannot see it."""
        name = self.instance.main_image_field
        image = self.cleaned_data.get(name)
        if image and image.lacks_description and not self.is_deferred_validation:
            self.add_error(
                name,
                _(
                    "This image has no description. Edit the image: "
                    "say what it shows, or mark it as decorative."
                ),
            )
