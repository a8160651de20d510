"""What a version of a page refers to and is no longer there: named to whoever brings it back."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import ForeignKey, Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.fields import StreamField
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from cms.models import Publication
from cms.pages.checks.anchors import field_anchor, list_anchor

type Place = tuple[str, str]
"""What is said, and the fragment of the place in the editor that it is said of."""


def gone_since(page: Page, content: dict[str, Any]) -> Iterator[tuple[str, Place]]:
    """Yield what `content` of a version names and `page`, which was made of it, has no more.

    Each with the name of its field. Nothing is asked of the database where nothing is gone.
    """
    of_any_page = {field.name for field in Page._meta.get_fields()}
    named = {name: value for name, value in content.items() if value and name not in of_any_page}
    for field in [*page._meta.concrete_fields, *get_all_child_m2m_relations(page)]:
        if field.name in named:
            for text in _gone_from_field(page, field, named[field.name]):
                yield field.name, (text, field_anchor(field.name))
    for relation in get_all_child_relations(page):
        name = relation.get_accessor_name()
        if name in named:
            for text in _gone_from_rows(relation, list(getattr(page, name).all()), named[name]):
                yield name, (text, list_anchor(name))


def _gone_from_field(page: Page, field: Any, stored: Any) -> Iterator[str]:
    if isinstance(field, ParentalManyToManyField):
        held = {chosen.pk for chosen in getattr(page, field.name).all()}
        yield from _missing(field.verbose_name, field.related_model, stored, held)
    elif isinstance(field, ForeignKey) and getattr(page, field.attname) is None:
        yield in_words(field.verbose_name, field.related_model, stored)
    elif isinstance(field, StreamField):
        text = _("%(place)s: a block of the kind “%(kind)s” no longer exists.")
        for kind in dict.fromkeys(_unknown_types(field, stored)):
            yield text % {"place": capfirst(field.verbose_name), "kind": kind}


def _gone_from_rows(relation: Any, rows: list[Any], stored: list[dict[str, Any]]) -> Iterator[str]:
    model = relation.related_model
    for field in _references(model):
        held = {getattr(row, field.attname) for row in rows}
        keys = [row[field.name] for row in stored if row.get(field.name)]
        yield from _missing(model._meta.verbose_name_plural, field.related_model, keys, held)


def in_words(place: Any, model: type[Model], key: Any) -> str:
    """Return in words that what was chosen at `place` is no longer there, by its title if known."""
    title = _title_of_page(key) if issubclass(model, Page) else _title(model, key)
    said = {"place": capfirst(place), "kind": model._meta.verbose_name, "title": title}
    if said["title"]:
        return _("%(place)s: “%(title)s” (%(kind)s) no longer exists.") % said
    return _("%(place)s: what was chosen there (%(kind)s) no longer exists.") % said


def _title(model: type[Model], key: Any) -> str | None:
    of_model = ContentType.objects.get_for_model(model)
    entries = ModelLogEntry.objects.filter(content_type=of_model, object_id=str(key))
    return _newest(entries.filter(action="wagtail.delete"))


def _title_of_page(key: Any) -> str | None:
    """Return what everyone has read; not what was only a draft of somebody else."""
    public = Publication.objects.filter(resource=Publication.Resource.PAGE, is_public=True)
    if not public.filter(resource_id=key).exists():
        return None
    return _newest(PageLogEntry.objects.filter(page=key, action="wagtail.publish"))


def _newest(entries: Any) -> str | None:
    title: str | None = entries.order_by("-timestamp").values_list("label", flat=True).first()
    return title


def _missing(place: Any, model: Any, named: Iterable[Any], held: set[Any]) -> Iterator[str]:
    for key in dict.fromkeys(named):
        if key not in held:
            yield in_words(place, model, key)


def _references(model: type[Model]) -> list[ForeignKey]:
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey)
        and not isinstance(field, ParentalKey)
        and field.name != "locale"
    ]


def _unknown_types(field: StreamField, stored: Any) -> Iterator[str]:
    try:
        items = json.loads(stored) if isinstance(stored, str) else stored
    except ValueError:
        return
    for item in items if isinstance(items, list) else ():
        kind = item.get("type") if isinstance(item, dict) else None
        if isinstance(kind, str) and kind not in field.stream_block.child_blocks:
            yield kind
