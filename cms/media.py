"""Uploaded images, from the machine's own disk. An object store serves them itself."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

# What is made of images for pages and of portraits for the admin. Never `documents`, which
# Wagtail's own view serves after it has asked for their collection's password, and never
# `original_images`, which can hold where and when a photograph was taken.
FOLDERS = ("images", "avatar_images")
CACHE_CONTROL = "public, max-age=86400"


@require_safe
def image(request: HttpRequest, folder: str, path: str) -> HttpResponseBase:
    """Send the file at `path` in one of `FOLDERS`; browsers and caches keep it for a day."""
    response = serve(request, path, document_root=str(Path(settings.MEDIA_ROOT) / folder))
    response.headers["Cache-Control"] = CACHE_CONTROL
    return response
