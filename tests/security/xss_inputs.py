"""What the texts of an editor's blocks are filled in with in order to infect them."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import get_page_models
from wagtail.test.utils.form_data import streamfield

# Of one kind of block, or of the items of a list.
ROWS = 2

type Texts = Callable[[str], str]


def rich(text: str, url: str = "") -> str:
    """Return a rich text as the editor sends it, with a link to `url` over all of it."""
    ranges = [{"offset": 0, "length": len(text), "key": 0}] if url else []
    entity = {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": url}}} if url else {}
    block = {"key": "a", "text": text, "type": "unstyled", "depth": 0}
    return json.dumps(
        {
            "blocks": [block | {"inlineStyleRanges": [], "entityRanges": ranges}],
            "entityMap": entity,
        }
    )


def stream_blocks() -> dict[str, blocks.StreamBlock]:
    """Return the blocks of every StreamField by its name, which means the same everywhere."""
    return {
        field.name: field.stream_block
        for model in get_page_models()
        for field in model._meta.get_fields()
        if isinstance(field, StreamField)
    }


class Infecter:
    """Builds the form data of blocks, each text of which is what `texts(name)` returns.

    `chosen` are keys of objects that choosers may choose, by the chooser's class.
    """

    def __init__(self, texts: Texts, *, image: int, document: int) -> None:
        self.texts = texts
        self.chosen: Mapping[type, int] = {
            ImageChooserBlock: image,
            DocumentChooserBlock: document,
        }

    def stream(self, block: blocks.StreamBlock, path: str) -> list[tuple[str, Any]]:
        """Return some of each kind of block that a stream may hold, and no more than it may."""
        kinds = [kind for kind in block.child_blocks.items() for _row in range(ROWS)]
        return [
            (name, self.value(child, f"{path}.{name}"))
            for name, child in kinds[: block.meta.max_num]
        ]

    def value(self, block: blocks.Block, path: str) -> Any:  # noqa: C901, PLR0911 One for each kind.
        """Return what an editor sends for a block in which every text is filled in."""
        match block:
            case blocks.StreamBlock():
                return streamfield(self.stream(block, path))
            case TypedTableBlock():
                return self._table(block, path)
            case blocks.StructBlock():
                return {
                    name: self.value(child, f"{path}.{name}")
                    for name, child in block.child_blocks.items()
                }
            case blocks.ListBlock():
                return _listed([self.value(block.child_block, path) for _row in range(ROWS)])
            case blocks.RichTextBlock():
                return rich(self.texts(path))
            case blocks.CharBlock() | blocks.TextBlock():
                return self.texts(path)
            case blocks.URLBlock():
                return "https://vimeo.com/76979871"
            case blocks.ChoiceBlock():
                return next(str(key) for key, _label in block.field.choices if key)
            case blocks.IntegerBlock():
                return "3"
            case blocks.BooleanBlock() | blocks.EmailBlock():
                return ""
            case blocks.ChooserBlock():
                keys = (key for kind, key in self.chosen.items() if isinstance(block, kind))
                return str(next(keys, ""))
        raise LookupError(f"What does {type(block).__name__} at {path} take? Say so here.")

    def _table(self, block: TypedTableBlock, path: str) -> dict[str, Any]:
        columns = list(block.child_blocks.items())
        return {
            "caption": self.texts(f"{path}.caption"),
            "column-count": str(len(columns)),
            "row-count": "1",
            "row": {"0": {"order": "0", "deleted": ""}},
            "column": {
                str(number): {
                    "type": name,
                    "heading": self.texts(f"{path}.heading"),
                    "order": str(number),
                    "deleted": "",
                }
                for number, (name, _child) in enumerate(columns)
            },
            "cell": {
                "0": {
                    str(number): self.value(child, f"{path}.{name}")
                    for number, (name, child) in enumerate(columns)
                }
            },
        }


def _listed(values: list[Any]) -> dict[str, Any]:
    return {
        "count": str(len(values)),
        **{
            str(number): {"value": value, "order": str(number), "deleted": ""}
            for number, value in enumerate(values)
        },
    }
