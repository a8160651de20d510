"""What editors have written, read as it is stored: without loading what it refers to.

Stored JSON may be older than the blocks, or come from elsewhere. A block whose type is gone is
left out; a missing key, and a value of another type than the block's, read as empty. Texts are
clean.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from wagtail.blocks import (
    Block,
    BooleanBlock,
    CharBlock,
    ChoiceBlock,
    ChooserBlock,
    EmailBlock,
    IntegerBlock,
    ListBlock,
    RichTextBlock,
    StreamValue,
    StructBlock,
    TextBlock,
    URLBlock,
)
from wagtail.blocks import StreamBlock as WagtailStreamBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock

from cms.blocks.stored_rich_text import in_one_line, texts_in, without_keys_of_nothing
from cms.upstream.characters import clean
from cms.upstream.keys import is_key

_TEXT = (CharBlock, ChoiceBlock, EmailBlock, RichTextBlock, TextBlock, URLBlock)
# What a block that holds no others is stored as. Kinds that are not named keep what is there.
_STORED_AS = ((_TEXT, str), ((ChooserBlock, IntegerBlock), int), (BooleanBlock, bool))
_MISSING = object()
# More than any number that somebody counts with, and less than any database can hold.
_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Part:
    """A value of a field, or of a block.

    `path` is its content path, with which Wagtail's editor finds it; `block` is None for a field;
    `name` is what its parent knows it by, if anything: the id of an item of a list.
    """

    path: str
    value: Any
    block: Block | None = None
    parent: Block | None = None
    name: str | None = None

    @property
    def is_rich_text(self) -> bool:
        """Whether the value is HTML that an editor wrote."""
        return self.block is None or isinstance(self.block, RichTextBlock)

    @property
    def is_dependent(self) -> bool:
        """Whether it is no text, or shown with a page or file alone that not all may see."""
        is_shown_with = getattr(getattr(self.parent, "meta", None), "is_dependent", False)
        return is_shown_with or not isinstance(self.value, str)

    @property
    def text(self) -> str:
        """What a reader reads of it: empty where the value is no text, such as an address."""
        return " ".join(self.texts)

    @property
    def texts(self) -> list[str]:
        """The same, with each paragraph, heading and item of a list for itself."""
        if self.is_rich_text:
            return texts_in(self.value)
        return [in_one_line(self.value)] if isinstance(self.block, CharBlock | TextBlock) else []


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
    """Yield the parts of the `values` of `fields` that are not empty and hold no others."""
    for field, value in zip(fields, values, strict=True):
        parts = [Part(field.name, value)]
        if isinstance(field, StreamField):
            parts = []
            raw = value.get_prep_value() if value else []
            walk(field.stream_block, raw, parts.append, field.name)
        for part in parts:
            if part.value not in (None, "") and not isinstance(part.value, list | dict):
                yield part


def walk(
    block: Block,
    raw: Any,
    visit: Callable[[Part], Any],
    path: str = "",
    parent: Block | None = None,
    *,
    name: str | None = None,
) -> Any:
    """Return what `visit` makes of the stored value `raw` of `block`.

    The blocks inside are visited first; the value of what holds them is made of the results: a
    list of typed items (streams), a list, or a dictionary. Raises nothing, whatever is stored.
    """

    def inside(child: Block, value: Any, name: str | None = None) -> Any:
        return walk(child, value, visit, f"{path}.{name}" if name else path, block, name=name)

    value: Any
    match block:
        case WagtailStreamBlock():
            value = [
                {
                    "type": kind,
                    "value": inside(child, item.get("value", _MISSING), _id(item)),
                    "id": _id(item),
                }
                for kind, child, item in _typed(block, raw)
            ]
        case ListBlock():
            value = [inside(block.child_block, *_list_item(item)) for item in _as(list, raw)]
        case TypedTableBlock():
            value = _table(block, _as(dict, raw), inside)
        case StructBlock():
            # The older form of an image that has its alternative text beside it.
            is_image = isinstance(block, ImageBlock) and isinstance(raw, int)
            stored = {"image": raw} if is_image else _as(dict, raw)
            children = block.child_blocks.items()
            value = {
                name: inside(child, stored.get(name, _MISSING), name) for name, child in children
            }
        case _:
            value = _leaf(block, raw)
    return visit(Part(path, value, block, parent, name))


def _leaf(block: Block, raw: Any) -> Any:
    """Return what is stored for a block that holds no others, or what an empty one has."""
    kind = next((kind for blocks, kind in _STORED_AS if isinstance(block, blocks)), object)
    # To Python, true is a number too.
    is_kind = isinstance(raw, kind) and not (kind is int and isinstance(raw, bool))
    is_known = not isinstance(block, ChooserBlock) or is_key(block.model_class, raw)
    if isinstance(block, IntegerBlock) and is_kind:
        is_known = abs(raw) <= _MOST
    is_empty = raw is None and not block.required
    if is_empty or (raw not in (None, _MISSING) and is_kind and is_known):
        if isinstance(raw, str):
            raw = clean(raw)
        return without_keys_of_nothing(raw) if raw and isinstance(block, RichTextBlock) else raw
    default = block.get_prep_value(block.get_default())
    return "" if default is None and kind is str else default


def _as[T: (list[Any], dict[str, Any])](kind: type[T], raw: Any) -> T:
    return raw if isinstance(raw, kind) else kind()


def _typed(block: Any, raw: Any) -> Iterator[tuple[str, Block, dict[str, Any]]]:
    """Yield those of the stored items, or columns, that have a type that there is."""
    for item in _as(list, raw):
        kind = _as(dict, item).get("type")
        if isinstance(kind, str) and kind in block.child_blocks:
            yield kind, block.child_blocks[kind], item


def _list_item(item: Any) -> tuple[Any, Any]:
    # What was put in by code may be stored without wrapping, and then has no id.
    if isinstance(item, dict) and item.get("type") == "item" and "value" in item:
        return item["value"], _id(item)
    return item, None


def _id(item: dict[str, Any]) -> str | None:
    found = item.get("id")
    return clean(found) if isinstance(found, str) else None


def _table(
    block: TypedTableBlock, raw: dict[str, Any], inside: Callable[[Block, Any], Any]
) -> dict[str, Any]:
    columns = _as(list, raw.get("columns"))
    places = [n for n, column in enumerate(columns) if any(_typed(block, [column]))]
    rows = [_as(list, _as(dict, row).get("values")) for row in _as(list, raw.get("rows"))]
    # Caption and headings are texts as well, though no blocks.
    text = CharBlock()
    return {
        "caption": inside(text, raw.get("caption")) or "",
        "columns": [
            {
                "type": columns[n]["type"],
                "heading": inside(text, columns[n].get("heading")) or "",
            }
            for n in places
        ],
        "rows": [
            [inside(block.child_blocks[columns[n]["type"]], row[n]) for n in places if n < len(row)]
            for row in rows
        ],
    }


class StreamBlock(WagtailStreamBlock):
    """Wagtail's stream of blocks, whose blocks are given what is stored as today's would store it.

    Pages, editors, checks and the search index load it; none of them has to expect anything else.
    """

    def get_searchable_content(self, value: StreamValue) -> list[str]:
        """Return the texts that everybody reads: not those shown with a page or file alone."""
        parts: list[Part] = []
        walk(self, value.get_prep_value(), parts.append)
        return [text for part in parts if not part.is_dependent for text in part.texts]

    def to_python(self, value: Any) -> StreamValue:
        """Return the blocks of a stored value, which may be of any shape, or of pairs in code."""
        raw = value
        if isinstance(value, str):
            try:
                raw = json.loads(value)
            except ValueError:
                # Wagtail keeps what was a text before the field was a StreamField.
                return super().to_python(value)
        is_stored = not isinstance(raw, StreamValue | tuple)
        if is_stored and not (isinstance(raw, list) and any(isinstance(i, tuple) for i in raw)):
            raw = walk(self, raw, _as_stored_today)
        return super().to_python(raw)


def _as_stored_today(part: Part) -> Any:
    value = part.value
    if isinstance(part.block, TypedTableBlock):
        value["rows"] = [{"values": row} for row in value["rows"]]
    if isinstance(part.parent, ListBlock):
        return {"type": "item", "value": value, "id": part.name}
    return value
