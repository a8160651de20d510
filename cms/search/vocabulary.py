"""The words that stand in titles and summaries of public pages: what a misspelt one is held to.

Made from what everyone may read and from nothing else, so that no suggestion can give away a
draft. Works the same on every database, without extensions that need an administrator.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from wagtail.models import get_page_models

from cms.models import University
from cms.pages.base import BasePage
from cms.publishing.locales import active_locale
from cms.publishing.memoize import once_per_publication
from cms.publishing.visibility import public_pages
from cms.search.text import fold, words_of

MOST_SPELLINGS = 12
# Shorter words are too like each other to guess which one was meant.
SHORTEST_GUESS = 4
# What two words have in common, of all they have, for one to be taken for the other.
LIKENESS = 0.75

type Vocabulary = Mapping[str, frozenset[str]]


@once_per_publication
def vocabulary() -> Vocabulary:
    """Return the words in the reader's language: without accents, and as they are spelt."""
    spellings: dict[str, set[str]] = defaultdict(set)
    for text in _texts():
        for word in words_of(text):
            spellings[fold(word)].add(word)
    return {folded: frozenset(words) for folded, words in spellings.items()}


def _texts() -> Iterator[str]:
    for model in get_page_models():
        if issubclass(model, BasePage):
            pages = public_pages(model.objects.filter(locale=active_locale()))
            for texts in pages.values_list("title", "summary").iterator():
                yield from texts
    for names in University.objects.values_list(*University.NAMES):
        yield from names


def spellings_of(word: str) -> list[str]:
    """Return the words to look for where somebody wrote `word`: itself, and what begins with it."""
    start = fold(word)
    known = vocabulary()
    found = {word, *known.get(start, ())}
    if len(start) > 2:
        for folded in sorted(known):
            if folded.startswith(start):
                found |= known[folded]
    return [word, *sorted(found - {word}, key=lambda spelling: (len(spelling), spelling))][
        :MOST_SPELLINGS
    ]


def is_known(word: str) -> bool:
    """Return whether `word`, or one that begins with it, stands in a title or summary."""
    return len(spellings_of(word)) > 1 or fold(word) in vocabulary()


def guess(word: str) -> str:
    """Return the word that was probably meant by `word`, or `word` itself."""
    if len(word) < SHORTEST_GUESS or is_known(word):
        return word
    known = vocabulary()
    near = [folded for folded in known if abs(len(folded) - len(word)) <= 2]
    matches = get_close_matches(fold(word), near, n=1, cutoff=LIKENESS)
    return min(known[matches[0]]) if matches else word
