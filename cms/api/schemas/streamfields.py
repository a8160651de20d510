"""StreamFields as typed blocks, made from what is stored, without a query per block."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from django.db.models import Model
from wagtail.blocks import Block, ChooserBlock, PageChooserBlock, RichTextBlock
from wagtail.images.blocks import ImageBlock

from cms.api.batching import Batch
from cms.api.schemas.base import Selection
from cms.blocks.links import LinkBlock
from cms.blocks.media import VideoBlock
from cms.blocks.stored import Part, walk
from cms.media.videos import parse_video_link


def represent_story(
    block: Block,
    raw: Any,
    batch: Batch,
    locale: str,
    nested: Callable[[type[Model]], Selection],
) -> Any:
    """Return the stored value `raw` of `block` with everything it refers to filled in.

    What is chosen looks as the selection says that `nested` returns for its model.
    """

    def visit(part: Part) -> Any:
        value = part.value
        later: Callable[[], Any] | None = None
        match part.block:
            case RichTextBlock():
                later = batch.html(value or "", locale)
            case PageChooserBlock() if value:
                batch.want_pages(pk=value)
                later = partial(_page, value, batch, locale)
            case ChooserBlock(model_class=model) if value:
                later = partial(_chosen, batch.later(model, value), nested(model), batch)
            case ImageBlock():
                later = partial(_image, value)
            case LinkBlock():
                later = partial(_link, value)
            case VideoBlock():
                return value | _video(value["url"])
        # Looked at twice, in the typed blocks and in the HTML.
        return cache(later) if later else value

    return walk(block, raw, visit)


def _page(pk: int, batch: Batch, locale: str) -> dict[str, Any] | None:
    page = batch.link_target(pk, locale)
    return {"id": page.pk, "url": batch.site.page_url(page.url_path)} if page else None


def _chosen(found: Callable[[], Any], selection: Selection, batch: Batch) -> Any:
    chosen = found()
    return selection.represent(chosen, batch) if chosen else None


def _image(value: dict[str, Any]) -> dict[str, Any] | None:
    image = value["image"] and value["image"]()
    if not image:
        return None
    is_decorative = bool(value["decorative"])
    alt = "" if is_decorative else (value["alt_text"] or image["alt"])
    return {**image, "alt": alt, "decorative": is_decorative}


def _link(value: dict[str, Any]) -> dict[str, Any]:
    page = value["page"] and value["page"]()
    return {
        "label": value["label"] or "",
        "url": page["url"] if page else value["url"] or None,
        "page": page["id"] if page else None,
    }


def _video(url: str | None) -> dict[str, str]:
    video = parse_video_link(url or "")
    return {
        "provider": video.provider_name if video else "",
        "embed_url": video.embed_url if video else "",
    }
