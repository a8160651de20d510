"""The pictures that social networks show of pages that have none of their own.

Painted when they are asked for, which takes no longer than a page: no publish waits for one, and
the page cache keeps them as it keeps pages.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.pages.base import BasePage
from cms.publishing.http.responses import mark_public
from cms.publishing.visibility import public_pages


def address(page: BasePage) -> str:
    """Return the path of the picture of `page`, a new one whenever it looks different."""
    return reverse("social_card", args=(page.pk, page.social_version))


@require_safe
def social_card(request: HttpRequest, page_id: int, version: str) -> HttpResponse:
    """Answer with the picture of a page; 404 unless everyone may read the page.

    What was shared with an older version is led to the newest.
    """
    page = public_pages(Page.objects.filter(pk=page_id)).specific().first()
    if not isinstance(page, BasePage):
        raise Http404
    if version != page.social_version:
        return redirect(address(page))
    return mark_public(HttpResponse(page.draw_social_card(), content_type="image/png"))
