"""The foundation's application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    """What every other app of the site stands on."""

    name = "cms"
    verbose_name = _("Site foundation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Start recording what the public sees change, and making the sizes of images."""
        from cms import renditions
        from cms.publishing import recording

        recording.connect()
        renditions.connect()
