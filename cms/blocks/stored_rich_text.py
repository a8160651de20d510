"""Rich text as it is stored: what a reader reads of it, and its links."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from wagtail.rich_text import get_text_for_indexing

# The end may be missing in what comes from elsewhere.
_LINK = re.compile(r"<a\b([^>]*)>(?:(.*?)</a>)?", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*["']([^"']*)["']""")
# Where Wagtail's own text of rich text puts a space, as if one sentence went on.
_END_OF_TEXT = re.compile(r"</(?:p|h\d|li|blockquote)>|<(?:br|hr)\s*/?>", re.IGNORECASE)
# No more digits than every database's integer has.
_KEY = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class RichTextLink:
    """A link: `kind` is Wagtail's `linktype`, empty for an address (`href`), still escaped.

    `key` is the id of what a link of a kind leads to, None where what is stored is none.
    """

    kind: str
    key: int | None
    href: str
    words: str


def texts_in(html: str) -> list[str]:
    """Return what a reader reads: the text of each paragraph, heading and item of a list."""
    pieces = (in_one_line(get_text_for_indexing(piece)) for piece in _END_OF_TEXT.split(html))
    return [piece for piece in pieces if piece]


def in_one_line(text: str) -> str:
    """Return `text` with one space for each run of spaces and line breaks."""
    return " ".join(text.split())


def links_in(html: str) -> Iterator[RichTextLink]:
    """Yield the links of a rich text."""
    return map(_link, _LINK.finditer(html))


def replace_links(html: str, replacement: Callable[[RichTextLink], str]) -> str:
    """Return `html` with each link, its words included, replaced."""
    return _LINK.sub(lambda match: replacement(_link(match)), html)


def without_keys_of_nothing(html: str) -> str:
    """Return `html` with the words alone of links by a key that no object can have."""

    def kept(match: re.Match[str]) -> str:
        link = _link(match)
        return link.words if link.kind and link.key is None else match[0]

    return _LINK.sub(kept, html)


def _link(match: re.Match[str]) -> RichTextLink:
    values = dict(_ATTRIBUTE.findall(match[1]))
    key = values.get("id", "")
    return RichTextLink(
        kind=values.get("linktype", ""),
        key=int(key) if _KEY.fullmatch(key) else None,
        href=values.get("href", ""),
        words=match[2] or "",
    )
