"""Keeps the words that visitors find pages by, whenever Wagtail indexes a page.

A search backend of Wagtail's, so that every save, and `update_index`, brings it up to date. What it
keeps is read by `cms.search.query`; it answers no queries of Wagtail's.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Model
from modelsearch.backends.base import BaseIndex, BaseSearchBackend
from wagtail.search.index import RelatedFields, SearchField

from cms.models import SearchEntry
from cms.pages.base import BasePage
from cms.search.text import accented_words_of, words_of


class Index(BaseIndex):
    """The entries of pages; other models have none."""

    def add_items(self, model: type[Model], items: Iterable[Any]) -> None:
        """Write the entries of `items` anew. Deleted pages take theirs with them."""
        if issubclass(model, BasePage):
            SearchEntry.objects.bulk_create(
                [entry_of(page) for page in items],
                update_conflicts=True,
                unique_fields=["page"],
                update_fields=["title", "fields", "accented"],
            )


class _Rebuilder:
    """Writes every entry anew and leaves none out, so nothing has to be emptied before."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def start(self) -> Index:
        return self.index

    def finish(self) -> None:
        pass


class SearchBackend(BaseSearchBackend):
    """The name that Wagtail looks for."""

    index_class = Index
    rebuilder_class = _Rebuilder


def entry_of(page: BasePage) -> SearchEntry:
    """Return the entry of a page as it stands in the database."""
    words: dict[float, dict[str, None]] = defaultdict(dict)
    accented: dict[str, None] = {}
    for weight, text in _texts(page, type(page).get_search_fields()):
        words[weight].update(dict.fromkeys(words_of(text)))
        accented.update(dict.fromkeys(accented_words_of(text)))
    return SearchEntry(
        page_id=page.pk,
        title=" ".join(words_of(page.title)),
        fields=[(weight, " ".join(found)) for weight, found in sorted(words.items(), reverse=True)],
        accented=" ".join(accented),
    )


def _texts(instance: Any, fields: Iterable[Any]) -> Iterator[tuple[float, str]]:
    """Yield the texts that `instance` is found by, each with its boost: 1 where it has none."""
    for field in fields:
        if isinstance(field, SearchField):
            for text in flat(field.get_value(instance)):
                yield field.boost or 1, text
        elif isinstance(field, RelatedFields):
            related = field.get_value(instance)
            every = related.all() if hasattr(related, "all") else [related] if related else []
            for each in every:
                yield from _texts(each, field.fields)


def flat(value: Any) -> Iterator[str]:
    """Yield the texts of what Wagtail makes of a field for an index: a text, or lists of them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from flat(item)
