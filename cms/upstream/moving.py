"""Refusing to move or copy from, or to, where there is nothing."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from wagtail.models import Page


def refuse_root(request: HttpRequest, page: Page, destination: Page) -> None:
    """Wagtail hook `before_move_page`: Wagtail asks for the root's parent before it refuses."""
    if page.is_root():
        raise PermissionDenied


def refuse_unknown_parent(request: HttpRequest, page: Page) -> None:
    """Wagtail hook `before_copy_page`: Wagtail takes for granted that the parent exists."""
    chosen = request.POST.get("new_parent_page")
    if chosen and not Page.objects.filter(pk=chosen).exists():
        raise Http404
