"""What tells partners what there is: the discovery document, the schema, and pages to read."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cms.api.endpoints.reference import Reference
from cms.api.licences import licences
from cms.api.parameters import parse_parameters
from cms.api.responses import json_response
from cms.api.router import endpoint_names
from cms.api.views import ApiView
from cms.publishing.http.responses import mark_public

SCHEMA_PATH = Path(__file__).parents[1] / "openapi.yaml"
YAML_TYPE = "application/yaml"


@cache
def schema() -> dict[str, Any]:
    """Return the committed OpenAPI document."""
    document: dict[str, Any] = yaml.safe_load(SCHEMA_PATH.read_text(encoding="utf-8"))
    return document


def _base_url(request: HttpRequest) -> str:
    return request.build_absolute_uri("/")[:-1]


def schema_for(request: HttpRequest) -> dict[str, Any]:
    """Return the document with the address it is read at as its server, and the licences."""
    both = licences()
    name = f"{both['data']['name']} for data, {both['texts']['name']} for texts"
    licence = {"name": name, "url": f"{_base_url(request)}/api/#licence"}
    return schema() | {
        "info": schema()["info"] | {"license": licence},
        "servers": [{"url": f"{_base_url(request)}/api/v2"}],
    }


class Discovery(ApiView):
    """/api/v2/: where everything is."""

    def get(self, request: HttpRequest) -> HttpResponse:
        parse_parameters(request.GET, ())
        here = f"{_base_url(request)}/api/v2/"
        info = schema()["info"]
        return json_response(
            {
                "title": info["title"],
                "version": info["version"],
                "licences": licences(),
                "endpoints": {name: f"{here}{name}/" for name in endpoint_names()},
                "documentation": {
                    "introduction": f"{_base_url(request)}/api/",
                    "reference": f"{here}reference/",
                    "openapi_json": f"{here}openapi.json",
                    "openapi_yaml": f"{here}openapi.yaml",
                },
            }
        )


class SchemaAsJson(ApiView):
    """/api/v2/openapi.json."""

    def get(self, request: HttpRequest) -> HttpResponse:
        parse_parameters(request.GET, ())
        return json_response(schema_for(request))


class SchemaAsYaml(ApiView):
    """/api/v2/openapi.yaml: media type by RFC 9512."""

    def perform_content_negotiation(self, request: HttpRequest, force: bool = False) -> Any:
        return self.get_renderers()[0], YAML_TYPE

    def get(self, request: HttpRequest) -> HttpResponse:
        parse_parameters(request.GET, ())
        text = yaml.safe_dump(schema_for(request), sort_keys=False, allow_unicode=True, width=100)
        return mark_public(HttpResponse(text, content_type=YAML_TYPE), None)


def introduction(request: HttpRequest) -> HttpResponse:
    """Show /api/: how to begin, with examples for this very host."""
    context = {"base_url": _base_url(request), "licences": licences()}
    return mark_public(render(request, "api/introduction.html", context))


def reference(request: HttpRequest) -> HttpResponse:
    """Show /api/v2/reference/: the OpenAPI document as a page to read."""
    context = {"reference": Reference(schema()), "base_url": _base_url(request)}
    return mark_public(render(request, "api/reference.html", context))
