"""Images made such that every size of them can be made: as they look, in a kind browsers show."""

from io import BytesIO
from typing import IO

from PIL import Image, ImageCms, ImageOps

# What is kept of a picture: more than three times what the widest size of it shows.
MOST_PIXELS = 6_000_000
# The longest side that WebP can hold.
LONGEST_SIDE = 16_383
# The kinds that are kept as another, by their names in Pillow.
KEPT_AS = {"HEIF": "JPEG", "MPO": "JPEG"}
# Animations of these are kept; of others, Willow knows none, and the first picture is.
_ANIMATED_KINDS = {"AVIF", "GIF", "WEBP"}
_QUALITY = 92
_SHOWN_MODES = {"1", "L", "LA", "P", "RGB", "RGBA"}
_SIXTEEN_BITS = {"I", "I;16", "I;16B", "I;16L"}


def converted(file: IO[bytes]) -> BytesIO | None:
    """Return an image in a form that can be shown; None where it can be as it is.

    Too large ones are reduced, as far as their kind allows while they are decoded. Raises one of
    `cms.media.image_uploads.DECODING_ERRORS` where the file is no image.
    """
    with Image.open(file) as image:
        kind = _kept_kind(image)
        size = _kept_size(image)
        if _is_animated(image) or (_is_shown(image) and image.size == size):
            return None
        image.draft(None, size)
        picture = _as_it_looks(image)
        # Most of the work is on all of its pixels: first there are to be few of them.
        picture.thumbnail(size, reducing_gap=1.5)
        ImageOps.exif_transpose(picture, in_place=True)
        if kind == "JPEG" and picture.has_transparency_data:
            picture = Image.alpha_composite(
                Image.new("RGBA", picture.size, "white"), picture.convert("RGBA")
            ).convert("RGB")
    content = BytesIO()
    picture.save(content, kind, quality=_QUALITY, icc_profile=picture.info.get("icc_profile"))
    content.seek(0)
    return content


def loses_nothing_but_size(file: IO[bytes]) -> bool:
    """Return whether `converted` leaves the image as it is, but for the number of its pixels.

    The first picture of an MPO is a JPEG; what else telephones put into one is not for readers.
    """
    with Image.open(file) as image:
        return image.format == "MPO" or _is_animated(image) or _is_shown(image)


def _kept_kind(image: Image.Image) -> str:
    return KEPT_AS.get(image.format or "", image.format or "")


def _is_animated(image: Image.Image) -> bool:
    return getattr(image, "n_frames", 1) > 1 and _kept_kind(image) in _ANIMATED_KINDS


def _is_shown(image: Image.Image) -> bool:
    """Return whether browsers show `image`, all of it, as it is."""
    has_frames = getattr(image, "n_frames", 1) > 1
    is_kept = image.format == _kept_kind(image) and image.mode in _SHOWN_MODES
    return is_kept and not has_frames and _profile_fits(image)


def _kept_size(image: Image.Image) -> tuple[int, int]:
    scale = min(
        1,
        (MOST_PIXELS / (image.width * image.height)) ** 0.5,
        LONGEST_SIDE / max(image.size),
    )
    return max(1, int(image.width * scale)), max(1, int(image.height * scale))


def _as_it_looks(image: Image.Image) -> Image.Image:
    """Return `image` in 8 bits of grey or colour; its own profile is kept where it fits."""
    if image.mode in _SIXTEEN_BITS:
        # Pillow cuts off what is brighter than 255.
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if _profile_fits(image) and image.mode in _SHOWN_MODES:
        return image
    profile = image.info.pop("icc_profile", None)
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            shown = ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (OSError, ImageCms.PyCMSError):
            shown = None
        if shown is not None:
            shown.info.pop("icc_profile", None)
            return shown
    return image if image.mode in _SHOWN_MODES else image.convert("RGB")


def _profile_fits(image: Image.Image) -> bool:
    """Return whether the colours that the profile of `image` is for are those it has."""
    profile = image.info.get("icc_profile")
    if not profile:
        return True
    try:
        space = ImageCms.ImageCmsProfile(BytesIO(profile)).profile.xcolor_space.strip()
    except (OSError, ImageCms.PyCMSError):
        return False
    return space == ("GRAY" if image.mode in {"1", "L", "LA"} else "RGB")
