"""The application configuration of this room."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """What those who run the site need. Its table is in `cms.models`."""

    name = "cms.operations"
    label = "cms_operations"

    def ready(self) -> None:
        """Set up the log, and listen to what belongs in it."""
        from cms.operations.observability import events, logs

        logs.configure()
        events.connect()
