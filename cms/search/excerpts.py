"""The part of a page that answers a search, with the words that were looked for marked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search.index import SearchField

from cms.blocks.stored_rich_text import in_one_line, texts_in
from cms.search.backend import flat
from cms.search.query import Query

LENGTH = 220
# How much of it stands before the first word that was found.
BEFORE = 70
# What the result shows beside the excerpt, or what is no sentence.
_NOT_TEXT = {"title", "code", "facts_in_words"}
_TOKEN = re.compile(r"[^\W_]+|[\W_]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text; `is_hit` where it is a word that was looked for."""

    text: str
    is_hit: bool = False


def mark(text: str, query: Query) -> list[Part]:
    """Return `text` in pieces, of which those that were looked for are hits."""
    parts: list[Part] = []
    for token in _TOKEN.findall(text):
        is_hit = query.is_hit(token)
        if parts and not is_hit and not parts[-1].is_hit:
            parts[-1] = Part(parts[-1].text + token)
        else:
            parts.append(Part(token, is_hit))
    return parts


def excerpt(page: Page, query: Query) -> list[Part]:
    """Return the summary of a page, or the first of its texts that has one of the words."""
    summary = mark(page.summary, query)
    if any(part.is_hit for part in summary):
        return summary
    for text in _texts(page):
        marked = mark(text, query)
        hit = next((number for number, part in enumerate(marked) if part.is_hit), None)
        if hit is not None:
            return mark(_around(text, sum(len(part.text) for part in marked[:hit])), query)
    return summary


def _texts(page: Page) -> Iterator[str]:
    """Yield the texts of a page, each paragraph and list item for itself."""
    of_html = {field.name for field in page._meta.get_fields() if isinstance(field, RichTextField)}
    for field in page.get_search_fields():
        if not isinstance(field, SearchField) or field.field_name in _NOT_TEXT:
            continue
        if field.field_name in of_html:
            yield from texts_in(getattr(page, field.field_name))
        else:
            yield from map(in_one_line, flat(field.get_value(page)))


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
