"""Uploaded images, from the machine's own disk. An object store serves them itself."""

from pathlib import Path

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve
from wagtail.images import get_image_model
from wagtail.models import CollectionViewRestriction
from wagtail.permissions import policy_registry

from cms.models import SiteImage, SiteRendition
from cms.publishing.http.responses import PRIVATE_CACHE_CONTROL

# What is made of images for pages and of portraits for the admin. Never `documents`, which
# Wagtail's own view serves after it has asked for their collection's password, and never
# `original_images`, which have no reader.
FOLDERS = ("images", "avatar_images")
# Browsers for a day; caches that everybody shares only as long as a picture that has just been
# made private may still be shown.
CACHE_CONTROL = "public, max-age=86400, s-maxage=300"
_ACTIONS = ["add", "change", "delete", "choose"]


@require_safe
def image(request: HttpRequest, folder: str, path: str) -> HttpResponseBase:
    """Send the file at `path` in one of `FOLDERS`.

    404 for a size of an image in a private collection, unless the visitor may see the collection
    or works with its images; 404 for portraits unless somebody is signed in.
    """
    private = folder == "avatar_images" or _is_private(f"{folder}/{path}")
    if private and not _may_see(request, folder, path):
        raise Http404
    response = serve(request, path, document_root=str(Path(settings.MEDIA_ROOT) / folder))
    response.headers["Cache-Control"] = PRIVATE_CACHE_CONTROL if private else CACHE_CONTROL
    return response


class _LastKnown:
    """Whether any collection was private when the database last answered this process."""

    any_private = False


def _is_private(name: str) -> bool:
    """Return whether the file `name` is a size of an image in a private collection.

    One query where no collection is private. While the database is away, pictures are shown if
    none was private before it went; otherwise nobody knows which ones are.
    """
    try:
        paths = list(CollectionViewRestriction.objects.values_list("collection__path", flat=True))
        _LastKnown.any_private = bool(paths)
        collection = paths and (
            SiteRendition.objects.filter(file=name)
            .values_list("image__collection__path", flat=True)
            .first()
        )
    except (OperationalError, InterfaceError):
        if _LastKnown.any_private:
            raise
        return False
    return bool(collection) and str(collection).startswith(tuple(paths))


def _may_see(request: HttpRequest, folder: str, path: str) -> bool:
    if folder == "avatar_images":
        return request.user.is_authenticated
    rendition = SiteRendition.objects.select_related("image__collection").get(
        file=f"{folder}/{path}"
    )
    return _works_with(request, rendition.image) or all(
        restriction.accept_request(request)
        for restriction in rendition.image.collection.get_view_restrictions()
    )


def _works_with(request: HttpRequest, image: SiteImage) -> bool:
    policy = policy_registry.get_by_type(get_image_model())
    allowed: bool = policy.user_has_any_permission_for_instance(request.user, _ACTIONS, image)
    return allowed
