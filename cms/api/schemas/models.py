"""Shapes made from models: what `api_fields` lists, represented by the kind of each field."""

from collections.abc import Callable, Iterator
from functools import cache
from operator import attrgetter
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model

from cms.api.batching import Wanted
from cms.api.schemas.base import Field, Rendering, Shape
from cms.api.schemas.html import story_html
from cms.api.schemas.images import DOCUMENT, IMAGE
from cms.api.schemas.streamfields import note_references, represent_story
from cms.api.schemas.universities import UNIVERSITY
from cms.blocks import StoryBlock
from cms.models import University

_shapes: dict[type[models.Model], Shape] = {University: UNIVERSITY}


def register_shape(model: type[models.Model], shape: Shape) -> Shape:
    """Let `model` look like `shape` wherever another object contains it."""
    _shapes[model] = shape
    return shape


@cache
def model_shape(model: type[models.Model]) -> Shape:
    """Return the shape of a model that stands inside others: registered, or its `api_fields`."""
    if model in _shapes:
        return _shapes[model]
    fields = list(model_fields(model))
    return Shape.of(fields, listed=" ".join(field.name for field in fields))


def model_fields(model: type[models.Model]) -> Iterator[Field]:
    """Yield a field for everything in the model's `api_fields`; stories are two, as HTML too."""
    for api_field in getattr(model, "api_fields", ()):
        yield from _fields(model, api_field.name)


def _fields(model: type[models.Model], name: str) -> Iterator[Field]:
    try:
        field: Any = model._meta.get_field(name)
    except FieldDoesNotExist:
        yield Field(name, _plain(name))
        return
    if isinstance(field, StreamField):
        yield from _stream_fields(field)
    elif isinstance(field, RichTextField):
        yield Field(name, _rich_text(name), refer=_note_rich_text(name), joins=("locale",))
    elif field.is_relation:
        yield _relation(field, name)
    elif isinstance(field, models.DecimalField):
        yield Field(name, _converted(name, str))
    elif isinstance(field, models.DateField):
        yield Field(name, _converted(name, lambda value: value.isoformat()))
    elif isinstance(field, models.UUIDField):
        yield Field(name, _converted(name, str))
    else:
        yield Field(name, _plain(name))


def _plain(name: str) -> Callable[[Any, Rendering], Any]:
    get = attrgetter(name)
    return lambda instance, rendering: get(instance)


def _converted(name: str, convert: Callable[[Any], Any]) -> Callable[[Any, Rendering], Any]:
    get = attrgetter(name)

    def read(instance: Any, rendering: Rendering) -> Any:
        value = get(instance)
        return None if value is None else convert(value)

    return read


def _locale_of(instance: Any) -> str:
    code: str = instance.locale.language_code
    return code


def _rich_text(name: str) -> Callable[[Any, Rendering], Any]:
    get = attrgetter(name)
    return lambda instance, r: r.references.html(get(instance), _locale_of(instance))


def _note_rich_text(name: str) -> Callable[[Any, Wanted], None]:
    get = attrgetter(name)
    return lambda instance, wanted: wanted.rich_text(get(instance))


def _stream_fields(field: StreamField) -> Iterator[Field]:
    block, get = field.stream_block, attrgetter(field.name)

    def refer(instance: Any, wanted: Wanted) -> None:
        note_references(block, get(instance).raw_data, wanted)

    def read(instance: Any, rendering: Rendering) -> Any:
        key = (instance.pk, field.attname)
        if key not in rendering.stories:
            raw, locale = get(instance).raw_data, _locale_of(instance)
            rendering.stories[key] = represent_story(block, raw, rendering, locale)
        return rendering.stories[key]

    joins = ("locale",)
    yield Field(field.name, read, refer=refer, joins=joins)
    if isinstance(block, StoryBlock):
        yield Field(
            f"{field.name}_html",
            lambda instance, rendering: story_html(read(instance, rendering)),
            refer=refer,
            joins=joins,
        )


def _relation(field: Any, name: str) -> Field:
    related: type[models.Model] = field.related_model
    key = attrgetter(f"{name}_id") if field.many_to_one else None
    if key is not None and related is get_image_model():
        return Field(
            name,
            lambda instance, r: r.references.images.get(key(instance)),
            shape=lambda: IMAGE,
            refer=lambda instance, wanted: _note(wanted.images, key(instance)),
        )
    if key is not None and related is get_document_model():
        return Field(
            name,
            lambda instance, r: r.references.documents.get(key(instance)),
            shape=lambda: DOCUMENT,
            refer=lambda instance, wanted: _note(wanted.documents, key(instance)),
        )

    def shape() -> Shape:
        return model_shape(related)

    get = attrgetter(name)
    if key is not None:
        return Field(name, lambda instance, r: get(instance), shape=shape, joined=name)
    return Field(
        name,
        lambda instance, r: get(instance).all(),
        shape=shape,
        is_many=True,
        prefetched=name,
        queryset=related._default_manager.all,
    )


def _note(keys: set[int], key: int | None) -> None:
    if key is not None:
        keys.add(key)
