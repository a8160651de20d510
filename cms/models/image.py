"""Images and the sizes made of them."""

import logging
from contextlib import suppress
from datetime import timedelta
from secrets import token_hex
from typing import Any

from django.core.files import File
from django.db import DatabaseError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    Image,
    SourceImageIOError,
)

from cms.i18n.languages import localised
from cms.models.image_metadata import without_metadata

logger = logging.getLogger(__name__)

# A file that nothing can be made of is not read for every visitor.
RETRY_AFTER = timedelta(minutes=10)


def name_of_upload(image: "SiteImage", name: str) -> str:
    """Return where an upload is kept: under no name that anybody could guess."""
    return f"uploaded_images/{token_hex(8)}-{name[-80:]}"


class SiteImage(AbstractImage):
    """An image in the library. Wagtail's `description` is its default alternative text."""

    description_sv = models.CharField(
        _("description in Swedish"),
        max_length=255,
        blank=True,
        help_text=_("Read aloud on Swedish pages. Left empty, the English description is."),
    )
    credit = models.CharField(
        _("credit"),
        max_length=255,
        blank=True,
        help_text=_("Photographer or copyright holder, shown beside the image."),
    )

    is_decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_(
            "It adds nothing to any text: a pattern, or a picture that sets the mood. "
            "Screen readers pass over it. Every other image needs a description."
        ),
    )

    # The upload, where the file is another kind of picture (`cms.media.image_conversion`). It has
    # no address but the admin's.
    as_uploaded = models.FileField(
        _("as it was uploaded"), upload_to=name_of_upload, blank=True, editable=False
    )
    # When a size of it could last not be made.
    failed_at = models.DateTimeField(_("could not be shown"), null=True, editable=False)
    # Whether the sizes that were asked for last could not be made, any of them.
    is_left_out = False

    admin_form_fields = (
        *Image.admin_form_fields,
        "description_sv",
        "credit",
        "is_decorative",
    )
    api_fields = ["credit", "description_sv"]

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_siteimage", "Can choose image")]

    @property
    def default_alt_text(self) -> str:
        """What is read aloud where a page gives the image no words of its own.

        The description in the reader's language, or the title where there is none.
        """
        if self.is_decorative:
            return ""
        return localised(self, "description") or str(self.title)

    @property
    def lacks_description(self) -> bool:
        """Whether somebody who cannot see the image misses something."""
        return not (self.is_decorative or self.description or self.description_sv)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; what could not be shown before is tried again, for the file may be another."""
        self.failed_at = None
        super().save(*args, **kwargs)

    def get_rendition(self, filter: Filter | str) -> "SiteRendition":  # noqa: A002 - Wagtail's name
        """Return one size, as `get_renditions` does."""
        return next(iter(self.get_renditions(filter).values()))

    def get_renditions(self, *filters: Filter | str) -> dict[str, "SiteRendition"]:
        """Return those sizes that there are or that can be made, by their specifications.

        All that shows images asks here: tags, API and admin. What cannot be made is no reason
        for any of them to fail. Where there is nothing to show, all sizes are as in Wagtail's
        `get_renditions_or_not_found`: not `is_made`, and the image `is_left_out`.
        """
        self.is_left_out = False
        try:
            made: dict[str, SiteRendition] = super().get_renditions(*filters)
        except (DatabaseError, InvalidFilterSpecError):
            raise
        except Exception:
            # Pillow raises whatever the file makes it raise.
            if self._note_failure():
                logger.exception(
                    "Image %s cannot be shown: its file is missing or broken.", self.pk
                )
            wanted = [Filter(spec=f) if isinstance(f, str) else f for f in filters]
            made = {f.spec: size for f, size in self.find_existing_renditions(*wanted).items()}
            self.is_left_out = not made
            return made or {f.spec: self._not_found() for f in wanted}
        return made

    def create_renditions(self, *filters: Filter) -> dict[Filter, "SiteRendition"]:
        """Make these sizes; raise at once what was raised a few minutes ago."""
        if not filters:
            return {}
        if self.failed_at and timezone.now() < self.failed_at + RETRY_AFTER:
            raise SourceImageIOError
        made: dict[Filter, SiteRendition] = super().create_renditions(*filters)
        # Another process may have been quicker. Its files are the ones that are kept, and Wagtail,
        # which makes several at once, does not say so.
        return made | self.find_existing_renditions(*filters)

    def generate_rendition_file(self, *args: Any, **kwargs: Any) -> File:
        """Return the file of one size, without what the original's metadata tell.

        Uploads have lost theirs before (`cms.media.image_uploads`); images that came another way,
        from a backup or a command, have not.
        """
        rendition = super().generate_rendition_file(*args, **kwargs)
        cleaned = without_metadata(rendition.file)
        rendition.file.seek(0)
        return rendition if cleaned is None else File(cleaned, name=rendition.name)

    def _note_failure(self) -> bool:
        """Remember a failure for the editors; return whether it is the first."""
        now = timezone.now()
        if self.failed_at and now < self.failed_at + RETRY_AFTER:
            return False
        self.failed_at = now
        # A database that can only be read shows pages all the same.
        with suppress(DatabaseError), transaction.atomic():
            if self._stored.filter(failed_at=None).update(failed_at=now):
                return True
            self._stored.update(failed_at=now)
        return False

    @property
    def _stored(self) -> models.QuerySet["SiteImage"]:
        """The row. To `save` would tell of a change, and a visit would empty all caches."""
        return SiteImage.objects.filter(pk=self.pk)

    def _not_found(self) -> "SiteRendition":
        rendition = SiteRendition(image=self, width=0, height=0)
        rendition.file.name = "not-found"
        return rendition


class SiteRendition(AbstractRendition):
    """One size of one image."""

    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="unique_site_rendition",
            )
        ]

    @property
    def is_made(self) -> bool:
        """Whether there is a file behind it: see `SiteImage.get_renditions`."""
        return bool(self.width)
