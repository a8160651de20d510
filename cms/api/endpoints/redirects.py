"""Addresses that lead elsewhere, for sites that are built from the API."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.contrib.redirects.models import Redirect

from cms.api.batching import Batch
from cms.api.endpoints.base import Endpoint
from cms.api.parameters import text
from cms.api.schemas.base import Field, Schema
from cms.api.schemas.models import OBJECT
from cms.api.site import PublicSite
from cms.pages.redirects import public_redirects


def _location(redirect: Redirect, batch: Batch) -> str | Callable[[], str | None]:
    if redirect.redirect_page_id is None:
        return batch.site.absolute(redirect.redirect_link)
    batch.want_pages(pk=redirect.redirect_page_id)

    def location() -> str | None:
        page = batch.page(redirect.redirect_page_id)
        return batch.site.page_url(page.url_path) if page else None

    return location


class RedirectsEndpoint(Endpoint):
    """What is followed from addresses at which there is no page. Not in `changes/`."""

    name = "redirects"
    model = Redirect
    schema = Schema(
        [*OBJECT, Field("old_path"), Field("location", _location), Field("is_permanent")]
    )
    filters = (text("old_path", "an address's path, without a slash at its end").by("old_path"),)
    orders = {"id": "pk", "old_path": "old_path"}
    default_order = ("old_path",)

    def public(self, site: PublicSite) -> QuerySet[Any]:
        followed = Redirect.objects.filter(Q(site=None) | Q(site=site.site))
        return public_redirects(followed, site.pages(), site.host)
