"""The application configuration of this room."""

from django.apps import AppConfig


class EditingConfig(AppConfig):
    """What the admin offers editors. It has no tables."""

    name = "cms.editing"
    label = "cms_editing"
