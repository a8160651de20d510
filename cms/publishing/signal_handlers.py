"""Listening for everything that changes what the public sees, and writing it to the log.

Django's own model signals are used, not Wagtail's: they fire inside the transaction of the save
or the deletion itself. Wagtail's fire after it (`page_published`, `post_page_move`) or only once
it has been committed (`page_slug_changed`), when a crash would lose the row.

A single-table model saved in autocommit mode still commits before its signal, which is why every
request that writes runs in one transaction (`ATOMIC_REQUESTS`).
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    ReferenceIndex,
    Site,
)

from cms.models import Publication, SiteSettings, SocialLink, University
from cms.publishing.changes import append_pages, append_shared
from cms.publishing.files import SHARED_MODELS, append_files, file_models
from cms.publishing.log import Change, append
from cms.publishing.visibility import below, with_aliases

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


def connect() -> None:
    """Start listening. Called once, when the applications are ready."""
    pre_save.connect(_before_page_save, dispatch_uid="publication_page_pre_save")
    post_save.connect(_after_page_save, dispatch_uid="publication_page_post_save")
    pre_delete.connect(_before_page_delete, sender=Page, dispatch_uid="publication_page_delete")
    post_delete.connect(_after_deletion, sender=Page, dispatch_uid="publication_page_deleted")
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
    for file_model, resource in file_models().items():
        _connect_shared(file_model, resource)


def record_changes_of(model: type[Model], resource: str) -> None:
    """Record every save and deletion of `model` as changes of `resource`, and of its files.

    For objects that pages share, which are public as soon as there are any; apps call it for their
    own when they are ready.
    """
    SHARED_MODELS[model] = resource
    _connect_shared(model, resource)
    uid = f"publication_{model._meta.label_lower}"
    post_save.connect(_after_shared_save, sender=model, dispatch_uid=f"{uid}_saved")
    post_delete.connect(_after_deletion, sender=model, dispatch_uid=f"{uid}_deleted")


def _connect_shared(model: type[Model], resource: str) -> None:
    def on_change(instance: Model, raw: bool = False, **kwargs: Any) -> None:
        if not raw:
            append_shared(resource, [instance])

    def on_delete(instance: Model, **kwargs: Any) -> None:
        append_shared(resource, [instance], are_deleted=True)

    uid = f"publication_{model._meta.label_lower}"
    post_save.connect(on_change, sender=model, weak=False, dispatch_uid=f"{uid}_save")
    # Before the deletion, while it is still known which pages show the object.
    pre_delete.connect(on_delete, sender=model, weak=False, dispatch_uid=f"{uid}_delete")


def _after_shared_save(instance: Model, raw: bool = False, **kwargs: Any) -> None:
    if not raw and ReferenceIndex.is_indexed(type(instance)):
        # Wagtail's own receiver may come later, and it is asked which files are used.
        with transaction.atomic():
            ReferenceIndex.create_or_update_for_object(instance)
            append_files()


def _after_deletion(**kwargs: Any) -> None:
    append_files()


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
    if type(instance) is Page:
        # As it is moved or goes out of date. One with a type tells of its files at the end of its
        # own save, when it is known which ones it uses (`cms.pages.indexes`).
        append_files()


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


def is_lifted(instance: Model, origin: Any) -> bool:
    """Return whether a deleted restriction was lifted, and does not just go with what it guards.

    `origin` is what Django says was deleted: an object or a queryset.
    """
    return issubclass(getattr(origin, "model", type(origin)), type(instance))


def _on_page_restriction(instance: PageViewRestriction, origin: Any = None, **kwargs: Any) -> None:
    if origin is not None and not is_lifted(instance, origin):
        return
    paths = with_aliases({instance.page.path})
    append_pages(Page.objects.live().filter(below(paths)))
    append_files()


def _on_collection_restriction(instance: CollectionViewRestriction, **kwargs: Any) -> None:
    _append_collection(instance.collection)


def _on_collection(instance: Collection, raw: bool, **kwargs: Any) -> None:
    if not raw:
        _append_collection(instance)


def _append_collection(collection: Collection) -> None:
    collections = collection.get_descendants(inclusive=True)
    for model, resource in file_models().items():
        append_shared(resource, list(model._default_manager.filter(collection__in=collections)))


def _on_site(raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        append([Change(Resource.SITE)])
        append_files()
