"""The application configuration of this room."""

from django.apps import AppConfig
from django.core.checks import Tags, register


class I18nConfig(AppConfig):
    """Languages. It has no tables."""

    name = "cms.i18n"
    label = "cms_i18n"

    def ready(self) -> None:
        """Check that the texts are compiled, and have forms read what people type."""
        from cms.i18n import form_fields
        from cms.i18n.checks import texts_are_compiled

        register(texts_are_compiled, Tags.translation)
        form_fields.register_fields()
