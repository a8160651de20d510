"""Refusing to delete what published pages show: universities, stages, images and documents.

Wagtail says how often something is used, but lets it go: a foreign key is emptied, a block loses
its image, and a many-to-many relation is not even counted.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.documents import get_document_model
from wagtail.documents.views import documents
from wagtail.images import get_image_model
from wagtail.images.views import images
from wagtail.models import Page, PageQuerySet

from cms.publishing.dependents import pages_that_show

_NAMED = 10


def refuse_snippets_in_use(request: HttpRequest, instances: Sequence[Model]) -> Any:
    """Wagtail hook `before_delete_snippet`, for one or many: refuse if any is in use.

    Drafts count too: the database would not let go of a course's university.
    """
    pages = Page.objects.filter(pk__in=pages_that_show(instances))
    return _refuse(request, instances, pages)


def refuse_files_in_use(
    request: HttpRequest, action_type: str, objects: Sequence[Model], action: BulkAction
) -> Any:
    """Wagtail hook `before_bulk_action`: the same for many images or documents at once."""
    if action_type != "delete" or action.model not in {get_image_model(), get_document_model()}:
        return None
    return _refuse(request, objects, _published(objects))


class FileInUseMixin:
    """Refuses to delete the one image or document that a delete view is about."""

    request: HttpRequest
    object: Model

    def run_before_hook(self) -> HttpResponse | None:
        """Return the refusal, or None where deletion may go on."""
        return _refuse(self.request, [self.object], _published([self.object]))


class DeleteImageView(FileInUseMixin, images.DeleteView):
    """Delete an image that no published page shows."""


class DeleteDocumentView(FileInUseMixin, documents.DeleteView):
    """Delete a document that no published page offers."""


def delete_addresses() -> list[URLPattern]:
    """Wagtail hook `register_admin_urls`, the first: these stand before Wagtail's own."""
    return [
        path("images/<int:image_id>/delete/", DeleteImageView.as_view()),
        path("documents/delete/<int:document_id>/", DeleteDocumentView.as_view()),
    ]


def _published(instances: Sequence[Model]) -> PageQuerySet:
    return Page.objects.live().filter(pk__in=pages_that_show(instances))


def _refuse(
    request: HttpRequest, instances: Sequence[Model], pages: PageQuerySet
) -> HttpResponse | None:
    """Return a page that says which of `pages` would lose something; None without any."""
    in_use = list(pages.order_by("title")[: _NAMED + 1])
    if not in_use:
        return None
    context = {
        "instances": instances,
        "pages": in_use[:_NAMED],
        "has_more": len(in_use) > _NAMED,
    }
    return TemplateResponse(request, "cms/admin/deletion_refused.html", context)
