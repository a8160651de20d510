"""What everyone may see: the one definition that pages, API, feeds and changes go by."""

from functools import reduce
from operator import or_

from django.db.models import Model, Q, QuerySet
from wagtail.models import (
    CollectionViewRestriction,
    Page,
    PageQuerySet,
    PageViewRestriction,
)


def public_pages(pages: PageQuerySet | None = None) -> PageQuerySet:
    """Return those of `pages` (default: all) that are published and open to everyone.

    A page is private with the subtree below a view restriction. So is an alias of a page in
    such a subtree, wherever the alias stands: Wagtail asks its visitors for the source's
    password, but `PageQuerySet.public` does not know of it.
    """
    pages = Page.objects.all() if pages is None else pages
    private_paths = PageViewRestriction.objects.values_list("page__path", flat=True)
    is_private = [
        Q(path__startswith=path) | Q(alias_of__path__startswith=path) for path in private_paths
    ]
    visible = pages.live().filter(depth__gt=1)
    return visible.exclude(reduce(or_, is_private)) if is_private else visible


def public_collection_items[M: Model](items: QuerySet[M]) -> QuerySet[M]:
    """Return those of `items` (images, documents) whose collection is open to everyone."""
    private_paths = CollectionViewRestriction.objects.values_list("collection__path", flat=True)
    is_private = [Q(collection__path__startswith=path) for path in private_paths]
    return items.exclude(reduce(or_, is_private)) if is_private else items
