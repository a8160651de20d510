"""What is kept beside a page to find it by: its words, and what it refers to.

Wagtail brings both up to date whenever the page or one of its children is saved, and reads all of
it anew each time: for the words, before the children are written. Here a save does so once, at its
end. What only a draft changes is in neither.

A page is also found by the names of what it refers to, such as its universities. Wagtail does not
notice when these change.
"""

from collections import defaultdict
from collections.abc import Iterable
from contextlib import AbstractContextManager
from copy import copy
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from modelcluster.fields import ParentalKey
from wagtail.models import Page, ReferenceIndex, get_page_models
from wagtail.search.backends import get_search_backends
from wagtail.search.index import RelatedFields, insert_or_update_object

from cms.publishing.files import append_files
from cms.translations.children import with_children
from cms.translations.models import TranslatedPage
from cms.translations.synchronised_fields import carry_facts, showing_facts_of


def not_indexed() -> AbstractContextManager[None]:
    """Leave the indexes alone while a page and its children are saved."""
    # It asks for models, which this module comes before.
    from wagtail.signal_handlers import (  # noqa: PLC0415
        disable_reference_index_auto_update,
    )

    without_updates: AbstractContextManager[None] = disable_reference_index_auto_update()
    return without_updates


def bring_up_to_date(page: TranslatedPage, *, carries_facts: bool) -> None:
    """Have both indexes say what was saved of `page`, and its translations show its facts.

    The log then tells of the files that it uses. The page is read once for all of it, as it is in
    the database. Within a transaction.
    """
    translations = showing_facts_of(page) if carries_facts else ()
    saved, *others = with_children([copy(page), *translations])
    # As `insert_or_update_object`, which would ask whether there is such a page.
    for backend in get_search_backends(with_auto_update=True):
        backend.add(saved)
    ReferenceIndex.create_or_update_for_object(saved)
    append_files()
    carry_facts(saved, others)


@dataclass(frozen=True, slots=True)
class _Relation:
    """Where pages of a type are found by the texts called `names` of what `field` refers to."""

    pages: type[Page]
    field: str
    names: frozenset[str]


def connect() -> None:
    """Start listening for new names of what pages refer to. Called once, when all apps are ready.

    What stands in a table of the page's own, such as its sessions, is saved with the page.
    """
    relations: dict[type[Model], list[_Relation]] = defaultdict(list)
    for pages in get_page_models():
        for found in pages.get_search_fields():
            if isinstance(found, RelatedFields):
                field: Any = pages._meta.get_field(found.field_name)
                if not isinstance(field.remote_field, ParentalKey):
                    names = frozenset(text.field_name for text in found.fields)
                    relation = _Relation(pages, found.field_name, names)
                    relations[field.related_model].append(relation)
    for model, its_relations in relations.items():
        for signal, receiver in (
            (pre_save, _remember_names),
            (post_save, _index_pages_of_renamed),
            (pre_delete, _remember_pages),
            (post_delete, _index_remembered_pages),
        ):
            uid = f"indexes_{model._meta.label_lower}_{receiver.__name__}"
            receive = partial(receiver, relations=its_relations)
            signal.connect(receive, sender=model, weak=False, dispatch_uid=uid)


def _remember_names(instance: Model, relations: list[_Relation], **kwargs: Any) -> None:
    names = sorted(frozenset().union(*(relation.names for relation in relations)))
    rows = type(instance)._default_manager.filter(pk=instance.pk)
    instance.__dict__["_names_before"] = rows.values(*names).first()


def _index_pages_of_renamed(instance: Model, relations: list[_Relation], **kwargs: Any) -> None:
    before = instance.__dict__.pop("_names_before", None) or {}
    if any(getattr(instance, name) != value for name, value in before.items()):
        _index(_pages_of(instance, relations))


def _remember_pages(instance: Model, relations: list[_Relation], **kwargs: Any) -> None:
    instance.__dict__["_pages_before"] = _pages_of(instance, relations)


def _index_remembered_pages(instance: Model, **kwargs: Any) -> None:
    _index(instance.__dict__.pop("_pages_before", ()))


def _pages_of(instance: Model, relations: list[_Relation]) -> set[tuple[type[Page], int]]:
    return {
        (relation.pages, pk)
        for relation in relations
        for pk in relation.pages._default_manager.filter(**{relation.field: instance}).values_list(
            "pk", flat=True
        )
    }


def _index(pages: Iterable[tuple[type[Page], int]]) -> None:
    for model, pk in pages:
        page = model._default_manager.filter(pk=pk).first()
        if page is not None:
            insert_or_update_object(page)
