"""The application configuration of signing in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Signing in to the admin. It has no tables of its own."""

    name = "cms.accounts"
    label = "cms_accounts"
    verbose_name = _("Signing in")

    def ready(self) -> None:
        """Listen to what happens to passwords, factors, universities and rights."""
        from cms.accounts import events
        from cms.accounts.roles import partner_editors, subscriptions

        events.connect()
        partner_editors.connect()
        subscriptions.connect()
