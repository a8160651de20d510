"""The rules of loading: what exists is left alone, edited or not, published or not.

Once a member of staff has deleted one thing of a kind, that kind is theirs and nothing of it is
loaded again.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.log_actions import registry
from wagtail.models import Page, PageLogEntry

from cms.operations.starter_content.files import Content


def create_missing[Snippet: Model](
    model: type[Snippet], rows: Iterable[Content], keys: Sequence[str]
) -> list[Snippet]:
    """Create the `rows` of a sorted snippet that are missing; return them.

    A row is there where any of its `keys` has a value that is taken. Each has to keep all rules,
    as in its editing form.
    """
    if deleted_by_staff(model):
        return []
    taken = {key: set(model._default_manager.values_list(key, flat=True)) for key in keys}
    created = []
    for order, row in enumerate(rows, start=1):
        if all(row[key] not in taken[key] for key in keys):
            instance = model(**row.fields(model), sort_order=order)
            with row.blamed():
                instance.full_clean()
            instance.save()
            created.append(instance)
    return created


def publish_once[PageType: Page](
    kind: type[PageType], content: Content, parent: Page, **further: Any
) -> list[str]:
    """Publish a page of `content` and `further` fields, unless its kind is there or was deleted.

    "There" is anywhere under `parent`, in whatever state: staff may have moved or unpublished it.
    Returns a phrase for what was done, which is nothing where the tree's rules forbid it.
    """
    if kind.objects.descendant_of(parent).exists() or deleted_by_staff(kind):
        return []
    if not kind.can_create_at(parent.get_specific()):
        return []
    with content.blamed():
        page = publish(kind(**content.fields(kind), **further), parent)
    return [f"page “{page.title}”"]


def publish[PageType: Page](page: PageType, parent: Page) -> PageType:
    """Add `page` under `parent` and publish it as staff would: through a revision.

    Where another page has the address, Wagtail makes one from the title.
    """
    if parent.get_children().filter(slug=page.slug).exists():
        page.slug = ""
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def deleted_by_staff(kind: type[Model]) -> bool:
    """Return whether a member of staff has ever deleted an instance of `kind` in the admin."""
    log = registry.get_log_model_for_model(kind)
    return log.objects.filter(
        action="wagtail.delete",
        content_type=ContentType.objects.get_for_model(kind),
        user__isnull=False,
    ).exists()


def touched_by_staff(page: Page) -> bool:
    """Return whether a member of staff has ever done anything to `page` in the admin."""
    return PageLogEntry.objects.filter(page=page.pk, user__isnull=False).exists()
