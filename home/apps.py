"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """Home and further pages."""

    name = "home"
    verbose_name = _("Home and further pages")
    default_auto_field = "django.db.models.BigAutoField"
