"""Listening for everything that changes what the public sees, and writing it to the log.

Django's own model signals are used, not Wagtail's: they fire inside the transaction of the save
or the deletion itself. Wagtail's fire after it (`page_published`, `post_page_move`) or only once
it has been committed (`page_slug_changed`), when a crash would lose the row.

A single-table model saved in autocommit mode still commits before its signal, which is why every
request that writes runs in one transaction (`ATOMIC_REQUESTS`).
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Site,
)

from cms.models import Publication, SiteSettings, SocialLink, University
from cms.publishing.dependents import pages_that_show
from cms.publishing.log import Change, append
from cms.publishing.visibility import (
    below,
    public_collection_items,
    public_pages,
    with_aliases,
)

Resource = Publication.Resource

# What Wagtail writes on a published page while only its draft, its lock or its number of children
# changes. A save of nothing else is not public.
PRIVATE_FIELDS = frozenset(
    {
        "draft_title",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "live_revision",
        "locked",
        "locked_at",
        "locked_by",
        "numchild",
        "translated_at",
        "translated_digest",
        "wagtail_admin_comments",
    }
)
# What the pages below a page tell of it: in their breadcrumbs, and with their addresses.
_TOLD_BELOW = ("live", "url_path", "title")
_STATE_BEFORE = "_state_before_save"
_SHARED_MODELS: dict[type[Model], str] = {}


def connect() -> None:
    """Start listening. Called once, when the applications are ready."""
    pre_save.connect(_before_page_save, dispatch_uid="publication_page_pre_save")
    post_save.connect(_after_page_save, dispatch_uid="publication_page_post_save")
    pre_delete.connect(_before_page_delete, sender=Page, dispatch_uid="publication_page_delete")
    for model, receiver in (
        (PageViewRestriction, _on_page_restriction),
        (CollectionViewRestriction, _on_collection_restriction),
        (SiteSettings, _on_site),
        (SocialLink, _on_site),
        (Redirect, _on_site),
        (Site, _on_site),
        (Locale, _on_site),
    ):
        _connect_changes(model, receiver)
    post_save.connect(_on_collection, sender=Collection, dispatch_uid="publication_collection")
    record_changes_of(University, Resource.UNIVERSITY)
    record_changes_of(get_image_model(), Resource.IMAGE)
    record_changes_of(get_document_model(), Resource.DOCUMENT)


def record_changes_of(model: type[Model], resource: str) -> None:
    """Record every save and deletion of `model` as changes of `resource`.

    For objects that pages share; apps call it for their own when they are ready.
    """

    def on_change(instance: Model, raw: bool = False, **kwargs: Any) -> None:
        if not raw:
            _append_shared(resource, [instance])

    def on_delete(instance: Model, **kwargs: Any) -> None:
        _append_shared(resource, [instance], is_deleted=True)

    _SHARED_MODELS[model] = resource
    uid = f"publication_{model._meta.label_lower}"
    post_save.connect(on_change, sender=model, weak=False, dispatch_uid=f"{uid}_save")
    # Before the deletion, while it is still known which pages show the object.
    pre_delete.connect(on_delete, sender=model, weak=False, dispatch_uid=f"{uid}_delete")


def append_pages(pages: Iterable[Page], *, are_deleted: bool = False) -> None:
    """Append rows for `pages` and for the other published pages that show something of them.

    Those are their translations, which list each other, and the pages that refer to any of
    these: a link to a page leads to its translation in the reader's language as soon as it is
    published.
    """
    changed = {page.pk: page for page in pages}
    if not changed:
        return
    translations = Page.objects.filter(
        translation_key__in=[page.translation_key for page in changed.values()]
    ).exclude(pk__in=changed)
    others = pages_that_show([*changed.values(), *translations])
    others |= {page.pk for page in translations}
    append(_page_changes([*changed, *others], deleted=changed.keys() if are_deleted else ()))


def append_everything() -> int:
    """Append a row for everything that is public, and one for the site; return how many."""
    pages = _page_changes(public_pages().values_list("pk", flat=True))
    shared = [
        Change(resource, pk)
        for model, resource in _SHARED_MODELS.items()
        for pk in _public(model._default_manager.all()).values_list("pk", flat=True)
    ]
    changes = [Change(Resource.SITE), *pages, *shared]
    append(changes)
    return len(changes)


def _page_changes(page_ids: Iterable[int], *, deleted: Iterable[int] = ()) -> list[Change]:
    page_ids = list(page_ids)
    remaining = Page.objects.filter(pk__in=page_ids).exclude(pk__in=deleted)
    public = set(public_pages(remaining).values_list("pk", flat=True))
    rows = Page.objects.filter(pk__in=page_ids).order_by("pk")
    return [
        Change(Resource.PAGE, page_id, translation_key, locale, page_id in public)
        for page_id, translation_key, locale in rows.values_list(
            "pk", "translation_key", "locale__language_code"
        )
    ]


def _before_page_save(instance: Model, raw: bool, update_fields: Any, **kwargs: Any) -> None:
    if raw or not isinstance(instance, Page) or is_private_save(update_fields):
        return
    state = Page.objects.filter(pk=instance.pk).values(*_TOLD_BELOW, "numchild").first()
    setattr(instance, _STATE_BEFORE, state)


def _after_page_save(instance: Model, raw: bool, update_fields: Any, **kwargs: Any) -> None:
    if raw or not isinstance(instance, Page) or is_private_save(update_fields):
        return
    before = instance.__dict__.pop(_STATE_BEFORE, None)
    was_live = bool(before and before["live"])
    changed = [instance] if was_live or instance.live else []
    if (
        before
        and before["numchild"]
        and any(before[name] != getattr(instance, name) for name in _TOLD_BELOW)
    ):
        changed += _other_live_descendants(instance)
    append_pages(changed)


def is_private_save(update_fields: Iterable[str] | None) -> bool:
    """Return whether a save of these fields changes nothing that the public sees."""
    return update_fields is not None and PRIVATE_FIELDS.issuperset(update_fields)


def _other_live_descendants(page: Page) -> Iterable[Page]:
    return Page.objects.get(pk=page.pk).get_descendants().live()


def _before_page_delete(instance: Page, **kwargs: Any) -> None:
    # Asked of the database: Wagtail's own receiver marks the instance as unpublished.
    if Page.objects.filter(pk=instance.pk, live=True).exists():
        append_pages([instance], are_deleted=True)


def _connect_changes(model: type[Model], receiver: Callable[..., None]) -> None:
    uid = f"publication_{model._meta.label_lower}"
    post_save.connect(receiver, sender=model, dispatch_uid=f"{uid}_save")
    post_delete.connect(receiver, sender=model, dispatch_uid=f"{uid}_delete")


def _on_page_restriction(instance: PageViewRestriction, **kwargs: Any) -> None:
    paths = with_aliases({instance.page.path})
    append_pages(Page.objects.live().filter(below(paths)))


def _on_collection_restriction(instance: CollectionViewRestriction, **kwargs: Any) -> None:
    _append_collection(instance.collection)


def _on_collection(instance: Collection, raw: bool, **kwargs: Any) -> None:
    if not raw:
        _append_collection(instance)


def _append_collection(collection: Collection) -> None:
    collections = collection.get_descendants(inclusive=True)
    for resource, model in (
        (Resource.IMAGE, get_image_model()),
        (Resource.DOCUMENT, get_document_model()),
    ):
        _append_shared(resource, list(model.objects.filter(collection__in=collections)))


def _append_shared(resource: str, instances: Iterable[Model], *, is_deleted: bool = False) -> None:
    instances = list(instances)
    public = _public_ids(instances) if not is_deleted else set()
    append(
        [Change(resource, instance.pk, is_public=instance.pk in public) for instance in instances]
        + _shared_changes_around(instances)
        + _page_changes(pages_that_show(instances))
    )


def _shared_changes_around(instances: list[Model]) -> list[Change]:
    """Return changes of the shared objects that show any of `instances`: universities a logo."""
    return [
        Change(resource, pk)
        for model, resource in _SHARED_MODELS.items()
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
    has_collection = hasattr(items.model, "collection")
    return public_collection_items(items) if has_collection else items


def _on_site(raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        append([Change(Resource.SITE)])
