"""Files of images that the admin sends: a size to look at, and what was uploaded."""

from django.core.exceptions import PermissionDenied
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotFound,
)
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.images.models import SourceImageIOError
from wagtail.images.views.images import preview as wagtail_preview
from wagtail.permissions import policy_registry

from cms.media.image_uploads import DECODING_ERRORS
from cms.models import SiteImage


def preview(request: HttpRequest, image_id: int, filter_spec: str) -> HttpResponseBase:
    """Answer with the size; 404 in words where none can be made of the image's file."""
    try:
        response: HttpResponse = wagtail_preview(request, image_id, filter_spec)
    except (SourceImageIOError, *DECODING_ERRORS):
        text = _("No size of this image can be made: its file is missing or damaged.")
        return HttpResponseNotFound(text, content_type="text/plain; charset=utf-8")
    return response


@require_safe
def as_uploaded(request: HttpRequest, image_id: int) -> HttpResponseBase:
    """Answer with the upload that an image was made of, to those who may change the image."""
    image = get_object_or_404(SiteImage, pk=image_id)
    policy = policy_registry.get_by_type(SiteImage)
    if not policy.user_has_permission_for_instance(request.user, "change", image):
        raise PermissionDenied
    try:
        file = image.as_uploaded.open("rb")
    except (OSError, ValueError) as error:
        # None was kept, or a backup came without it.
        raise Http404 from error
    name = str(image.as_uploaded.name).rpartition("/")[2].partition("-")[2]
    return FileResponse(file, as_attachment=True, filename=name)


def addresses() -> list[URLPattern]:
    """Wagtail hook `register_admin_urls`: the preview at the address of Wagtail's."""
    return [
        path("images/<int:image_id>/preview/<str:filter_spec>/", preview),
        path("images/<int:image_id>/uploaded/", as_uploaded, name="image_as_uploaded"),
    ]
