"""Walking through what editors have written, without loading what it refers to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from wagtail.blocks import (
    Block,
    CharBlock,
    ListBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    TextBlock,
)
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import get_text_for_indexing


@dataclass(frozen=True, slots=True)
class Part:
    """A value of a field, or of a block that holds no other blocks.

    `path` is its content path, with which Wagtail's editor finds it; `block` is None for a field.
    """

    path: str
    value: Any
    block: Block | None = None
    parent: Block | None = None

    @property
    def is_rich_text(self) -> bool:
        """Whether the value is HTML that an editor wrote."""
        return self.block is None or isinstance(self.block, RichTextBlock)

    @property
    def text(self) -> str:
        """What a reader reads of it: empty where the value is no text, such as an address."""
        if self.is_rich_text:
            return in_one_line(get_text_for_indexing(self.value))
        return in_one_line(self.value) if isinstance(self.block, CharBlock | TextBlock) else ""


def in_one_line(text: str) -> str:
    """Return `text` with one space for each run of spaces and line breaks."""
    return " ".join(text.split())


def content_fields(model: type[Model]) -> list[RichTextField | StreamField]:
    """Return the fields of `model` that hold rich text or blocks."""
    return [f for f in model._meta.get_fields() if isinstance(f, RichTextField | StreamField)]


def parts_of(instance: Model) -> Iterator[Part]:
    """Yield the parts of all texts of `instance`, saved or not."""
    fields = content_fields(type(instance))
    return parts_in(fields, [getattr(instance, field.name) for field in fields])


def parts_in(
    fields: Iterable[RichTextField | StreamField], values: Iterable[Any]
) -> Iterator[Part]:
    """Yield the parts of the `values` of `fields`."""
    for field, value in zip(fields, values, strict=True):
        if isinstance(field, StreamField):
            yield from _inside(
                field.stream_block, value.get_prep_value() if value else [], field.name
            )
        elif value:
            yield Part(field.name, value)


def _inside(block: Block, raw: Any, path: str, parent: Block | None = None) -> Iterator[Part]:
    """Yield the parts of a block's stored value. What has no block any more is left out."""
    if not isinstance(block, StreamBlock | StructBlock | ListBlock | TypedTableBlock):
        if raw not in {None, ""}:
            yield Part(path, raw, block, parent)
        return
    for child, value, name in _children(block, raw or {}):
        if child is not None:
            yield from _inside(child, value, f"{path}.{name}" if name else path, block)


def _children(block: Block, raw: Any) -> Iterator[tuple[Block | None, Any, str | None]]:
    """Yield the blocks inside a block, each with its stored value and its name in the path."""
    match block:
        case StreamBlock():
            return (
                (block.child_blocks.get(item["type"]), item["value"], item.get("id"))
                for item in raw
            )
        case StructBlock():
            return ((child, raw.get(name), name) for name, child in block.child_blocks.items())
        case ListBlock():
            return ((block.child_block, *_list_item(item)) for item in raw)
        case _:
            return _cells(block, raw)


def _list_item(item: Any) -> tuple[Any, str | None]:
    # What was put in by code may be stored without wrapping, and then has no name.
    if isinstance(item, dict) and "value" in item:
        return item["value"], item.get("id")
    return item, None


def _cells(table: TypedTableBlock, raw: Any) -> Iterator[tuple[Block | None, Any, None]]:
    columns = raw.get("columns", [])
    # Caption and headings are texts as well, though no blocks.
    for text in (raw.get("caption"), *(column.get("heading") for column in columns)):
        yield CharBlock(), text, None
    kinds = [column["type"] for column in columns]
    for row in raw.get("rows", []):
        for kind, value in zip(kinds, row["values"], strict=False):
            yield table.child_blocks.get(kind), value, None
