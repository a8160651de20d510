"""What changed since a partner last asked: the way to keep a copy without fetching it again."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from wagtail.models import Page

from cms.api.endpoints.base import LOCALE, MAX_LIMIT, Endpoint
from cms.api.parameters import MAX_SEQUENCE, Parameter, choice, integer, parse_parameters, several
from cms.api.problems import Problem
from cms.api.responses import json_response
from cms.api.site import PublicSite
from cms.models import Publication

Resource = Publication.Resource
RESOURCES = [
    Resource.PAGE,
    Resource.UNIVERSITY,
    Resource.STAGE,
    Resource.IMAGE,
    Resource.DOCUMENT,
]
DEFAULT_LIMIT = 100
PARAMETERS = (
    integer("since", "the last sequence number seen, or 0 for everything", 0, MAX_SEQUENCE),
    integer("limit", "how many", 1, MAX_LIMIT),
    LOCALE,
    several(choice("type", [str(resource.value) for resource in RESOURCES])),
)


class ChangesEndpoint(Endpoint):
    """One row for each thing that changed after `since`: its latest change and how it is now."""

    name = "changes"
    model = Publication

    @classmethod
    def list_parameters(cls) -> tuple[Parameter, ...]:
        return PARAMETERS

    def listing_view(self, request: HttpRequest) -> HttpResponse:
        """Answer with the changes after `since`, the oldest first."""
        values = parse_parameters(request.GET, PARAMETERS)
        since, limit = values.get("since", 0), values.get("limit", DEFAULT_LIMIT)
        site = PublicSite(request, self.request.wagtailapi_router)
        # Read first: a row that is written meanwhile has a higher number and comes next time.
        newest = Publication.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        # Every cursor we hand out is the number of a row, and rows are never deleted.
        if since and not Publication.objects.filter(pk=since).exists():
            raise Problem(
                410,
                f"There is no change {since} here: the newest is {newest}. The number was not "
                "given out here, or the site has been restored from a backup. Start over with "
                "since=0.",
                parameter="since",
                sent=str(since),
                latest=newest,
                start_over=f"{site.base_url}{request.path}?since=0",
            )
        rows = list(_latest(values, site).filter(pk__gt=since, pk__lte=newest)[: limit + 1])
        is_last = len(rows) <= limit
        rows = rows[:limit]
        return json_response(
            {
                "meta": {"latest": newest, "next": newest if is_last else rows[-1].pk},
                "items": list(self._items(rows, site)),
            }
        )

    def _items(self, rows: list[Any], site: PublicSite) -> Iterable[dict[str, Any]]:
        public = {
            resource: self._public(
                resource, [r.resource_id for r in rows if r.resource == resource], site
            )
            for resource in {row.resource for row in rows}
        }
        for row in rows:
            models = public[row.resource]
            is_public = row.resource_id in models
            # What was never told of here leaves no trace, not even that it is not there.
            if not (is_public or row.was_told):
                continue
            model = models.get(row.resource_id)
            yield {
                "sequence": row.pk,
                "type": row.resource,
                "id": row.resource_id,
                "action": "published" if is_public else "removed",
                "page_type": model._meta.label if model and issubclass(model, Page) else None,
                "translation_key": row.translation_key,
                "locale": row.locale or None,
                "detail_url": site.detail_url(model, row.resource_id) if model else None,
                "changed_at": row.created_at,
            }

    @staticmethod
    def _public(resource: str, ids: list[int], site: PublicSite) -> dict[int, Any]:
        """Return the models of those of `ids` that lists name now."""
        if resource == Resource.PAGE:
            pages = site.listed().filter(pk__in=ids).values_list("pk", "content_type")
            return {
                pk: ContentType.objects.get_for_id(content_type).model_class()
                for pk, content_type in pages
            }
        endpoint = site.router._endpoints[resource]()
        found = endpoint.public(site).filter(pk__in=ids).values_list("pk", flat=True)
        return dict.fromkeys(found, endpoint.model)

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [path("", cls.as_view({"get": "listing_view"}), name="listing")]


def _latest(values: dict[str, Any], site: PublicSite) -> QuerySet[Any]:
    """Return the newest row of everything, with whether it `was_told` of at any time."""
    same = Publication.objects.filter(
        resource=OuterRef("resource"), resource_id=OuterRef("resource_id")
    )
    rows = (
        Publication.objects.filter(
            resource__in=values.get("type", RESOURCES), resource_id__isnull=False
        )
        .exclude(Exists(same.filter(pk__gt=OuterRef("pk"))))
        .annotate(was_told=Exists(same.filter(site.told_here())))
    )
    if "locale" in values:
        # Only pages have a language; everything else is for readers of both.
        rows = rows.filter(Q(locale=values["locale"]) | Q(locale=""))
    return rows.order_by("pk")
