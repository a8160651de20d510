"""What was uploaded, kept beside the image that was made of it, and for as long as that."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.db.models.signals import post_delete
from wagtail.images import get_image_model


def connect() -> None:
    """Start listening for deleted images. Called once, when the applications are ready."""
    post_delete.connect(_on_deletion, sender=get_image_model(), dispatch_uid="uploads_of_images")


def delete_after_commit(file: FieldFile) -> None:
    """Delete a file once what no longer names it is saved for good."""
    if file.name:
        transaction.on_commit(partial(file.storage.delete, file.name))


def _on_deletion(instance: Any, **kwargs: Any) -> None:
    delete_after_commit(instance.as_uploaded)
