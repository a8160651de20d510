"""What somebody probably meant by a word that no page has.

Held against the words of the pages that are searched, which are public, and nothing else: no
suggestion can give away a draft. The same on every database.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from cms.search.entries import Entry
from cms.search.text import fold, stem

# Shorter words are too like each other to guess which one was meant.
SHORTEST_GUESS = 4
SHORTEST_WITH_TWO_ERRORS = 8
SHORTEST_TAIL = 5


class Vocabulary:
    """The words of some pages. Read only where a word was not found."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries

    @cached_property
    def words(self) -> Counter[str]:
        """The folded words, and how many pages have each."""
        return Counter(word for entry in self.entries for word in set(entry.text.split()))

    @cached_property
    def stems(self) -> frozenset[str]:
        """What the words have in common with their other forms."""
        return frozenset(map(stem, self.words))

    def spelling(self, word: str) -> str:
        """Return a folded word as the pages spell it."""
        for entry in self.entries:
            for accented in entry.accented.split():
                if fold(accented) == word:
                    return accented
        return word

    def guess(self, word: str) -> tuple[str, ...]:
        """Return the word or words that were probably meant by `word`, or `word` itself."""
        return next(self._guesses(word), (word,))

    def _guesses(self, word: str) -> Iterator[tuple[str, ...]]:
        """Yield words with few typing errors less, and those that `word` is made of."""
        if len(word) < SHORTEST_GUESS or not word.isalpha():
            return
        yield from ((near[-1],) for near in sorted(self._near(word, 1)))
        yield from self._parts(word)
        if len(word) >= SHORTEST_WITH_TWO_ERRORS:
            yield from ((near[-1],) for near in sorted(self._near(word, 2)))
        # What a compound ends in says what it is: “virusvektorer” are “vektorer”.
        for place in range(1, len(word) - SHORTEST_TAIL + 1):
            if word[place:] in self.words:
                yield (word[place:],)

    def _near(self, word: str, errors: int) -> Iterator[tuple[int, bool, int, str]]:
        """Yield the words within so many typing errors: the fewest, and the commonest, first."""
        size = len(word) // (2 * errors + 1)
        # That many errors leave at least one of these pieces as it is: two letters that have
        # changed places spoil two of them.
        pieces = [word[start : start + size] for start in range(0, size * (2 * errors + 1), size)]
        for other, pages in self.words.items():
            if (
                abs(len(other) - len(word)) <= errors
                and len(other) >= SHORTEST_GUESS
                and any(piece in other for piece in pieces)
            ):
                found = distance(word, other)
                if found <= errors:
                    yield found, other[0] != word[0], -pages, other

    def _parts(self, word: str) -> Iterator[tuple[str, str]]:
        """Yield the two known words that a compound is made of, the longest first word first."""
        for place in range(len(word) - SHORTEST_GUESS, SHORTEST_GUESS - 1, -1):
            head, tail = word[:place], word[place:]
            if stem(tail) in self.stems:
                for first in (head, head.removesuffix("s")):
                    if len(first) >= SHORTEST_GUESS and stem(first) in self.stems:
                        yield first, tail


def distance(one: str, other: str) -> int:
    """Return how many letters have to be added, left out, changed or swapped with the next."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]
