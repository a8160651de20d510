"""Bulk actions on pages, which forget what the list shows and what kind of page each is.

Wagtail 8.0.1; no issue known. "Select all pages in listing" sends the parent and the search term,
and `PageBulkAction` takes every page there, also those that the explorer hides from whoever asks:
they are named as those without permission. What may be done to each is asked of a plain `Page`,
not of the page type, whose own `permissions_for_user` may say otherwise.

Changed: pages that the explorer leaves out are left out, and each is asked as what it is.

Delete when a bulk action on `id=all` is about what the explorer lists, and `get_queryset` of
`PageBulkAction` returns specific pages.
"""

from collections.abc import Iterable
from functools import wraps
from typing import Any

from django.shortcuts import get_list_or_404
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.models import Page
from wagtail.permissions import policy_registry


def guard() -> None:
    """Put the guard in its place."""
    find = PageBulkAction.get_all_objects_in_listing_query

    @wraps(find)
    def find_explorable(self: PageBulkAction, parent_id: Any) -> list[int]:
        policy = policy_registry.get_by_type(Page)
        explorable = policy.explorable_instances(self.request.user)
        found = explorable.filter(pk__in=list(find(self, parent_id)))
        return list(found.values_list("pk", flat=True))

    def specific(cls: type, model: type[Page], object_ids: Iterable[Any]) -> list[Page]:
        return get_list_or_404(model._default_manager.specific(), pk__in=object_ids)

    PageBulkAction.get_all_objects_in_listing_query = find_explorable
    PageBulkAction.get_queryset = classmethod(specific)
