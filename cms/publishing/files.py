"""Which images and documents are public, and telling when that changes.

An upload is nobody's business until something public uses it: nothing is public before it is
published.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    BooleanField,
    CharField,
    Exists,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex

from cms.models import Publication
from cms.publishing.log import Change, append
from cms.publishing.visibility import Boundaries, public_collection_items, public_pages

# What pages share and everyone may read, such as universities, each with its resource.
SHARED_MODELS: dict[type[Model], str] = {}


@cache
def file_models() -> dict[type[Model], str]:
    """Return the models of images and of documents, each with its resource."""
    return {
        get_image_model(): Publication.Resource.IMAGE,
        get_document_model(): Publication.Resource.DOCUMENT,
    }


def public_files[M: Model](files: QuerySet[M], boundaries: Boundaries | None = None) -> QuerySet[M]:
    """Return those of `files` (images, documents) that are told of.

    They are in collections that are open to everyone, and in use by something public: by a page
    as it is published, or by what pages share. Wagtail's reference index knows what uses them: it
    has what is in the page's own table, which is what was published last while the page is live.
    """
    boundaries = boundaries or Boundaries.read()
    users: list[QuerySet[Any]] = [public_pages(boundaries=boundaries).order_by()]
    users += [model._default_manager.order_by() for model in SHARED_MODELS]
    is_used = Q()
    for objects in users:
        keys = objects.annotate(key=Cast("pk", CharField())).values("key")
        is_used |= Q(base_content_type=_content_type(objects.model), object_id__in=keys)
    uses = ReferenceIndex.objects.filter(is_used, to_content_type=_content_type(files.model))
    used = uses.annotate(key=Cast("to_object_id", IntegerField())).values("key")
    return public_collection_items(files, boundaries).filter(pk__in=used)


def told_files(resource: str) -> QuerySet[Publication]:
    """Return the newest rows of the log about files that are public according to it."""
    same = Publication.objects.filter(resource=resource, resource_id=OuterRef("resource_id"))
    rows = Publication.objects.filter(resource=resource, is_public=True, resource_id__isnull=False)
    return rows.exclude(Exists(same.filter(pk__gt=OuterRef("pk"))))


def append_files() -> None:
    """Append a row for each file that something public has begun or ceased to use.

    Which ones is seen by what the log has told of them: whatever happened to pages, collections
    and what they share, it is the same two questions. To be called in the transaction of the
    change, after its own rows: those wait for everybody else who publishes.
    """
    boundaries = Boundaries.read()
    first, *others = (
        rows
        for model, resource in file_models().items()
        for rows in _differences(model, resource, boundaries)
    )
    append(
        Change(resource, key, is_public=bool(is_public))
        for resource, key, is_public in first.union(*others)
    )


def _differences(
    model: type[Model], resource: str, boundaries: Boundaries
) -> Iterator[QuerySet[Any, Any]]:
    told = told_files(resource).order_by()
    public = public_files(model._default_manager.order_by(), boundaries)
    for rows, key, is_public in (
        (public.exclude(pk__in=told.values("resource_id")), "pk", True),
        (told.exclude(resource_id__in=public.values("pk")), "resource_id", False),
    ):
        yield rows.values_list(Value(resource, CharField()), key, Value(is_public, BooleanField()))


def _content_type(model: type[Model]) -> ContentType:
    return ContentType.objects.get_for_model(model)
