"""Alphabetical order as a reader of the active language expects it."""

import unicodedata

from django.utils.translation import get_language

# Letters of their own, after z, in this order; the neighbours' letters stand with them.
_SWEDISH_LETTERS = {"å": "{a", "ä": "{b", "æ": "{b", "ö": "{c", "ø": "{c"}
_OTHER_LETTERS = {"æ": "ae", "ø": "o", "ð": "d", "þ": "th", "ß": "ss", "ł": "l"}


def alphabetical(text: str) -> tuple[str, str]:
    """Return the key to sort `text` by: å, ä and ö come last in Swedish, else with a and o.

    Sorted here and not by the database: SQLite knows no language, PostgreSQL knows those of the
    system it runs on, and Babel knows none. Upper and lower case and other accents only decide
    between words that are otherwise the same.
    """
    is_swedish = (get_language() or "").partition("-")[0] == "sv"
    letters = _OTHER_LETTERS | _SWEDISH_LETTERS if is_swedish else _OTHER_LETTERS
    composed = unicodedata.normalize("NFC", text.casefold())
    return "".join(letters.get(letter) or _plain(letter) for letter in composed), text


def _plain(letter: str) -> str:
    """Return the letter without its accent."""
    return "".join(
        part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part)
    )
