"""Images, documents and universities."""

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from cms.api.endpoints.base import LOCALE, SEARCH, Endpoint
from cms.api.parameters import boolean, text
from cms.api.schemas.base import Schema
from cms.api.schemas.images import DOCUMENT, IMAGE
from cms.api.schemas.models import OBJECT, model_fields, register_schema
from cms.api.site import PublicSite
from cms.models import University

BY_TITLE: Mapping[str, str] = {"id": "pk", "title": "title", "created_at": "created_at"}
FOUNDING_PARTNER = boolean("founding_partner").by("founding_partner")
SHORT_NAME = text("short_name").by("short_name__iexact")
UNIVERSITY = register_schema(
    University,
    Schema(
        [*OBJECT, *model_fields(University)],
        listed="id type detail_url name name_sv short_name ror_id city city_sv website "
        "founding_partner logo",
        nested="id type detail_url name name_sv short_name ror_id",
    ),
)


class CollectionEndpoint(Endpoint):
    """Files that something public uses, in collections that are open to everyone."""

    filters = (SEARCH, LOCALE)
    orders = BY_TITLE

    def public(self, site: PublicSite) -> QuerySet[Any]:
        return site.files(self.model.objects.all())


class ImagesEndpoint(CollectionEndpoint):
    """Images, each in several sizes."""

    name = "images"
    model = get_image_model()
    schema = IMAGE


class DocumentsEndpoint(CollectionEndpoint):
    """Documents to download."""

    name = "documents"
    model = get_document_model()
    schema = DOCUMENT


class UniversitiesEndpoint(Endpoint):
    """The universities that run the school and its courses."""

    name = "universities"
    model = University
    schema = UNIVERSITY
    filters = (SEARCH, LOCALE, FOUNDING_PARTNER, SHORT_NAME)
    orders: ClassVar[Mapping[str, str]] = {"id": "pk", "order": "sort_order", "name": "name"}
    default_order = ("order", "name")

    def public(self, site: PublicSite) -> QuerySet[Any]:
        return University.objects.all()

    def searched(self, queryset: QuerySet[Any], words: str) -> QuerySet[Any]:
        fields = ("name", "name_sv", "short_name", "city", "city_sv")
        return queryset.filter(reduce(or_, (Q(**{f"{name}__icontains": words}) for name in fields)))
