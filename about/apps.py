"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AboutConfig(AppConfig):
    """About the school."""

    name = "about"
    verbose_name = _("About the school")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what the foundation must not know."""
        from about.checks import advice_on_funding
        from about.models import FundingPage
        from cms.pages.checks.rules import register_advice

        register_advice(FundingPage, advice_on_funding)
