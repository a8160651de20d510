"""StreamFields as typed blocks, made from what is stored, without a query per block."""

from collections.abc import Callable
from typing import Any

from wagtail.blocks import (
    Block,
    ChooserBlock,
    ListBlock,
    PageChooserBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
)
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock

from cms.api.batching import Wanted
from cms.api.schemas.base import Rendering
from cms.api.schemas.images import represent_document, represent_image
from cms.api.schemas.universities import represent_university
from cms.blocks.links import LinkBlock
from cms.blocks.media import VideoBlock
from cms.media.videos import parse_video_link
from cms.models import University

type Visit = Callable[[Block, Any], Any]


def note_references(block: Block, raw: Any, wanted: Wanted) -> None:
    """Note what the stored value `raw` of `block` refers to."""

    def visit(leaf: Block, value: Any) -> None:
        if isinstance(leaf, RichTextBlock):
            wanted.rich_text(value)
        elif isinstance(leaf, ChooserBlock) and value:
            _keys_of(leaf, wanted).add(value)

    _walk(block, raw, visit)


def represent_story(block: Block, raw: Any, rendering: Rendering, locale: str) -> Any:
    """Return the stored value `raw` of `block` with everything it refers to filled in."""

    def visit(leaf: Block, value: Any) -> Any:
        if isinstance(leaf, RichTextBlock):
            return rendering.references.html(value or "", locale)
        if isinstance(leaf, ChooserBlock):
            return _chosen(leaf, value, rendering, locale) if value else None
        return value

    return _walk(block, raw, visit)


def _walk(block: Block, raw: Any, visit: Visit) -> Any:
    """Return `raw` with each leaf replaced by what `visit` makes of it."""
    if isinstance(block, StreamBlock):
        return [
            {
                "type": item["type"],
                "value": _walk(block.child_blocks[item["type"]], item["value"], visit),
                "id": item.get("id"),
            }
            for item in raw or []
            if item and item.get("type") in block.child_blocks
        ]
    if isinstance(block, ListBlock):
        return [_walk(block.child_block, _item_value(item), visit) for item in raw or []]
    if isinstance(block, TypedTableBlock):
        return _walk_table(block, raw or {}, visit)
    if isinstance(block, ImageBlock):
        return _walk_image(block, raw, visit)
    if isinstance(block, StructBlock):
        raw = raw or {}
        value = {
            name: _walk(child, raw.get(name), visit) for name, child in block.child_blocks.items()
        }
        return _with_computed(block, value)
    return visit(block, raw)


def _item_value(item: Any) -> Any:
    """Return the value of a list's item, which newer versions of Wagtail store with an id."""
    return item["value"] if isinstance(item, dict) and item.get("type") == "item" else item


def _walk_table(block: TypedTableBlock, raw: dict[str, Any], visit: Visit) -> dict[str, Any]:
    columns = raw.get("columns") or []
    return {
        "caption": raw.get("caption") or "",
        "columns": [{"type": c["type"], "heading": c.get("heading") or ""} for c in columns],
        "rows": [
            [
                _walk(block.child_blocks[column["type"]], value, visit)
                for column, value in zip(columns, row["values"], strict=False)
            ]
            for row in raw.get("rows") or []
        ],
    }


def _walk_image(block: ImageBlock, raw: Any, visit: Visit) -> Any:
    value = raw if isinstance(raw, dict) else {"image": raw}
    image = _walk(block.child_blocks["image"], value.get("image"), visit)
    if not image:
        return None
    is_decorative = bool(value.get("decorative"))
    alt = "" if is_decorative else (value.get("alt_text") or image["alt"])
    return {**image, "alt": alt, "decorative": is_decorative}


def _with_computed(block: StructBlock, value: dict[str, Any]) -> dict[str, Any]:
    if isinstance(block, LinkBlock):
        page = value["page"]
        url = page["url"] if page else value["url"] or None
        return {
            "label": value["label"] or "",
            "url": url,
            "page": page["id"] if page else None,
        }
    if isinstance(block, VideoBlock):
        video = parse_video_link(value["url"] or "")
        value["provider"] = video.provider_name if video else ""
        value["embed_url"] = video.embed_url if video else ""
    return value


def _keys_of(leaf: ChooserBlock, wanted: Wanted) -> set[int]:
    if isinstance(leaf, PageChooserBlock):
        return wanted.pages
    known = {
        get_image_model(): wanted.images,
        get_document_model(): wanted.documents,
        University: wanted.universities,
    }
    return known[leaf.model_class]


def _chosen(leaf: ChooserBlock, pk: int, rendering: Rendering, locale: str) -> Any:
    references = rendering.references
    if isinstance(leaf, PageChooserBlock):
        page = references.link_target(pk, locale)
        return {"id": page.id, "url": page.url} if page else None
    if leaf.model_class is get_image_model():
        image = references.images.get(pk)
        return represent_image(image, rendering) if image else None
    if leaf.model_class is get_document_model():
        document = references.documents.get(pk)
        return represent_document(document, rendering) if document else None
    university = references.universities.get(pk)
    return represent_university(university, rendering) if university else None
