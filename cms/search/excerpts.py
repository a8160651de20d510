"""The part of a page that answers a search, with the words that were looked for marked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page
from wagtail.search.index import SearchField

from cms.search.text import fold
from cms.search.vocabulary import spellings_of

LENGTH = 220
# How much of it stands before the first word that was found.
BEFORE = 70
# A name that is no text: where the page is found by, not what it says.
_NOT_TEXT = {"title", "code", "seo_title", "search_description"}
_TOKEN = re.compile(r"[^\W_]+|[\W_]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text; `is_hit` where it is a word that was looked for."""

    text: str
    is_hit: bool = False


def mark(text: str, words: Sequence[str]) -> list[Part]:
    """Return `text` in pieces, of which those that were looked for are hits."""
    wanted = {fold(spelling) for word in words for spelling in spellings_of(word)}
    parts: list[Part] = []
    for token in _TOKEN.findall(text):
        is_hit = fold(token.lower()) in wanted
        if parts and not is_hit and not parts[-1].is_hit:
            parts[-1] = Part(parts[-1].text + token)
        else:
            parts.append(Part(token, is_hit))
    return parts


def excerpt(page: Page, words: Sequence[str]) -> list[Part]:
    """Return the summary of a page, or the first of its texts that has one of the words."""
    summary = mark(page.summary, words)
    if any(part.is_hit for part in summary):
        return summary
    for text in _texts(page):
        marked = mark(text, words)
        hit = next((number for number, part in enumerate(marked) if part.is_hit), None)
        if hit is not None:
            return mark(_around(text, sum(len(part.text) for part in marked[:hit])), words)
    return summary


def _texts(page: Page) -> Iterator[str]:
    for field in page.get_search_fields():
        if isinstance(field, SearchField) and field.field_name not in _NOT_TEXT:
            value = field.get_value(page)
            yield " ".join(_flatten(value))


def _flatten(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield " ".join(value.split())
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _flatten(item)


def _around(text: str, position: int) -> str:
    """Return the part of `text` around `position`, cut between words."""
    start = max(0, position - BEFORE)
    if start:
        start = text.find(" ", start, position) + 1 or position
    end = start + LENGTH
    if end < len(text):
        end = text.rfind(" ", start, end)
        end = end if end > position else start + LENGTH
    return f"{'… ' if start else ''}{text[start:end].strip()}{' …' if end < len(text) else ''}"
