"""Which published pages show something of an object, and so change when it does."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from wagtail.models import Page, ReferenceIndex

# A university's logo shows on the university, which shows on a course: image, university, page.
_MAX_DEPTH = 3


def pages_that_show(instances: Iterable[Model]) -> set[int]:
    """Return the ids of the pages that refer to any of `instances`, directly or through another.

    Wagtail's reference index knows foreign keys, rich text and StreamFields, children included;
    it leaves out many-to-many relations, which are asked for here. A queryset is not read.
    """
    page_ids: set[int] = set()
    seen: set[tuple[type[Model], object]] = set()
    frontier = instances if isinstance(instances, QuerySet) else list(instances)
    for _depth in range(_MAX_DEPTH):
        following: list[Model] = []
        for referrer in _referrers(frontier):
            key = (type(referrer), referrer.pk)
            if key in seen:
                continue
            seen.add(key)
            if isinstance(referrer, Page):
                page_ids.add(referrer.pk)
            else:
                following.append(referrer)
        frontier = following
    return page_ids


def _referrers(instances: QuerySet[Model] | list[Model]) -> Iterator[Model]:
    references = ReferenceIndex.get_references_to_in_bulk(instances)
    keys_by_type: dict[int, list[str]] = defaultdict(list)
    for content_type, key in references.values_list("base_content_type", "object_id").distinct():
        keys_by_type[content_type].append(key)
    for content_type, keys in keys_by_type.items():
        model = ContentType.objects.get_for_id(content_type).model_class()
        if model is not None:
            yield from model._default_manager.filter(pk__in=keys)
    kinds: dict[type[Model], QuerySet[Model] | list[Model]] = {}
    if isinstance(instances, QuerySet):
        kinds[instances.model] = instances
    else:
        for kind in {type(instance) for instance in instances}:
            kinds[kind] = [instance for instance in instances if type(instance) is kind]
    for kind, chosen in kinds.items():
        for field in _many_to_many_fields_to(kind):
            pages = field.model._default_manager.filter(**{f"{field.name}__in": chosen})
            yield from Page.objects.filter(pk__in=pages.values("pk"))


def _many_to_many_fields_to(model: type[Model]) -> Iterator:
    for page_model in apps.get_models():
        if issubclass(page_model, Page):
            for field in page_model._meta.local_many_to_many:
                if field.related_model is model:
                    yield field
