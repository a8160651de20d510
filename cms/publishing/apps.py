"""The application configuration of this room."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """The publication log and what is derived from it. Its table is in `cms.models`."""

    name = "cms.publishing"
    label = "cms_publishing"

    def ready(self) -> None:
        """Record everything that changes what the public sees."""
        from cms.publishing import signal_handlers

        signal_handlers.connect()
