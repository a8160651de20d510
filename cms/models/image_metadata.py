"""Images without what cameras, phones and editors write into them."""

from io import BytesIO
from typing import IO, Any

from PIL import Image, ImageOps, ImageSequence

# Where cameras, phones and editors write who, when and where.
METADATA = ("exif", "xmp", "XML:com.adobe.xmp", "Raw profile type exif", "photoshop", "comment")
_TIMING: tuple[str, ...] = ("loop", "duration")
# Nobody sees the difference; the file of a format that loses a little stays small.
_QUALITY = 92


def without_metadata(file: IO[bytes]) -> BytesIO | None:
    """Return an image without what its metadata tell of people and places; None if nothing does.

    The picture stays as it was seen: turned as the metadata said, with its colour profile. Raises
    one of `cms.media.image_uploads.DECODING_ERRORS` where the file is no image.
    """
    file.seek(0)
    with Image.open(file) as image:
        kind = "JPEG" if image.format == "MPO" else image.format
        if kind == "GIF" or not _has_metadata(image):
            return None
        cleaned = BytesIO()
        options: dict[str, Any] = {"icc_profile": image.info.get("icc_profile")}
        if getattr(image, "n_frames", 1) > 1 and kind != "JPEG":
            frames = [_bare(frame.copy()) for frame in ImageSequence.Iterator(image)]
            options |= {"save_all": True, "append_images": frames[1:]}
            options |= {name: image.info[name] for name in _TIMING if name in image.info}
            picture = frames[0]
        else:
            picture = _bare(ImageOps.exif_transpose(image))
        if kind in {"JPEG", "WEBP", "AVIF"}:
            options["quality"] = _QUALITY
        picture.save(cleaned, kind, **options)
    cleaned.seek(0)
    return cleaned


def _has_metadata(image: Image.Image) -> bool:
    return bool(image.getexif()) or any(image.info.get(name) for name in METADATA)


def _bare(picture: Image.Image) -> Image.Image:
    """Return `picture` with nothing that Pillow would write out beside the pixels."""
    kept: dict[str | tuple[int, int], Any] = {
        key: picture.info[key] for key in ("transparency",) if key in picture.info
    }
    picture.info = kept
    return picture
