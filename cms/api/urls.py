"""Everything under /api/."""

from django.urls import URLPattern, URLResolver, path, re_path
from django.views.decorators.http import require_safe

from cms.api.endpoints.discovery import (
    Discovery,
    SchemaAsJson,
    SchemaAsYaml,
    introduction,
    reference,
)
from cms.api.router import api_router
from cms.api.views import NothingHere

urlpatterns: list[URLPattern | URLResolver] = [
    path("", require_safe(introduction), name="api_introduction"),
    path("v2/", Discovery.as_view(), name="api_discovery"),
    path("v2/openapi.json", SchemaAsJson.as_view(), name="api_schema_json"),
    path("v2/openapi.yaml", SchemaAsYaml.as_view(), name="api_schema_yaml"),
    path("v2/reference/", require_safe(reference), name="api_reference"),
    path("v2/", api_router.urls),
    re_path(r"", NothingHere.as_view()),
]
