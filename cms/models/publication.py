"""The publication log: one row for everything that anyone outside can see changed."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Publication(models.Model):
    """One public change. Rows are only ever added, by `cms.publishing.log.append`.

    The primary key is the sequence number, and its order is the order of commits: see there.
    """

    class Resource(models.TextChoices):
        """What kind of thing changed. The first five are endpoints of the API."""

        PAGE = "pages", _("page")
        UNIVERSITY = "universities", _("university")
        STAGE = "stages", _("development stage")
        IMAGE = "images", _("image")
        DOCUMENT = "documents", _("document")
        SITE = "site", _("site")

    created_at = models.DateTimeField(_("time"), default=timezone.now)
    resource = models.CharField(_("what"), max_length=16, choices=Resource.choices)
    resource_id = models.BigIntegerField(_("id"), null=True)
    translation_key = models.UUIDField(_("translation key"), null=True)
    locale = models.CharField(_("language"), max_length=16, blank=True)
    home = models.UUIDField(
        _("home page"),
        null=True,
        help_text=_("The translation key of the one above a page, if lists named it then."),
    )
    is_public = models.BooleanField(
        _("public"),
        default=True,
        help_text=_("Whether everyone could read it after the change."),
    )

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        indexes = [
            models.Index(fields=["resource", "resource_id", "id"], name="publication_resource"),
            models.Index(
                fields=["id"], condition=models.Q(is_public=False), name="publication_removals"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.resource}/{self.resource_id}"
