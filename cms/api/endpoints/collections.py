"""Images, documents and universities."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from cms.api.endpoints.base import LOCALE, SEARCH, Endpoint, search_ids
from cms.api.parameters import boolean, text
from cms.api.schemas.images import DOCUMENT, IMAGE
from cms.api.schemas.universities import UNIVERSITY
from cms.api.site import PublicSite
from cms.models import University

BY_TITLE: Mapping[str, str] = {"id": "pk", "title": "title", "created_at": "created_at"}


class CollectionEndpoint(Endpoint):
    """Files in collections that are open to everyone."""

    filters = (SEARCH, LOCALE)
    orders = BY_TITLE

    def public(self, site: PublicSite) -> QuerySet[Any]:
        return site.items(self.model.objects.all())

    def filtered(
        self, queryset: QuerySet[Any], values: Mapping[str, Any], site: PublicSite
    ) -> QuerySet[Any]:
        if "search" in values:
            queryset = queryset.filter(pk__in=search_ids(self.model, values["search"]))
        return queryset


class ImagesEndpoint(CollectionEndpoint):
    """Images, each in several sizes."""

    name = "images"
    model = get_image_model()
    shape = IMAGE


class DocumentsEndpoint(CollectionEndpoint):
    """Documents to download."""

    name = "documents"
    model = get_document_model()
    shape = DOCUMENT


class UniversitiesEndpoint(Endpoint):
    """The universities that run the school and its courses."""

    name = "universities"
    model = University
    shape = UNIVERSITY
    filters = (SEARCH, LOCALE, boolean("founding_partner"), text("short_name"))
    orders: ClassVar[Mapping[str, str]] = {"id": "pk", "order": "sort_order", "name": "name"}
    default_order = ("order", "name")

    def public(self, site: PublicSite) -> QuerySet[Any]:
        return University.objects.all()

    def filtered(
        self, queryset: QuerySet[Any], values: Mapping[str, Any], site: PublicSite
    ) -> QuerySet[Any]:
        if "search" in values:
            words = values["search"]
            fields = ("name", "name_sv", "short_name", "city", "city_sv")
            matches = (Q(**{f"{field}__icontains": words}) for field in fields)
            condition = Q()
            for match in matches:
                condition |= match
            queryset = queryset.filter(condition)
        if "founding_partner" in values:
            queryset = queryset.filter(founding_partner=values["founding_partner"])
        if "short_name" in values:
            queryset = queryset.filter(short_name__iexact=values["short_name"])
        return queryset
