"""What the objects of one response refer to, fetched together instead of one by one.

A field's reader notes what it needs, and returns a function that is called when the response is
written: by then every object has been read, and the first call fetches what all of them need.
"""

from collections import defaultdict
from collections.abc import Callable
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import CollectionMember, Page

from cms.api.site import PublicSite
from cms.blocks.stored_rich_text import RichTextLink, links_in, replace_links
from cms.media.renditions import with_renditions

# As much of a page as a link to it needs.
_LINK_COLUMNS = (
    "title",
    "url_path",
    "path",
    "translation_key",
    "content_type",
    "locale__language_code",
)


class Batch:
    """What a response refers to, as far as it is public. Each kind is one query, none if unused."""

    def __init__(self, site: PublicSite) -> None:
        self.site = site
        self.stories: dict[tuple[int, str], Any] = {}
        self._wanted: dict[type[Model], set[int]] = defaultdict(set)
        self._found: dict[type[Model], dict[int, Any]] = defaultdict(dict)
        self._wanted_pages: dict[str, set[Any]] = defaultdict(set)
        self._pages: dict[int, Page] = {}
        self._pages_by_path: dict[str, Page] = {}
        self._translations: dict[UUID, list[Page]] = defaultdict(list)

    def later(self, model: type[Model], pk: int) -> Callable[[], Any]:
        """Note an object; return what gives it, or None where it is not public."""
        if pk not in self._found[model]:
            self._wanted[model].add(pk)
        return lambda: self._get(model, pk)

    def _get(self, model: type[Model], pk: int) -> Any:
        found = self._found[model]
        if keys := self._wanted.pop(model, None):
            found.update(dict.fromkeys(keys) | self._fetch(model, keys))
        return found[pk]

    def _fetch(self, model: type[Model], keys: set[int]) -> dict[int, Any]:
        objects: QuerySet[Any] = model._default_manager.filter(pk__in=keys)
        if issubclass(model, CollectionMember):
            objects = self.site.items(objects)
        return with_renditions(objects, keys) if model is get_image_model() else objects.in_bulk()

    def want_pages(self, **keys: Any) -> None:
        """Note pages by `pk`, `path` or `translation_key`; the translations of the first too."""
        for lookup, key in keys.items():
            self._wanted_pages[lookup].add(key)

    def _fetch_pages(self) -> None:
        if not self._wanted_pages:
            return
        wanted, self._wanted_pages = self._wanted_pages, defaultdict(set)
        linked = Page.objects.filter(pk__in=wanted["pk"]).values("translation_key")
        rows = self.site.pages().filter(
            Q(translation_key__in=wanted["translation_key"])
            | Q(path__in=wanted["path"])
            | Q(translation_key__in=linked)
        )
        rows = rows.select_related("locale").only(*_LINK_COLUMNS)
        for page in rows.exclude(pk__in=self._pages).order_by("locale__language_code", "pk"):
            self._pages[page.pk] = self._pages_by_path[page.path] = page
            self._translations[page.translation_key].append(page)

    def page(self, pk: int) -> Page | None:
        """Return the public page with that id: only what a link needs of it is loaded."""
        self._fetch_pages()
        return self._pages.get(pk)

    def page_at(self, path: str) -> Page | None:
        """Return the public page at a place in the tree."""
        self._fetch_pages()
        return self._pages_by_path.get(path)

    def translations(self, key: UUID) -> list[Page]:
        """Return the public pages with that translation key, in the order of their languages."""
        self._fetch_pages()
        return self._translations[key]

    def link_target(self, pk: int, locale: str) -> Page | None:
        """Return the public page a link leads to for readers of `locale`, None if there is none.

        As on the site itself, that is the page's translation where there is one.
        """
        page = self.page(pk)
        if page is None:
            return None
        translations = self.translations(page.translation_key)
        return next((p for p in translations if p.locale.language_code == locale), page)

    def html(self, html: str, locale: str) -> Callable[[], str]:
        """Note what a rich text links to; return what gives it for other sites.

        Its links are absolute there; of those that lead nowhere, the words stay.
        """
        for link in links_in(html):
            if link.key is not None and link.kind == "page":
                self.want_pages(pk=link.key)
            elif link.key is not None and link.kind == "document":
                self.later(get_document_model(), link.key)

        def replaced(link: RichTextLink) -> str:
            url = self._link_url(link, locale)
            return f'<a href="{url}">{link.words}</a>' if url else link.words

        return cache(lambda: replace_links(html, replaced))

    def _link_url(self, link: RichTextLink, locale: str) -> str | None:
        if not link.kind:
            return self.site.absolute(link.href)
        if link.key is not None and link.kind == "page":
            page = self.link_target(link.key, locale)
            return self.site.page_url(page.url_path) if page else None
        if link.key is not None and link.kind == "document":
            document = self._get(get_document_model(), link.key)
            return self.site.absolute(document.url) if document else None
        return None
