"""The application configuration of this room."""

from django.apps import AppConfig


class TranslationsConfig(AppConfig):
    """Pages in several languages. It has no tables."""

    name = "cms.translations"
    label = "cms_translations"

    def ready(self) -> None:
        """Carry the facts of pages to their translations."""
        from cms.translations import synchronised_fields

        synchronised_fields.connect()
