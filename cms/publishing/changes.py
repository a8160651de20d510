"""The rows that a change makes in the log: of what changed, and of all that shows it."""

from collections.abc import Iterable

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from wagtail.models import Page, PageQuerySet

from cms.models import Publication
from cms.publishing.dependents import pages_that_show
from cms.publishing.files import SHARED_MODELS, append_files, file_models, public_files, told_files
from cms.publishing.log import Change, append, take_turn
from cms.publishing.visibility import Boundaries, listed_pages, public_pages


def append_pages(pages: Iterable[Page], *, are_deleted: bool = False) -> None:
    """Append rows for `pages` and for the other published pages that show something of them.

    Those are their translations, which list each other, and the pages that refer to any of
    these: a link to a page leads to its translation in the reader's language as soon as it is
    published.
    """
    changed = {page.pk: page.translation_key for page in pages}
    if not changed:
        return
    translations = Q(translation_key__in=changed.values())
    others = pages_that_show(Page.objects.filter(translations))
    affected = Page.objects.filter(translations | Q(pk__in=[*changed, *others]))
    append(_page_changes(affected, deleted=changed.keys() if are_deleted else ()))


def append_shared(resource: str, instances: Iterable[Model], *, are_deleted: bool = False) -> None:
    """Append rows for objects that pages share, all of one model, and for what shows them.

    A file that nobody is told of leaves none.
    """
    # What is public must not change between judging and telling.
    take_turn()
    instances = list(instances)
    keys = {instance.pk for instance in instances}
    public, told = set() if are_deleted else _public_ids(instances), keys
    if instances and type(instances[0]) in file_models():
        rows = told_files(resource).filter(resource_id__in=keys)
        told = set(rows.values_list("resource_id", flat=True)) if keys - public else set()
    pages = pages_that_show(instances)
    append(
        [Change(resource, key, is_public=key in public) for key in sorted(public | told)]
        + _shared_changes_around(instances)
        + (_page_changes(Page.objects.filter(pk__in=pages)) if pages else [])
    )


def append_everything() -> int:
    """Append a row for everything that is public, and one for the site; return how many."""
    pages = _page_changes(public_pages())
    shared = [
        Change(resource, pk)
        for model, resource in (SHARED_MODELS | file_models()).items()
        for pk in _public(model._default_manager.all()).values_list("pk", flat=True)
    ]
    changes = [Change(Publication.Resource.SITE), *pages, *shared]
    append(changes)
    append_files()
    return len(changes)


def _page_changes(pages: PageQuerySet, *, deleted: Iterable[int] = ()) -> list[Change]:
    boundaries = Boundaries.read()
    remaining = Page.objects.filter(pk=OuterRef("pk")).exclude(pk__in=deleted)
    rows = pages.order_by("pk").annotate(
        is_public=Exists(public_pages(remaining, boundaries)),
        is_listed=Exists(listed_pages(remaining, boundaries)),
    )
    return [
        Change(
            Publication.Resource.PAGE,
            page_id,
            translation_key,
            locale,
            is_public,
            boundaries.home_above(path) if is_listed else None,
        )
        for page_id, translation_key, locale, path, is_public, is_listed in rows.values_list(
            "pk", "translation_key", "locale__language_code", "path", "is_public", "is_listed"
        )
    ]


def _shared_changes_around(instances: list[Model]) -> list[Change]:
    """Return changes of the shared objects that show any of `instances`: universities a logo."""
    return [
        Change(resource, pk)
        for model, resource in SHARED_MODELS.items()
        for field in model._meta.local_fields
        if instances and field.related_model is type(instances[0]) and field.name != "collection"
        for pk in model._default_manager.filter(**{f"{field.name}__in": instances}).values_list(
            "pk", flat=True
        )
    ]


def _public_ids(instances: list[Model]) -> set[int]:
    if not instances:
        return set()
    chosen = type(instances[0])._default_manager.filter(pk__in=[i.pk for i in instances])
    return set(_public(chosen).values_list("pk", flat=True))


def _public(items: QuerySet[Model]) -> QuerySet[Model]:
    return public_files(items) if items.model in file_models() else items
