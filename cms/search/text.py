"""What counts as a word, and when two of them are the same but for spelling."""

import re
import unicodedata

MOST_WORDS = 8
LONGEST_WORD = 40
_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """Return the words of `text` in lower case, in order."""
    return _WORD.findall(text.lower())


def wanted_words(text: str) -> list[str]:
    """Return the words that somebody looks for, each once; more than anybody needs are dropped."""
    words = (word for word in words_of(text) if len(word) <= LONGEST_WORD)
    return list(dict.fromkeys(words))[:MOST_WORDS]


def fold(word: str) -> str:
    """Return `word` without accents, so that Umeå is found as Umea."""
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
