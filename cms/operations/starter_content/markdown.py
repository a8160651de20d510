"""Markdown (CommonMark, no HTML) in content files, as what Wagtail's fields keep."""

from collections.abc import Iterator
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False})
# Where a line is broken in the file says nothing.
_MARKDOWN.add_render_rule("softbreak", lambda *_: " ")


def rich_text(text: str) -> str:
    """Return Markdown as rich text."""
    return _html(_MARKDOWN.parse(text))


def story(text: str) -> Iterator[tuple[str, Any]]:
    """Yield Markdown as the parts of a StoryBlock: a heading, or a paragraph or list of its own."""
    for tokens in _elements(_MARKDOWN.parse(text)):
        if tokens[0].type == "heading_open":
            yield "heading", {"text": tokens[1].content, "level": tokens[0].tag}
        else:
            yield "paragraph", _html(tokens)


def _elements(tokens: list[Token]) -> Iterator[list[Token]]:
    start = 0
    for end, token in enumerate(tokens, start=1):
        if token.level == 0 and token.nesting <= 0:
            yield tokens[start:end]
            start = end


def _html(tokens: list[Token]) -> str:
    # The line breaks that are left stand between elements.
    return _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}).replace("\n", "")
