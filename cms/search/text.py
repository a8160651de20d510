"""What counts as a word, and which words are the same but for spelling, ending or language."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

import yaml

MOST_WORDS = 8
LONGEST_WORD = 40
# What no decomposition takes apart.
_LETTERS: Final = str.maketrans({"ø": "o", "æ": "ae", "đ": "d", "ł": "l"})
# A number with decimals is one word, whoever wrote it.
_WORD = re.compile(r"\d+[.,]\d+|[^\W_]+")
# A code, or a compound with hyphens; people write it with, without, and as one word.
_CHAIN = re.compile(r"[^\W_]+(?:[-\u2010-\u2015/'\u2019][^\W_]+)+")
_SHORTEST_STEM = 4
# In both languages, without accents.
_WORDS: Final = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text())
STOP_WORDS: Final = frozenset(_WORDS["stop_words"].split())
_ENDINGS: Final = sorted(_WORDS["endings"].split(), key=lambda ending: (-len(ending), ending))
_SYNONYMS: Final = [group.split() for group in _WORDS["synonyms"]]


def fold(text: str) -> str:
    """Return `text` in lower case and without accents, so that Umeå is found as Umea."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()


def words_of(text: str) -> list[str]:
    """Return the folded words of `text` in order; compounds with hyphens also as one, at the end.

    SAMPLE-05 is “sample”, “05” and “sample05”.
    """
    folded = fold(text)
    chains = ["".join(_WORD.findall(chain)) for chain in _CHAIN.findall(folded)]
    return _kept([*_WORD.findall(folded), *chains])


def wanted_words(text: str) -> list[str]:
    """Return the folded words that somebody looks for, each once; more than 8 are dropped."""
    return list(dict.fromkeys(_kept(_WORD.findall(fold(text)))))[:MOST_WORDS]


def _kept(words: list[str]) -> list[str]:
    return [word.replace(",", ".") for word in words if len(word) <= LONGEST_WORD]


def accented_words_of(text: str) -> list[str]:
    """Return those words of `text` that `fold` changes, as they are spelt, in lower case."""
    return [] if text.isascii() else [w for w in _WORD.findall(text.lower()) if not w.isascii()]


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """Return what a folded word has in common with its other forms: “kurs” for “kurserna”.

    Crude, and the same for both languages: a page is found by every word that begins so.
    """
    if word.isalpha():
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
                return word[: -len(ending)]
    return word


def synonyms(word: str) -> tuple[str, ...]:
    """Return other folded words that mean what a folded word means on this site."""
    return _synonyms_by_stem().get(stem(word), ())


@lru_cache(maxsize=1)
def _synonyms_by_stem() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for group in _SYNONYMS:
        for word in group:
            others = (other for other in group if stem(other) != stem(word))
            found[stem(word)].update(dict.fromkeys(others))
    return {word: tuple(others) for word, others in found.items()}
