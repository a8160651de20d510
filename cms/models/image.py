"""Images and the sizes made of them."""

from typing import Any

from django.core.files import File
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from cms.i18n.languages import localised
from cms.models.image_metadata import without_metadata


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
            "It adds nothing to any text: a pattern, or a picture for the mood. "
            "Screen readers pass over it. Every other image needs a description."
        ),
    )

    admin_form_fields = (
        *Image.admin_form_fields,
        "description_sv",
        "credit",
        "is_decorative",
    )
    api_fields = ["credit", "description_sv"]

    def generate_rendition_file(self, *args: Any, **kwargs: Any) -> File:
        """Return the file of one size, without what the original's metadata tell.

        Uploads have lost theirs before (`cms.media.image_uploads`); images that came another way,
        from a backup or a command, have not.
        """
        rendition = super().generate_rendition_file(*args, **kwargs)
        cleaned = without_metadata(rendition.file)
        rendition.file.seek(0)
        return rendition if cleaned is None else File(cleaned, name=rendition.name)

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
