"""What the objects of one response refer to, fetched together instead of one by one."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from cms.api.site import PublicSite
from cms.media.renditions import with_renditions
from cms.models import University

_ANCHOR = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*["']([^"']*)["']""")


@dataclass(frozen=True, slots=True)
class PageReference:
    """As much of a public page as a link to it needs."""

    id: int
    title: str
    url: str | None
    path: str
    locale: str
    translation_key: UUID
    model: type[Page]


@dataclass(slots=True)
class Wanted:
    """The keys of what the response refers to, noted before anything is fetched."""

    pages: set[int] = field(default_factory=set)
    page_paths: set[str] = field(default_factory=set)
    translation_keys: set[UUID] = field(default_factory=set)
    images: set[int] = field(default_factory=set)
    documents: set[int] = field(default_factory=set)
    universities: set[int] = field(default_factory=set)

    def rich_text(self, html: str) -> None:
        """Note what the links of a rich text, as it is stored, lead to."""
        for attributes, _words in _ANCHOR.findall(html or ""):
            values = dict(_ATTRIBUTE.findall(attributes))
            if values.get("id", "").isdigit():
                if values.get("linktype") == "page":
                    self.pages.add(int(values["id"]))
                elif values.get("linktype") == "document":
                    self.documents.add(int(values["id"]))


class References:
    """What `wanted` names, as far as it is public. Each kind is one query, and none if unused."""

    def __init__(self, site: PublicSite, wanted: Wanted) -> None:
        self.site = site
        self.wanted = wanted

    @cached_property
    def _pages(self) -> list[PageReference]:
        wanted = self.wanted
        if not (wanted.pages or wanted.page_paths or wanted.translation_keys):
            return []
        linked = Page.objects.filter(pk__in=wanted.pages).values("translation_key")
        rows = self.site.pages().filter(
            Q(translation_key__in=wanted.translation_keys)
            | Q(path__in=wanted.page_paths)
            | Q(translation_key__in=linked)
        )
        columns = ("pk", "title", "url_path", "path", "locale__language_code", "translation_key")
        return [
            PageReference(pk, title, self.site.page_url(url_path), path, locale, key, _model(type_))
            for pk, title, url_path, path, locale, key, type_ in rows.order_by("pk").values_list(
                *columns, "content_type"
            )
        ]

    @cached_property
    def pages(self) -> dict[int, PageReference]:
        """Public pages by id."""
        return {page.id: page for page in self._pages}

    @cached_property
    def pages_by_path(self) -> dict[str, PageReference]:
        """Public pages by their place in the tree."""
        return {page.path: page for page in self._pages}

    @cached_property
    def translations(self) -> dict[UUID, list[PageReference]]:
        """Public pages by translation key, in the order of their languages."""
        found: dict[UUID, list[PageReference]] = defaultdict(list)
        for page in sorted(self._pages, key=lambda page: page.locale):
            found[page.translation_key].append(page)
        return found

    def link_target(self, page_id: int, locale: str) -> PageReference | None:
        """Return the public page a link leads to for readers of `locale`, None if there is none.

        As on the site itself, that is the page's translation where there is one.
        """
        page = self.pages.get(page_id)
        if page is None:
            return None
        same_language = (
            translation
            for translation in self.translations[page.translation_key]
            if translation.locale == locale
        )
        return next(same_language, page)

    @cached_property
    def images(self) -> dict[int, Any]:
        """Public images by id, with their renditions."""
        if not self.wanted.images:
            return {}
        images = self.site.items(get_image_model().objects.all())
        return with_renditions(images, self.wanted.images)

    @cached_property
    def documents(self) -> dict[int, Any]:
        """Public documents by id."""
        if not self.wanted.documents:
            return {}
        documents = get_document_model().objects.filter(pk__in=self.wanted.documents)
        return self.site.items(documents).in_bulk()

    @cached_property
    def universities(self) -> dict[int, University]:
        """Universities by id."""
        if not self.wanted.universities:
            return {}
        return University.objects.in_bulk(self.wanted.universities)

    def html(self, html: str, locale: str) -> str:
        """Return rich text for other sites: links absolute, those that lead nowhere dropped."""

        def expand(match: re.Match[str]) -> str:
            attributes, words = match.groups()
            values = dict(_ATTRIBUTE.findall(attributes))
            url = self._link_url(values, locale)
            return f'<a href="{url}">{words}</a>' if url else words

        return _ANCHOR.sub(expand, html or "")

    def _link_url(self, values: dict[str, str], locale: str) -> str | None:
        kind, key = values.get("linktype"), values.get("id", "")
        if kind is None:
            href = values.get("href", "")
            return self.site.absolute(href) or None
        if not key.isdigit():
            return None
        if kind == "page":
            page = self.link_target(int(key), locale)
            return page.url if page else None
        document = self.documents.get(int(key)) if kind == "document" else None
        return self.site.absolute(document.url) if document else None


def _model(content_type_id: int) -> type[Page]:
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    return model if model is not None and issubclass(model, Page) else Page
