"""The application configuration of this room."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    """Uploaded files. Their tables are those of `cms.models`."""

    name = "cms.media"
    label = "cms_media"

    def ready(self) -> None:
        """Make the public sizes of each image that is saved; keep no upload without its image."""
        from cms.media import kept_uploads, renditions

        renditions.connect()
        kept_uploads.connect()
