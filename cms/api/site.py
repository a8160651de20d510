"""What one request may show of the site, and where things are: absolute addresses."""

from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.models import PageQuerySet, Site

from cms.i18n.clock import school_today
from cms.models import Publication
from cms.pages.routing import only_site, web_roots
from cms.publishing.files import public_files
from cms.publishing.visibility import (
    Boundaries,
    listed_pages,
    public_collection_items,
    public_pages,
)

if TYPE_CHECKING:
    from datetime import date

NOTHING = Q(pk__in=())


class PublicSite:
    """The site as everyone may see it. Lives for one request."""

    def __init__(self, request: HttpRequest, router: WagtailAPIRouter) -> None:
        self.base_url = request.build_absolute_uri("/")[:-1]
        self.host = request.get_host().partition(":")[0]
        self.router = router
        # As the pages themselves: of several sites on one installation, each tells of its own.
        self.site = only_site() or Site.find_for_request(request)
        self.today: date = school_today()
        self._detail_urls: dict[type[Model], str] = {}

    @cached_property
    def roots(self) -> dict[str, str]:
        """The home pages of all languages: paths in the tree, on the web."""
        return web_roots(self.site)

    @property
    def home_url_path(self) -> str:
        """The path in the tree of the home page at the site's own address."""
        return next((root for root, web_path in self.roots.items() if web_path == "/"), "")

    @cached_property
    def _boundaries(self) -> Boundaries:
        return Boundaries.read()

    def pages(self, pages: PageQuerySet | None = None) -> PageQuerySet:
        """Return those of `pages` (default: all) that everyone may read.

        However often it is called in a request, what that depends on is read once.
        """
        return self._own(public_pages(pages, self._boundaries))

    def listed(self, pages: PageQuerySet | None = None) -> PageQuerySet:
        """Return those of `pages` (default: all) that lists name: the public ones, each once."""
        return self._own(listed_pages(pages, self._boundaries))

    def _own(self, pages: PageQuerySet) -> PageQuerySet:
        if self.roots.keys() == web_roots().keys():
            return pages
        return pages.filter(reduce(or_, (Q(url_path__startswith=r) for r in self.roots), NOTHING))

    def items[M: Model](self, items: QuerySet[M]) -> QuerySet[M]:
        """Return those of `items` (images, documents) that everyone may have."""
        return public_collection_items(items, self._boundaries)

    def files[M: Model](self, files: QuerySet[M]) -> QuerySet[M]:
        """Return those of `files` (images, documents) that lists name: what is public uses them.

        All sites share them, as they share universities.
        """
        return public_files(files, self._boundaries)

    def told_here(self) -> Q:
        """Return the condition that holds for rows of the log that this site's lists told of."""
        told = Q(is_public=True) & ~Q(resource=Publication.Resource.PAGE)
        pages = Q(home__isnull=False)
        if self.site and not only_site():
            root = self.site.root_page
            # Another site may begin below this one.
            inner = Site.objects.filter(root_page__path__startswith=root.path)
            pages = Q(home=root.translation_key) | Q(
                home__in=inner.values("root_page__translation_key")
            )
        return told | pages

    def page_url(self, url_path: str) -> str | None:
        """Return the address of the page with that path in the tree, None outside the site."""
        for root, on_web in self.roots.items():
            if url_path.startswith(root):
                return f"{self.base_url}{on_web}{url_path.removeprefix(root)}"
        return None

    def absolute(self, url: str) -> str:
        """Return `url` with scheme and host, if it has none of its own."""
        return f"{self.base_url}{url}" if url.startswith("/") and url[:2] != "//" else url

    def detail_url(self, model: type[Model], pk: int) -> str | None:
        """Return the address of an object in this API, None where it has no endpoint."""
        prefix = self._detail_urls.get(model)
        if prefix is None:
            listing = self.router.get_model_listing_urlpath(model)
            prefix = self._detail_urls[model] = f"{self.base_url}{listing}" if listing else ""
        return f"{prefix}{pk}/" if prefix else None
