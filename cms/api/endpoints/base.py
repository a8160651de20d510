"""What all endpoints share: Wagtail's API v2 with strict parameters and one query per kind."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    OrderBy,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from wagtail.api.v2.views import BaseAPIViewSet
from wagtail.search.backends import get_search_backend

from cms.api.parameters import (
    MAX_ID,
    MAX_OFFSET,
    RANDOM,
    Parameter,
    choice,
    integer,
    ordering,
    parse_parameters,
    several,
    text,
)
from cms.api.problems import ParameterProblem
from cms.api.responses import json_response, page_links
from cms.api.schemas.base import Schema, parse_fields, select
from cms.api.site import PublicSite
from cms.api.views import ApiView
from cms.publishing.http.responses import mark_public
from cms.publishing.memoize import once_per_publication

DEFAULT_LIMIT = 20
MAX_LIMIT = 100
FIELDS = Parameter(
    "fields",
    "names of fields separated by commas, such as title,host(name,ror_id), -title or *",
    parse_fields,
)
PAGING = (
    integer("limit", "how many", 0, MAX_LIMIT),
    integer("offset", "how many to leave out", 0, MAX_OFFSET),
)
SEARCH = text("search", "words to search for")
IDS = several(integer("id", "an id", 1)).by("pk__in")
# Of pages a filter. What has no language is for readers of both, and is always there.
LOCALE = choice("locale", [code for code, _name in settings.LANGUAGES])


class Endpoint(ApiView, BaseAPIViewSet):
    """A list and its objects. Subclasses say what is public, how it looks and how to filter it."""

    schema: ClassVar[Schema]
    filters: ClassVar[tuple[Parameter, ...]] = ()
    # The names that `order` takes, each with the field it stands for.
    orders: ClassVar[Mapping[str, str]] = {"id": "pk"}
    default_order: ClassVar[tuple[str, ...]] = ("id",)
    # The ids that a search has found, the best first.
    found: Sequence[int] = ()

    def public(self, site: PublicSite) -> QuerySet[Any]:
        """Return everything that the list may ever name: the only place to start from."""
        raise NotImplementedError

    def readable(self, site: PublicSite) -> QuerySet[Any]:
        """Return everything that has an address of its own here, listed or not."""
        return self.public(site)

    def filtered(
        self, queryset: QuerySet[Any], values: Mapping[str, Any], site: PublicSite
    ) -> QuerySet[Any]:
        """Return `queryset` narrowed by the parsed parameters."""
        known = (IDS, *self.filters)
        lookups = {p.lookup: values[p.name] for p in known if p.lookup and p.name in values}
        queryset = queryset.filter(**lookups)
        return self.searched(queryset, values["search"]) if "search" in values else queryset

    def searched(self, queryset: QuerySet[Any], words: str) -> QuerySet[Any]:
        """Return those of `queryset` that contain all the words."""
        every = self.model._default_manager.only("pk")
        results = get_search_backend().search(words, every, operator="and")
        return queryset.filter(pk__in=[result.pk for result in results])

    def ordered(self, queryset: QuerySet[Any], names: list[str], site: PublicSite) -> QuerySet[Any]:
        """Return `queryset` in the order of the named fields: nothing last, and ties by id."""
        if names == [RANDOM]:
            return queryset.order_by("?")
        fields = (
            OrderBy(
                F(self.orders[name.removeprefix("-")]),
                descending=name.startswith("-"),
                nulls_last=True,
            )
            for name in names
        )
        return queryset.order_by(*fields, "pk")

    @classmethod
    def list_parameters(cls) -> tuple[Parameter, ...]:
        """Return everything that the list takes."""
        return (IDS, *cls.filters, ordering(cls.orders), *PAGING, FIELDS)

    def schema_of_list(self, values: Mapping[str, Any]) -> Schema:
        """Return how the objects of the list look."""
        return self.schema

    def listing_view(self, request: HttpRequest) -> HttpResponse:
        """Answer with the part of the list that is asked for."""
        values = parse_parameters(request.GET, self.list_parameters())
        site = PublicSite(request, self.request.wagtailapi_router)
        is_random = values.get("order") == [RANDOM]
        if is_random and "offset" in values:
            raise ParameterProblem("offset", str(values["offset"]), "nothing where order is random")
        schema = self.schema_of_list(values)
        selection = select(schema, values.get("fields", []), schema.listed)
        offset, limit = values.get("offset", 0), values.get("limit", DEFAULT_LIMIT)
        part = self._part(values, site, slice(offset, offset + limit))
        instances = list(selection.prepare(part.rows))
        items = selection.represent_all(instances, site)
        total = part.total(instances)
        response = json_response({"meta": {"total_count": total}, "items": items}, items)
        if is_random:
            # Another one each time: nothing to keep.
            return mark_public(response)
        if links := page_links(request, site, offset, limit, total):
            response.headers["Link"] = links
        return response

    def _part(self, values: Mapping[str, Any], site: PublicSite, part: slice) -> "_Part":
        """Return the rows of one part of the list, and how many the whole list has.

        Which rows these are is found out with their ids alone: wide rows are slow to sort. For
        the plain whole list, which most ask for, it is found out once for each publication.
        """
        names = values.get("order", list(self.default_order))
        if len(names) <= 2 and names != [RANDOM] and values.keys() <= {"order", "limit", "offset"}:
            all_ids = _ids_of_all(_WholeList(type(self), tuple(names), tuple(site.roots), site))
            rows = self.public(site).filter(pk__in=all_ids[part])
            return _Part(self.ordered(rows, names, site), lambda _instances: len(all_ids))
        chosen = self.filtered(self.public(site), values, site)
        if self.found and "order" not in values:
            return self._by_rank(chosen, part)
        ids = self.ordered(chosen, names, site).values("pk")[part]
        # The number comes with every row of the same query; without a row it has to be asked for.
        count = chosen.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk"))
        rows = chosen.model._default_manager.filter(pk__in=ids)
        rows = rows.annotate(total_count=Subquery(count.values("n")))
        return _Part(
            self.ordered(rows, names, site),
            lambda instances: instances[0].total_count if instances else chosen.count(),
        )

    def _by_rank(self, chosen: QuerySet[Any], part: slice) -> "_Part":
        """Return one part of those that a search has found, the best first."""
        kept = set(chosen.order_by().values_list("pk", flat=True))
        ids = [pk for pk in self.found if pk in kept]
        places = (When(pk=pk, then=place) for place, pk in enumerate(ids[part]))
        rows = chosen.model._default_manager.filter(pk__in=ids[part])
        in_order = rows.order_by(Case(*places, output_field=IntegerField()))
        return _Part(in_order, lambda _instances: len(ids))

    def detail_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Answer with one object."""
        values = parse_parameters(request.GET, [FIELDS])
        site = PublicSite(request, self.request.wagtailapi_router)
        if pk > MAX_ID:
            raise Http404
        queryset, schema = self.one(pk, site)
        selection = select(schema, values.get("fields", []), schema.fields)
        instances = list(selection.prepare(queryset))
        if not instances:
            raise Http404
        (item,) = selection.represent_all(instances, site)
        return json_response(item, [item])

    def one(self, pk: int, site: PublicSite) -> tuple[QuerySet[Any], Schema]:
        """Return the public object with that id, or none, as a queryset, and how it looks."""
        return self.readable(site).filter(pk=pk), self.schema

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        """Return the addresses of the list and of each object."""
        return [
            path("", cls.as_view({"get": "listing_view"}), name="listing"),
            path("<int:pk>/", cls.as_view({"get": "detail_view"}), name="detail"),
        ]


@dataclass(frozen=True, slots=True)
class _Part:
    """Some rows of a list, and how to tell from them, once read, how many the list has."""

    rows: QuerySet[Any]
    total: Callable[[list[Any]], int]


@dataclass(frozen=True, slots=True)
class _WholeList:
    """Everything public at an endpoint, in an order. The same for every request."""

    endpoint: type[Endpoint]
    order: tuple[str, ...]
    roots: tuple[str, ...]
    site: PublicSite = field(compare=False)


@once_per_publication
def _ids_of_all(whole: _WholeList) -> list[int]:
    """Return the ids of a whole list in its order."""
    endpoint = whole.endpoint()
    rows = endpoint.ordered(endpoint.public(whole.site), list(whole.order), whole.site)
    return list(rows.values_list("pk", flat=True))
