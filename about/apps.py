"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AboutConfig(AppConfig):
    """About the school."""

    name = "about"
    verbose_name = _("About the school")
    default_auto_field = "django.db.models.BigAutoField"
