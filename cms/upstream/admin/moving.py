"""Moving or copying from, or to, where there is nothing.

Wagtail 8.0.1; no issue known. `MoveConfirmView` asks for the parent of the root of all pages before
it refuses to move it, and `CopyView` takes for granted that the parent chosen exists: both fail.

Changed: hooks that Wagtail calls before it does refuse.

Delete when a move of the root and a copy to no page are refused by Wagtail itself.
"""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from wagtail.models import Page

from cms.upstream.keys import is_key


def refuse_root(request: HttpRequest, page: Page, destination: Page) -> None:
    """Wagtail hook `before_move_page`: raise PermissionDenied for the root of all pages."""
    if page.is_root():
        raise PermissionDenied


def refuse_unknown_parent(request: HttpRequest, page: Page) -> None:
    """Wagtail hook `before_copy_page`: raise Http404 where the parent chosen is no page."""
    chosen = request.POST.get("new_parent_page")
    if chosen is None:
        return
    if not (is_key(Page, chosen) and Page.objects.filter(pk=chosen).exists()):
        raise Http404
