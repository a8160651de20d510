"""Which public pages have the words that somebody looks for, the best first.

Ranked here and not by the database: each ranks in its own way, and splits words in its own way.
A page counts by the best field that has a word, a word by how rare it is. Equal pages come in the
order of the tree.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from math import log

from wagtail.models import PageQuerySet, Site

from cms.search.entries import Entry, entries_among
from cms.search.spelling import Vocabulary
from cms.search.text import STOP_WORDS, fold, stem, synonyms, wanted_words

# How much it counts that a field has the word in one with its neighbour, as codes have it; the word
# itself, one that begins like it, one that means the same, or one that has it within.
JOINED, SAME, BEGINNING, MEANING, WITHIN = 1.5, 1.0, 0.7, 0.5, 0.3
# Shorter words stand at the beginning, or within, too many others.
SHORTEST_BEGINNING = 3
SHORTEST_WITHIN = 5


@dataclass(frozen=True)
class Word:
    """A word that is looked for: the pieces of text that it is found by, the surest first."""

    text: str
    pieces: tuple[tuple[str, float], ...]

    @classmethod
    def of(cls, text: str, joined: Sequence[str] = ()) -> "Word":
        """Return the folded word `text`; `joined` are words that hold it with one beside it."""
        pieces = {f" {word} ": JOINED for word in joined} | {f" {text} ": SAME}
        pieces |= {f" {stem(word)}": SAME for word in joined if word.isalpha()}
        if len(text) >= SHORTEST_BEGINNING and not text[0].isdigit():
            pieces.setdefault(f" {stem(text)}", BEGINNING)
        for word in synonyms(text):
            pieces.setdefault(f" {word} ", MEANING)
        if len(stem(text)) >= SHORTEST_WITHIN and text.isalpha():
            pieces.setdefault(stem(text), WITHIN)
        return cls(text, tuple(pieces.items()))

    def is_in(self, text: str) -> bool:
        """Return whether a text, between spaces, has the word."""
        return any(piece in text for piece, _grade in self.pieces)

    def strength_in(self, entry: Entry) -> float:
        """Return how much the entry's best field that has the word counts for it."""
        best = 0.0
        for weight, words in entry.fields:
            for piece, grade in self.pieces:
                if weight * grade <= best:
                    break
                if piece in words:
                    best = weight * grade
                    break
        return best


@dataclass(frozen=True)
class Query:
    """What somebody looks for, in folded words."""

    texts: Sequence[str]
    hits: dict[str, bool] = field(default_factory=dict, init=False, compare=False)

    @cached_property
    def words(self) -> list[Word]:
        """The words that say something; all of them where none does.

        Two that stand beside each other may be one on the page, as in “sample 05”.
        """
        joined: dict[str, list[str]] = {text: [] for text in self.texts}
        for first, second in pairwise(self.texts):
            joined[first].append(first + second)
            joined[second].append(first + second)
        telling = [text for text in self.texts if text not in STOP_WORDS] or self.texts
        return [Word.of(text, joined[text]) for text in telling]

    def is_hit(self, text: str) -> bool:
        """Return whether `text`, one word of a page, is one that is looked for."""
        if text not in self.hits:
            self.hits[text] = any(word.is_in(f" {fold(text)} ") for word in self.words)
        return self.hits[text]

    def ranked(self, entries: Sequence[Entry], *, any_word: bool = False) -> list[int]:
        """Return the ids of the pages that have all the words, or any of them, the best first."""
        having = [[word.is_in(entry.text) for entry in entries] for word in self.words]
        rarity = [log(1 + len(entries) / max(1, sum(column))) for column in having]
        wanted = any if any_word else all
        scored = [
            (-self._score(entry, rarity), entry.path, entry.page_id)
            for entry, has in zip(entries, zip(*having, strict=True), strict=True)
            if wanted(has)
        ]
        return [page_id for _score, _path, page_id in sorted(scored)]

    def _score(self, entry: Entry, rarity: Sequence[float]) -> float:
        score = in_title = 0.0
        for word, rare in zip(self.words, rarity, strict=True):
            score += rare * word.strength_in(entry)
            in_title += word.is_in(entry.title)
        title, phrase = entry.title, f" {' '.join(self.texts)} "
        # The more of the title was written, the surer is it that its page is looked for.
        bonus = in_title / max(1, len(title.split()))
        bonus += 2 if title == phrase else 1 if phrase.rstrip() in title else 0
        return round(score + sum(rarity) * bonus, 6)


@dataclass(frozen=True, slots=True)
class Findings:
    """The ids of the pages that were found, by rank, and what they were found by."""

    page_ids: Sequence[int] = ()
    query: Query = field(default_factory=lambda: Query(()))
    # What was probably meant, where none of the pages has what was written.
    guess: str = ""
    # No page has all the words; these have some of them.
    is_partial: bool = False


def find(text: str, among: PageQuerySet | Site) -> Findings:
    """Return the public pages of a site that have all the words of `text`.

    They are in the reader's language, or stand in its lists. `among` may be some pages to look at
    instead, of one type or of all, in whatever language.

    Where there are none, those with the words that were probably meant; where there are still
    none, those with any of the words.
    """
    query = Query(wanted_words(text))
    if not query.texts:
        return Findings()
    entries = entries_among(among)
    if found := query.ranked(entries):
        return Findings(found, query)
    vocabulary = Vocabulary(entries)
    meant = [
        guess
        for text in query.texts
        for guess in (
            vocabulary.guess(text)
            if not any(Word.of(text).is_in(entry.text) for entry in entries)
            else (text,)
        )
    ]
    guessed, shown = Query(meant), " ".join(map(vocabulary.spelling, meant))
    if guessed == query:
        shown = ""
    elif found := guessed.ranked(entries):
        return Findings(found, guessed, shown)
    if found := query.ranked(entries, any_word=True):
        return Findings(found, query, is_partial=True)
    found = guessed.ranked(entries, any_word=True)
    return Findings(found, guessed if found else query, shown if found else "", bool(found))
