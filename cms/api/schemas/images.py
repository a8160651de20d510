"""How images and documents look in the API, wherever they are met."""

import mimetypes
from collections.abc import Callable
from functools import cache
from typing import Any

from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument

from cms.api.batching import Batch
from cms.api.schemas.base import Field, Schema
from cms.api.schemas.models import OBJECT, register_schema
from cms.models import SiteImage, SiteRendition


def _renditions(image: SiteImage, batch: Batch) -> Callable[[], list[dict[str, Any]]]:
    """Return what gives the sizes of each format, the narrowest first, none of them twice."""
    public = batch.later(SiteImage, image.pk)

    @cache
    def sizes() -> list[dict[str, Any]]:
        found: dict[tuple[str, int], dict[str, Any]] = {}
        for rendition in getattr(public(), "public_renditions", ()):
            kind, width = _rendition_type(rendition), rendition.width
            url = batch.site.absolute(rendition.url)
            size = {"url": url, "width": width, "height": rendition.height, "content_type": kind}
            found.setdefault((kind, width), size)
        return [found[key] for key in sorted(found)]

    return sizes


def _download_url(image: SiteImage, batch: Batch) -> Callable[[], str | None]:
    """Return what gives the address of the widest size that is no WebP, None without a file.

    Originals have no address: see `cms.media.serving`.
    """
    sizes = _renditions(image, batch)

    def address() -> str | None:
        widest = max(
            sizes(), key=lambda s: (s["content_type"] != "image/webp", s["width"]), default=None
        )
        return widest["url"] if widest else None

    return address


def _rendition_type(rendition: SiteRendition) -> str:
    extension = rendition.file.name.rpartition(".")[2].lower()
    return f"image/{'jpeg' if extension == 'jpg' else extension}"


def _focal_point(image: SiteImage, batch: Batch) -> dict[str, int] | None:
    """Return the area that matters most, in the original's pixels, from its centre."""
    if image.focal_point_x is None or image.focal_point_y is None:
        return None
    return {
        "x": image.focal_point_x,
        "y": image.focal_point_y,
        "width": image.focal_point_width or 0,
        "height": image.focal_point_height or 0,
    }


def _content_type(document: AbstractDocument, batch: Batch) -> str:
    return mimetypes.guess_type(document.filename)[0] or "application/octet-stream"


IMAGE = register_schema(
    SiteImage,
    Schema(
        [
            *OBJECT,
            Field("download_url", _download_url, in_meta=True),
            Field("title"),
            Field("alt", "default_alt_text"),
            Field("alt_sv", "description_sv"),
            Field("credit"),
            Field("width"),
            Field("height"),
            Field("focal_point", _focal_point),
            Field("renditions", _renditions),
            Field("created_at"),
        ],
        listed="id type detail_url download_url title alt alt_sv credit width height focal_point "
        "renditions",
        nested="id type detail_url title alt alt_sv credit width height focal_point renditions",
    ),
)

DOCUMENT = register_schema(
    get_document_model(),
    Schema(
        [
            *OBJECT,
            Field("download_url", lambda d, batch: batch.site.absolute(d.url), in_meta=True),
            Field("title"),
            Field("content_type", _content_type),
            Field("extension", lambda document, _batch: document.file_extension.lower()),
            Field("size", "file_size"),
            Field("created_at"),
        ],
        listed="id type detail_url download_url title content_type extension size",
    ),
)
