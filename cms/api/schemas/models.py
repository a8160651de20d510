"""Schemas made from models: what `api_fields` lists, represented by the kind of each field."""

from collections.abc import Iterator
from functools import cache, partial
from operator import attrgetter
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from wagtail.fields import RichTextField, StreamField
from wagtail.models import CollectionMember

from cms.api.batching import Batch
from cms.api.schemas.base import Field, Schema, Selection, select
from cms.api.schemas.html import story_html
from cms.api.schemas.streamfields import represent_story
from cms.blocks import StoryBlock

_schemas: dict[type[models.Model], Schema] = {}


def _model_of(instance: Any) -> type[models.Model]:
    model: type[models.Model] = getattr(instance, "specific_class", None) or type(instance)
    return model


def _detail_url(instance: Any, batch: Batch) -> str | None:
    return batch.site.detail_url(_model_of(instance), instance.pk)


# What every object with an address of its own in the API has.
OBJECT = (
    Field("id", "pk"),
    Field("type", lambda instance, _batch: _model_of(instance)._meta.label, in_meta=True),
    Field("detail_url", _detail_url, in_meta=True),
)


def register_schema(model: type[models.Model], schema: Schema) -> Schema:
    """Let `model` look like `schema` wherever another object contains it."""
    _schemas[model] = schema
    return schema


@cache
def model_schema(model: type[models.Model]) -> Schema:
    """Return the schema of a model that stands inside others: registered, or its `api_fields`."""
    return _schemas.get(model) or Schema(model_fields(model))


@cache
def _nested(model: type[models.Model]) -> Selection:
    schema = model_schema(model)
    return select(schema, [], schema.nested)


def model_fields(model: type[models.Model]) -> Iterator[Field]:
    """Yield a field for everything in the model's `api_fields`; stories are two, as HTML too."""
    for api_field in getattr(model, "api_fields", ()):
        name = api_field.name
        try:
            field: Any = model._meta.get_field(name)
        except FieldDoesNotExist:
            yield Field(name)
            continue
        if isinstance(field, StreamField):
            yield from _stream_fields(field)
        elif isinstance(field, RichTextField):
            yield Field(name, partial(_rich_text, attrgetter(name)), joins=("locale",))
        elif field.is_relation:
            yield _relation(field, name)
        else:
            yield Field(name)


def _rich_text(get: Any, instance: Any, batch: Batch) -> Any:
    return batch.html(get(instance), instance.locale.language_code)


def _stream_fields(field: StreamField) -> Iterator[Field]:
    def read(instance: Any, batch: Batch) -> Any:
        key = (instance.pk, field.attname)
        if key not in batch.stories:
            raw = list(getattr(instance, field.attname).raw_data)
            locale = instance.locale.language_code
            batch.stories[key] = represent_story(field.stream_block, raw, batch, locale, _nested)
        return batch.stories[key]

    def read_html(instance: Any, batch: Batch) -> Any:
        return partial(story_html, read(instance, batch))

    yield Field(field.name, read, joins=("locale",))
    if isinstance(field.stream_block, StoryBlock):
        yield Field(f"{field.name}_html", read_html, joins=("locale",))


def _relation(field: Any, name: str) -> Field:
    related: type[models.Model] = field.related_model
    schema = partial(model_schema, related)
    if not field.many_to_one:
        queryset = related._default_manager.all
        get_all = attrgetter(f"{name}.all")
        return Field(
            name,
            lambda instance, _batch: get_all(instance)(),
            schema,
            relation=name,
            queryset=queryset,
        )
    if issubclass(related, CollectionMember):
        # A file may be private, so that joining it would not do.
        key = attrgetter(field.attname)
        return Field(name, lambda i, b: b.later(related, key(i)) if key(i) else None, schema)
    return Field(name, schema=schema, relation=name)
