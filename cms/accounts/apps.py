"""The application configuration of signing in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Signing in to the admin. It has no tables of its own."""

    name = "cms.accounts"
    label = "cms_accounts"
    verbose_name = _("Signing in")

    def ready(self) -> None:
        """Listen to what happens to passwords and factors."""
        from cms.accounts import events

        events.connect()
