"""Refusing to move what has no place to be moved from."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail.models import Page


def refuse_root(request: HttpRequest, page: Page, destination: Page) -> None:
    """Wagtail hook `before_move_page`: Wagtail asks for the root's parent before it refuses."""
    if page.is_root():
        raise PermissionDenied
