"""The explorer and the choosers of pages, which begin below pages that their reader knows."""

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from wagtail.admin.views import chooser
from wagtail.models import Page, PageQuerySet
from wagtail.permissions import policy_registry

from cms.pages.drafts import is_known, known_pages, may_read_draft


def refuse_unknown_parent(parent: Page, pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Wagtail hook `construct_explorer_page_queryset`: the page above is shown as well.

    Raises PermissionDenied where the reader finds it in no list of the explorer.
    """
    policy = policy_registry.get_by_type(Page)
    if not policy.explorable_instances(request.user).filter(pk=parent.pk).exists():
        raise PermissionDenied
    return pages


def only_known(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Wagtail hook `construct_page_chooser_queryset`."""
    # In a query of its own: the search that the chooser does next knows few fields.
    return pages.filter(pk__in=known_pages(request.user).values("pk"))


class BrowseView(chooser.BrowseView):
    """What is below a page, to choose from."""

    parent_page: Page

    def get_object_list(self) -> PageQuerySet:
        """Return the pages below the one asked for, or below the nearest above that is known."""
        while not is_known(self.request.user, self.parent_page):
            self.parent_page = self.parent_page.get_parent().specific
        pages: PageQuerySet = super().get_object_list()
        return pages


class ExternalLinkView(chooser.ExternalLinkView):
    """An address that was typed, for which a page of the site may be taken."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Name the page as its reader may know it.

        Wagtail asks by its draft's title whether the page is meant where the address is nearly its
        own: to whoever may not read that, the address stays what was typed.
        """
        response: HttpResponse = super().post(request)
        said: dict[str, Any] = json.loads(response.content)
        chosen = said.get("internal") or said.get("result") or {}
        page = Page.objects.filter(pk=chosen.get("id")).first()
        if page is None or may_read_draft(request.user, page):
            return response
        result = said.get("external") or chosen | {"adminTitle": page.get_admin_display_title()}
        answer: HttpResponse = self.render_chosen_response(result)
        return answer
