"""Images as they are accepted: decoded, of the kind that their name says, and without metadata."""

import struct
import zlib
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageSequence, UnidentifiedImageError
from wagtail.images.fields import WagtailImageField

from cms.media.image_conversion import converted, loses_nothing_but_size
from cms.models.image_metadata import without_metadata
from cms.publishing.http.database_fallback import outage

EXTENSIONS = {
    "AVIF": {"avif"},
    "GIF": {"gif"},
    "JPEG": {"jpeg", "jpg"},
    "MPO": {"jpeg", "jpg"},
    "PNG": {"png"},
    "WEBP": {"webp"},
}
# Photographs that are kept as JPEG, by what their names end in.
SAME_AS_JPEG = {"heic", "heif", "jfif"}
# What Pillow raises on files that are broken, or made to break it.
DECODING_ERRORS = (
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


class CheckedImageField(WagtailImageField):
    """Wagtail's field, with the file decoded to its end before it is believed."""

    default_error_messages = {
        "undecodable": gettext_lazy(
            "This file is not a complete image, or it is damaged. Save it again and try once more."
        ),
        "too_many_frames": gettext_lazy(
            "This animation has %(frames)s frames. The limit is %(limit)s: "
            "shorten it, or link to a video."
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        moving = _(
            "Of an animated PNG the first picture alone is shown: GIF and WebP stay animated."
        )
        self.help_text: str = f"{self.help_text} {moving}"

    def to_python(self, data: Any) -> Any:
        """Return the upload without its metadata; raise ValidationError for what is no image."""
        if data in self.empty_values:
            return super().to_python(data)
        try:
            self._check_announced_size(data)
            _convert(data)
            file = super().to_python(data)
            self._decode(file)
            _replace(file, without_metadata(file))
            return file
        except DECODING_ERRORS as error:
            if outage(error):
                raise
            raise ValidationError(
                self.error_messages["undecodable"], code="invalid_image"
            ) from error

    def _check_announced_size(self, data: Any) -> None:
        """Refuse by the header what would fill the memory; Wagtail counts after it has decoded.

        What Pillow cannot open is left to Wagtail, which has a message for it.
        """
        try:
            with Image.open(data) as image:
                pixels = image.width * image.height * getattr(image, "n_frames", 1)
        except UnidentifiedImageError:
            pixels = 0
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            pixels = 2 * self.max_image_pixels
        data.seek(0)
        if pixels > self.max_image_pixels:
            raise ValidationError(
                self.error_messages["file_too_many_pixels"]
                % {"num_pixels": pixels, "max_pixels_count": self.max_image_pixels},
                code="file_too_many_pixels",
            )

    def _decode(self, file: Any) -> None:
        file.seek(0)
        with Image.open(file) as image:
            extension = file.name.rpartition(".")[2].lower()
            if extension not in EXTENSIONS.get(image.format or "", ()):
                raise ValidationError(
                    self.error_messages["invalid_image_known_format"]
                    % {"extension": extension, "image_format": (image.format or _("none")).lower()},
                    code="invalid_image_known_format",
                )
            frames = getattr(image, "n_frames", 1)
            if frames > settings.MAX_IMAGE_FRAMES:
                raise ValidationError(
                    self.error_messages["too_many_frames"]
                    % {"frames": frames, "limit": settings.MAX_IMAGE_FRAMES},
                    code="too_many_frames",
                )
            for frame in ImageSequence.Iterator(image):
                frame.load()
        file.seek(0)


def _convert(file: Any) -> None:
    """Make of an upload what can be shown; what Pillow cannot open is left to Wagtail."""
    name, _dot, extension = file.name.rpartition(".")
    file.as_uploaded = None
    try:
        if not loses_nothing_but_size(file):
            file.as_uploaded = _without_whereabouts(file)
        file.seek(0)
        found = converted(file)
    except UnidentifiedImageError:
        found = None
    if extension.lower() in SAME_AS_JPEG:
        file.name = f"{name}.jpg"
    _replace(file, found)


def _without_whereabouts(file: Any) -> ContentFile:
    """Return a copy of an upload, without its metadata, for those who want more than is shown."""
    bare = without_metadata(file)
    file.seek(0)
    return ContentFile(bare.getvalue() if bare else file.read(), name=file.name)


def _replace(file: Any, content: BytesIO | None) -> None:
    """Write `content` where the upload's is: the form and the storage go on with that."""
    file.seek(0)
    if content is not None:
        file.truncate()
        file.write(content.getvalue())
        file.flush()
        file.size = file.tell()
        file.seek(0)
