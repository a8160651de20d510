"""What everyone may see: the one definition that pages, API, feeds and changes go by."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Model, Q, QuerySet, Value
from wagtail.models import (
    CollectionViewRestriction,
    Page,
    PageQuerySet,
    PageViewRestriction,
)

from cms.publishing.memoize import once_per_publication


@dataclass(frozen=True, slots=True)
class PrivatePaths:
    """Below which paths everything is private, in the tree of pages and in that of collections.

    Whoever asks several times in one request reads them once and hands them on.
    """

    pages: tuple[str, ...]
    collections: tuple[str, ...]

    @classmethod
    def read(cls) -> "PrivatePaths":
        """Read both in one query, and in one more where pages are private."""
        of_pages = PageViewRestriction.objects.values_list(Value("page"), "page__path")
        of_collections = CollectionViewRestriction.objects.values_list(
            Value("collection"), "collection__path"
        )
        rows = list(of_pages.union(of_collections))
        return cls(
            pages=with_aliases({path for kind, path in rows if kind == "page"}),
            collections=tuple(path for kind, path in rows if kind == "collection"),
        )


def public_pages(
    pages: PageQuerySet | None = None, private: PrivatePaths | None = None
) -> PageQuerySet:
    """Return those of `pages` (default: all) that are published and open to everyone.

    A page is private with the subtree below a view restriction. So is an alias of a page in
    such a subtree, wherever the alias stands, and everything below that alias: it shows the same
    words. `PageQuerySet.public` does not know of aliases.
    """
    pages = Page.objects.all() if pages is None else pages
    private_paths = (
        with_aliases(set(PageViewRestriction.objects.values_list("page__path", flat=True)))
        if private is None
        else private.pages
    )
    visible = pages.live().filter(depth__gt=1)
    return visible.exclude(below(private_paths)) if private_paths else visible


def public_collection_items[M: Model](
    items: QuerySet[M], private: PrivatePaths | None = None
) -> QuerySet[M]:
    """Return those of `items` (images, documents) whose collection is open to everyone."""
    private_paths = (
        CollectionViewRestriction.objects.values_list("collection__path", flat=True)
        if private is None
        else private.collections
    )
    is_private = [Q(collection__path__startswith=path) for path in private_paths]
    return items.exclude(reduce(or_, is_private)) if is_private else items


def below(paths: Iterable[str]) -> Q:
    """Return the condition that holds for the pages at and below any of `paths`."""
    return reduce(or_, (Q(path__startswith=path) for path in paths))


def with_aliases(paths: set[str]) -> tuple[str, ...]:
    """Return `paths` with those of all aliases of what is below them, and of their aliases."""
    found, new = set(paths), paths
    while new:
        aliases = Page.objects.filter(alias_of__in=Page.objects.filter(below(new)))
        new = set(aliases.values_list("path", flat=True)) - found
        found |= new
    return tuple(sorted(found))


def restrictions_on(path: str) -> QuerySet[PageViewRestriction]:
    """Return the restrictions of the page at tree `path`, its ancestors, and their sources.

    Wagtail's own asks an alias's source, but not what is above the source.
    """
    if not PageViewRestriction.objects.exists():
        return PageViewRestriction.objects.none()
    paths: set[str] = set()
    new = {path} if path else set()
    while new:
        lineage = {
            each[:end] for each in new for end in range(Page.steplen, len(each) + 1, Page.steplen)
        }
        paths |= lineage
        sources = Page.objects.filter(path__in=lineage, alias_of__isnull=False)
        new = set(sources.values_list("alias_of__path", flat=True)) - paths
    return PageViewRestriction.objects.filter(page__path__in=paths)


@once_per_publication
def public_trail(path: str) -> list[Page]:
    """Return the published, public pages from the home page down to the one at tree `path`."""
    paths = [path[:end] for end in range(2 * Page.steplen, len(path) + 1, Page.steplen)]
    pages = Page.objects.filter(path__in=paths).order_by("path")
    return list(public_pages(pages)) if paths else []
