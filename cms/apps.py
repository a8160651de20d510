"""The foundation's application configuration."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    """What every other app of the site stands on."""

    name = "cms"
    verbose_name = _("Site foundation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect everything that happens by itself, and check texts."""
        from cms import renditions
        from cms.checks import texts_are_compiled
        from cms.observability import events, logs
        from cms.publishing import recording
        from cms.roles import partner_editors, subscriptions
        from cms.security import references, tags
        from cms.translations import facts

        register(texts_are_compiled, Tags.translation)
        logs.configure()
        events.connect()
        recording.connect()
        renditions.connect()
        partner_editors.connect()
        subscriptions.connect()
        facts.connect()
        references.register_fields()
        tags.check_bulk_forms()
