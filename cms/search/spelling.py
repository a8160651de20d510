"""What somebody probably meant by a word that no page has.

Only words of the pages that are searched, which are public, are proposed: no suggestion can give
away a draft. The same on every database.
"""

from collections.abc import Iterator, Sequence

from cms.search.entries import Entry, known_stems, known_words
from cms.search.text import fold, stem

# Shorter words are too like each other to guess which one was meant.
SHORTEST_GUESS = 4
SHORTEST_WITH_TWO_ERRORS = 8
SHORTEST_TAIL = 5


class Vocabulary:
    """The words of some pages. Asked only where a word was not found."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries

    def has(self, word: str, *, in_any_form: bool = False) -> bool:
        """Return whether one of the pages has a folded word, or one that begins like it."""
        if in_any_form:
            word = stem(word)
            return word in known_stems() and any(f" {word}" in entry.text for entry in self.entries)
        return word in known_words() and any(f" {word} " in entry.text for entry in self.entries)

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
        yield from self._near(word, 1)
        yield from self._parts(word)
        if len(word) >= SHORTEST_WITH_TWO_ERRORS:
            yield from self._near(word, 2)
        # What a compound ends in says what it is: “virusvektorer” are “vektorer”.
        for place in range(1, len(word) - SHORTEST_TAIL + 1):
            if self.has(word[place:]):
                yield (word[place:],)

    def _near(self, word: str, errors: int) -> Iterator[tuple[str]]:
        """Yield the words within so many typing errors: the fewest, and the commonest, first."""
        near = sorted(_known_near(word, errors))
        yield from ((other,) for *_rank, other in near if self.has(other))

    def _parts(self, word: str) -> Iterator[tuple[str, str]]:
        """Yield the two known words that a compound is made of, the longest first word first."""
        for place in range(len(word) - SHORTEST_GUESS, SHORTEST_GUESS - 1, -1):
            head, tail = word[:place], word[place:]
            if self.has(tail, in_any_form=True):
                for first in (head, head.removesuffix("s")):
                    if len(first) >= SHORTEST_GUESS and self.has(first, in_any_form=True):
                        yield first, tail


def _known_near(word: str, errors: int) -> Iterator[tuple[int, bool, int, str]]:
    """Yield the known words within so many typing errors, each with what it is preferred by."""
    letters = set(word)
    for other, pages in known_words().items():
        if (
            abs(len(other) - len(word)) <= errors
            and len(other) >= SHORTEST_GUESS
            # An error changes two of the letters at most. This is quick, and few words pass.
            and len(letters.symmetric_difference(other)) <= 2 * errors
        ):
            found = distance(word, other)
            if found <= errors:
                yield found, other[0] != word[0], -pages, other


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
