"""What everyone may see: the one definition that pages, API, feeds and changes go by."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from uuid import UUID

from django.conf import settings
from django.db.models import Model, Q, QuerySet, UUIDField, Value
from wagtail.models import (
    Collection,
    CollectionMember,
    CollectionViewRestriction,
    Page,
    PageQuerySet,
    PageViewRestriction,
    Site,
)

from cms.publishing.memoize import once_per_publication


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Where, in the trees of pages and of collections, that which everyone may see begins and ends.

    Whoever asks several times in one request reads them once and hands them on.
    """

    homes: dict[str, UUID]
    """The paths of the home pages below which addresses lead to pages, the highest first, each
    with its translation key."""
    pages: tuple[str, ...]
    """The paths below which every page is private."""
    collections: tuple[str, ...]
    """The paths below which every collection is private."""

    def home_above(self, path: str) -> UUID | None:
        """Return the translation key of the nearest home page at or above a place in the tree."""
        return next(
            (self.homes[home] for home in reversed(self.homes) if path.startswith(home)), None
        )

    @classmethod
    def read(cls) -> "Boundaries":
        """Read all in one query, and in one more where pages are private."""
        homes = open_homes().order_by().values_list(Value("home"), "path", "translation_key")
        of_pages = PageViewRestriction.objects.values_list(
            Value("page"), "page__path", "page__translation_key"
        )
        of_collections = CollectionViewRestriction.objects.values_list(
            Value("collection"), "collection__path", Value(None, UUIDField())
        )
        found: dict[str, dict[str, UUID]] = defaultdict(dict)
        for kind, path, translation_key in homes.union(of_pages, of_collections):
            found[kind][path] = translation_key
        return cls(
            homes=dict(sorted(found["home"].items())),
            pages=with_aliases(set(found["page"])),
            collections=tuple(sorted(found["collection"])),
        )


def open_homes() -> PageQuerySet:
    """Return the home pages below which the addresses of a language lead to pages.

    Those are the sites' own root pages, and their translations once these are published: an
    address in a language whose home page is not published leads nowhere (`cms.pages.routing`).
    Other unpublished pages above a page change nothing: as in all of Wagtail, it can be read.
    """
    roots = Site.objects.values("root_page")
    keys = Page.objects.filter(pk__in=roots).values("translation_key")
    languages = [code for code, _name in settings.LANGUAGES]
    # The keys first, which have an index: asked for either of the two, a database reads all pages.
    homes = Page.objects.filter(translation_key__in=keys)
    return homes.filter(Q(pk__in=roots) | Q(live=True, locale__language_code__in=languages))


@once_per_publication
def _boundaries() -> Boundaries:
    return Boundaries.read()


@once_per_publication
def _closed_collections() -> frozenset[int]:
    paths = _boundaries().collections
    chosen = Collection.objects.filter(below(paths)) if paths else ()
    return frozenset(collection.pk for collection in chosen)


def is_reachable(page: Page) -> bool:
    """Return whether the address of `page` leads to it, if only to those who are let in."""
    return bool(page.live and page.path.startswith(tuple(_boundaries().homes)))


def is_public(page: Page) -> bool:
    """Return whether everyone may read `page` at its address: `public_pages` for one page."""
    return is_reachable(page) and not page.path.startswith(_boundaries().pages)


def is_open(item: CollectionMember | None) -> bool:
    """Return whether everyone may have an image or document: `public_collection_items` for one."""
    return bool(item and item.collection_id not in _closed_collections())


def public_pages(
    pages: PageQuerySet | None = None, boundaries: Boundaries | None = None
) -> PageQuerySet:
    """Return those of `pages` (default: all) that everyone may read at their addresses.

    They are published, and their addresses lead to them: see `open_homes`. A page is private with
    the subtree below a view restriction. So is an alias of a page in such a subtree, wherever the
    alias stands, and everything below that alias: it shows the same words. `PageQuerySet.public`
    does not know of aliases.
    """
    pages = Page.objects.all() if pages is None else pages
    boundaries = boundaries or _boundaries()
    reachable = pages.live().filter(below(boundaries.homes))
    return reachable.exclude(below(boundaries.pages)) if boundaries.pages else reachable


def listed_pages(
    pages: PageQuerySet | None = None, boundaries: Boundaries | None = None
) -> PageQuerySet:
    """Return those of `pages` (default: all) that are told of: the public ones, each once.

    An alias can be read, and links may lead to it. But its words are those of its source, and
    where that is public, lists, searches and other sites are told of the source alone.
    """
    boundaries = boundaries or _boundaries()
    sources = public_pages(boundaries=boundaries).order_by().values("pk")
    listed = public_pages(pages, boundaries)
    return listed.filter(Q(alias_of__isnull=True) | ~Q(alias_of__in=sources))


def listed_instead_of(page: Page) -> Page:
    """Return the page that is told of where `page` is asked for: an alias's source, or itself."""
    while page.alias_of_id is not None and is_public(page.alias_of):
        page = page.alias_of.specific
    return page


def public_collection_items[M: Model](
    items: QuerySet[M], boundaries: Boundaries | None = None
) -> QuerySet[M]:
    """Return those of `items` (images, documents) whose collection is open to everyone."""
    private_paths = (
        CollectionViewRestriction.objects.values_list("collection__path", flat=True)
        if boundaries is None
        else boundaries.collections
    )
    is_private = [Q(collection__path__startswith=path) for path in private_paths]
    return items.exclude(reduce(or_, is_private)) if is_private else items


def below(paths: Iterable[str]) -> Q:
    """Return the condition that holds for what is, in its tree, at and below any of `paths`."""
    return reduce(or_, (Q(path__startswith=path) for path in paths), Q(pk__in=[]))


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
