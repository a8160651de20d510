"""Words that do not help a reader: the lists and limits that all hints go by."""

import re
from typing import Final

# Links are read out of context, by screen readers and by everybody who skims (WCAG 2.2, 2.4.4).
VAGUE_LINK_TEXTS: Final = (
    "click",
    "click here",
    "details",
    "find out more",
    "here",
    "learn more",
    "link",
    "more",
    "more info",
    "more information",
    "read more",
    "see here",
    "see more",
    "this link",
    "this page",
    "här",
    "klicka",
    "klicka här",
    "läs mer",
    "länk",
    "mer",
    "mer info",
    "mer information",
    "se här",
    "se mer",
    "tryck här",
)
# Abbreviations such as “ATMP GMP” are shorter.
_CAPITALS: Final = 12
LONG_PARAGRAPH: Final = 150
VAGUE_LINK_PATTERN: Final = (
    r"^\s*("
    + "|".join(f"[{text[0].upper()}{text[0]}]{re.escape(text[1:])}" for text in VAGUE_LINK_TEXTS)
    + r")[\s.…:!>»→]*$"
)
CAPITALS_PATTERN: Final = rf"^(?=([^A-ZÅÄÖÉÜ]*[A-ZÅÄÖÉÜ]){{{_CAPITALS}}})(?=.*\S\s+\S)[^a-zåäöéü]+$"

_vague = re.compile(VAGUE_LINK_PATTERN)
_capitals = re.compile(CAPITALS_PATTERN, re.DOTALL)


def is_vague_link(text: str) -> bool:
    """Return whether a link's text says nothing about where the link leads."""
    return bool(_vague.match(" ".join(text.split())))


def is_in_capitals(text: str) -> bool:
    """Return whether `text` is words in capitals, as opposed to an abbreviation."""
    return bool(_capitals.match(text))
