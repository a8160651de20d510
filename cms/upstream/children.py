"""Children of pages, for each of which modelcluster asks the database what it already knows.

Wagtail 8.0.1 with django-modelcluster 6.5; no issue known. A form reads the children anew whenever
it looks at them, and asks for each child by its key; a version of a page that is put together asks
whether the page and the locale of each child exist. A course with ten sessions took thirty queries
more to publish for it.

An earlier version has children whose rows have been removed since: its form was refused with an
error at their hidden keys, which nobody sees. And one that refers to what is protected from
deletion while it is in use, and was deleted later, could not be put together at all.

Changed: a form looks among the children it has before it asks. One without a row gets a new one.
What was protected and is gone leaves its field empty, as what was not protected does.
Of a model with `KnownOwner` it reads them once, with what they refer to where they are shown, and
takes for granted that their page and locale are there, which the database holds.

Delete when publishing a page takes as many queries with ten children as with two, but for their
own rows.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Self

import modelcluster.models
from django.core.exceptions import ValidationError
from django.db.models import PROTECT, RESTRICT, ForeignKey, Model, prefetch_related_objects
from modelcluster.fields import ParentalKey
from modelcluster.forms import BaseChildFormSet


class KnownOwner:
    """A child of a page, in the page's locale."""

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> Self | None:
        """Return the child as a version of its page has it; None without what it refers to."""
        fields = cls._meta.concrete_fields  # type: ignore[attr-defined] # The model's own.
        known = {
            field.name: field.attname
            for field in fields
            if isinstance(field, ParentalKey) or field.name == "locale"
        }
        asked = {name: value for name, value in data.items() if name not in known}
        child: Self | None = modelcluster.models.model_from_serializable_data(
            cls, asked, check_fks, strict_fks
        )
        if child is not None:
            for name in known.keys() & data.keys():
                setattr(child, known[name], data[name])
        return child


def _without_what_is_gone(make: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(make)
    def made(model: type[Model], data: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        try:
            return make(model, data, *args, **kwargs)
        except Exception as error:
            # modelcluster's own has no class of its own.
            if type(error) is not Exception:
                raise
            there = {name: _there(model, name, value) for name, value in data.items()}
            if there == data:
                raise
            return make(model, there, *args, **kwargs)

    return made


def _there(model: type[Model], name: str, value: Any) -> Any:
    """Return `value` of a field, or None where it refers to what was protected and is gone."""
    field = next((field for field in model._meta.concrete_fields if field.name == name), None)
    if value is None or not isinstance(field, ForeignKey):
        return value
    protected = field.remote_field.on_delete in (PROTECT, RESTRICT)
    others = field.related_model._default_manager.filter(**{field.target_field.name: value})
    return None if protected and not others.exists() else value


def _references(model: type[Model]) -> list[str]:
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey)
        and field.name != "locale"
        and not isinstance(field, ParentalKey)
    ]


def guard() -> None:
    """Have forms read their children once, and find them among those they have."""
    modelcluster.models.model_from_serializable_data = _without_what_is_gone(
        modelcluster.models.model_from_serializable_data
    )
    make = BaseChildFormSet.__init__
    add_fields = BaseChildFormSet.add_fields

    @wraps(make)
    def with_children(self: Any, *args: Any, **kwargs: Any) -> None:
        make(self, *args, **kwargs)
        children = getattr(self.instance, self.rel_name)
        if self.instance.pk and issubclass(self.model, KnownOwner):
            held = children.get_object_list()
            if not self.is_bound:
                # Each row shows what it refers to.
                prefetch_related_objects(held, *_references(self.model))
            if not self.model._meta.ordering:
                held.sort(key=lambda child: child.pk or float("inf"))
            self.queryset = children.all()

    @wraps(add_fields)
    def with_known_children(self: Any, form: Any, index: int | None) -> None:
        add_fields(self, form, index)
        key = form.fields[self.model._meta.pk.name]
        ask = key.to_python

        def find(value: Any) -> Any:
            known = {str(child.pk): child for child in self.get_queryset() if child.pk}
            try:
                return known.get(str(value)) or ask(value)
            except ValidationError:
                return None

        key.to_python = find

    BaseChildFormSet.__init__ = with_children
    BaseChildFormSet.add_fields = with_known_children
