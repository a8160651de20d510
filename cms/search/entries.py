"""What there is to find: the entries of public pages, read once for each publication."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import override
from wagtail.models import PageQuerySet, Site, get_page_models

from cms.models import SearchEntry
from cms.pages.base import BasePage
from cms.publishing.locales import active_locale, localised_page
from cms.publishing.memoize import once_per_publication
from cms.publishing.visibility import listed_pages
from cms.search.text import stem


@dataclass(frozen=True, slots=True)
class Entry:
    """A public page, and the folded words it is found by: each text begins and ends with a space.

    `path` is its place in the tree, `fields` the texts with their weights, the weightiest first.
    """

    page_id: int
    path: str
    title: str
    fields: Sequence[tuple[float, str]]
    text: str
    accented: str


def entries_among(among: PageQuerySet | Site) -> list[Entry]:
    """Return the entries of the public ones among some pages, or of a site for its reader.

    These are the pages in the reader's language, and those that lists in that language name too.
    """
    every = _entries()
    if isinstance(among, Site):
        homes = (localised_page(among.root_page).path, among.root_page.path)
        ids = _listed_ids()
        return [every[pk] for pk in ids if pk in every and every[pk].path.startswith(homes)]
    ids = among.order_by().values_list("pk", flat=True)
    return [every[pk] for pk in ids if pk in every]


def known_words() -> Mapping[str, int]:
    """Return the folded words of all public pages, and how many pages have each."""
    with override(None):
        return _known_words()


def known_stems() -> frozenset[str]:
    """Return what those words have in common with their other forms."""
    with override(None):
        return _known_stems()


def _entries() -> Mapping[int, Entry]:
    # Kept once, and not for each language: it is the same for all readers.
    with override(None):
        return _all_entries()


@once_per_publication
def _known_words() -> Mapping[str, int]:
    return Counter(word for entry in _entries().values() for word in set(entry.text.split()))


@once_per_publication
def _known_stems() -> frozenset[str]:
    return frozenset(map(stem, _known_words()))


@once_per_publication
def _all_entries() -> Mapping[int, Entry]:
    rows = SearchEntry.objects.filter(page__in=listed_pages().order_by()).values_list(
        "page_id", "page__path", "title", "fields", "accented"
    )
    return {row[0]: _entry(*row) for row in rows.iterator()}


def _entry(
    page_id: int, path: str, title: str, fields: list[tuple[float, str]], accented: str
) -> Entry:
    texts = [(weight, f" {words} ") for weight, words in fields]
    text = "".join(words for _weight, words in texts)
    return Entry(page_id, path, f" {title} ", texts, text, accented)


@once_per_publication
def _listed_ids() -> Sequence[int]:
    first, *others = _listed_in_each_type()
    return list(first.union(*others)) if others else list(first)


def _listed_in_each_type() -> Iterator[PageQuerySet]:
    for model in get_page_models():
        if issubclass(model, BasePage):
            pages = model.listed_in(active_locale())
            yield pages.order_by().values_list("pk", flat=True)
