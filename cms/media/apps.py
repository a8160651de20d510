"""The application configuration of this room."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    """Uploaded files. Their tables are those of `cms.models`."""

    name = "cms.media"
    label = "cms_media"

    def ready(self) -> None:
        """Make the public sizes of each image that is saved."""
        from cms.media import renditions

        renditions.connect()
