"""How images and documents look in the API, wherever they are met."""

import mimetypes
from typing import Any

from wagtail.documents.models import AbstractDocument

from cms.api.batching import Wanted
from cms.api.schemas.base import Field, Rendering, Shape, select
from cms.api.site import PublicSite
from cms.models import SiteImage, SiteRendition


def renditions(image: SiteImage, site: PublicSite) -> list[dict[str, Any]]:
    """Return the sizes of an image in each format, the narrowest first, none of them twice."""
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for rendition in image.public_renditions:
        kind = rendition_type(rendition)
        found.setdefault(
            (kind, rendition.width),
            {
                "url": site.absolute(rendition.url),
                "width": rendition.width,
                "height": rendition.height,
                "content_type": kind,
            },
        )
    return [found[key] for key in sorted(found)]


def _renditions(image: SiteImage, rendering: Rendering) -> list[dict[str, Any]]:
    found = rendering.references.images.get(image.pk)
    return renditions(found, rendering.site) if found else []


def _download_url(image: SiteImage, rendering: Rendering) -> str | None:
    """Return the address of the widest size that is no WebP, None where the file is lost.

    Originals have no address: see `cms.media.serving`.
    """
    sizes = _renditions(image, rendering)
    best = max(sizes, key=lambda s: (s["content_type"] != "image/webp", s["width"]), default=None)
    return best["url"] if best else None


def _note_image(image: SiteImage, wanted: Wanted) -> None:
    wanted.images.add(image.pk)


def rendition_type(rendition: SiteRendition) -> str:
    """Return the media type of a rendition's file."""
    extension = rendition.file.name.rpartition(".")[2].lower()
    return f"image/{'jpeg' if extension == 'jpg' else extension}"


def content_type(document: AbstractDocument) -> str:
    """Return the media type of a document's file."""
    return mimetypes.guess_type(document.filename)[0] or "application/octet-stream"


def focal_point(image: SiteImage) -> dict[str, int] | None:
    """Return the area that matters most, in the original's pixels, from its centre."""
    if image.focal_point_x is None or image.focal_point_y is None:
        return None
    return {
        "x": image.focal_point_x,
        "y": image.focal_point_y,
        "width": image.focal_point_width or 0,
        "height": image.focal_point_height or 0,
    }


IMAGE = Shape.of(
    [
        Field("id", lambda image, r: image.pk),
        Field("type", lambda image, r: "cms.SiteImage", in_meta=True),
        Field("detail_url", lambda i, r: r.site.detail_url(type(i), i.pk), in_meta=True),
        Field("download_url", _download_url, in_meta=True, refer=_note_image),
        Field("title", lambda image, r: image.title),
        Field("alt", lambda image, r: image.default_alt_text),
        Field("alt_sv", lambda image, r: image.description_sv),
        Field("credit", lambda image, r: image.credit),
        Field("width", lambda image, r: image.width),
        Field("height", lambda image, r: image.height),
        Field("focal_point", lambda image, r: focal_point(image)),
        Field("renditions", _renditions, refer=_note_image),
        Field("created_at", lambda image, r: image.created_at.isoformat()),
    ],
    listed="id type detail_url download_url title alt alt_sv credit width height focal_point "
    "renditions",
    nested="id type detail_url title alt alt_sv credit width height focal_point renditions",
)

DOCUMENT = Shape.of(
    [
        Field("id", lambda document, r: document.pk),
        Field("type", lambda document, r: "wagtaildocs.Document", in_meta=True),
        Field("detail_url", lambda d, r: r.site.detail_url(type(d), d.pk), in_meta=True),
        Field("download_url", lambda d, r: r.site.absolute(d.url), in_meta=True),
        Field("title", lambda document, r: document.title),
        Field("content_type", lambda document, r: content_type(document)),
        Field("extension", lambda document, r: document.file_extension.lower()),
        Field("size", lambda document, r: document.file_size),
        Field("created_at", lambda document, r: document.created_at.isoformat()),
    ],
    listed="id type detail_url download_url title content_type extension size",
)

_NESTED_IMAGE = select(IMAGE, [], IMAGE.nested)
_NESTED_DOCUMENT = select(DOCUMENT, [], DOCUMENT.nested)


def represent_image(image: SiteImage, rendering: Rendering) -> dict[str, Any]:
    """Return an image as it stands inside a text: all that showing it takes."""
    return _NESTED_IMAGE.represent(image, rendering)


def represent_document(document: AbstractDocument, rendering: Rendering) -> dict[str, Any]:
    """Return a document as it stands inside a text."""
    return _NESTED_DOCUMENT.represent(document, rendering)
