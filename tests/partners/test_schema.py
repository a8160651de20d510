"""What the OpenAPI document says and what the server answers are the same."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
import yaml
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, seed, settings
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.api.endpoints.discovery import schema
from cms.api.endpoints.pages import PagesEndpoint
from cms.api.router import api_router, endpoint_names
from tests.factories import CoursePageFactory, CourseSessionFactory, DevelopmentStageFactory
from tests.partners.contract import API, LISTS, complaints, properties, strict
from tests.school import School
from tests.story import story

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
    unsupported_method,
)
KINDS = {
    "courses": "Course",
    "sessions": "DatedSession",
    "universities": "University",
    "stages": "Stage",
    "images": "Image",
    "documents": "Document",
    "redirects": "Redirect",
}


@pytest.fixture
def full_school(school: School) -> School:
    """A school in which every block and every field has something in it."""
    school.course.body = story(school)
    school.course.save()
    school.home.body = story(school)
    school.home.save()
    school.university.logo = school.image
    school.university.save()
    Redirect.add_redirect("/gmp", redirect_to=school.course)
    school.image.focal_point_x = school.image.focal_point_y = 10
    school.image.save()
    return school


def _parameters(path: str) -> set[str]:
    names = set()
    for parameter in schema()["paths"][path]["get"].get("parameters", []):
        while "$ref" in parameter:
            parameter = schema()["components"]["parameters"][  # noqa: PLW2901
                parameter["$ref"].rpartition("/")[2]
            ]
        names.add(parameter["name"])
    return names


@pytest.mark.parametrize("name", endpoint_names())
def test_every_parameter_is_documented_and_no_other(name: str) -> None:
    known = {parameter.name for parameter in api_router._endpoints[name].list_parameters()}
    assert _parameters(f"/{name}/") == known


def test_the_document_is_valid() -> None:
    OpenAPIV31SpecValidator(schema()).validate()
    OpenAPIV31SpecValidator(strict(schema())).validate()


def test_it_is_open_to_fields_and_blocks_to_come() -> None:
    later = {"type": "timeline", "value": {"anything": 1}, "id": None}
    document = schema() | {"$ref": "#/components/schemas/Course"}
    course = {"id": 1, "title": "GMP", "body": [later], "seats": 12, "host": {"colour": "blue"}}
    assert not list(Draft202012Validator(document).iter_errors(course))
    broken = course | {"body": [{"type": "heading", "value": "no object", "id": None}]}
    assert list(Draft202012Validator(document).iter_errors(broken))


def test_the_examples_are_accepted_by_the_server(full_school: School, client: Client) -> None:
    DevelopmentStageFactory(slug="clinical-trials")
    named = schema()["components"]["parameters"]
    asked = 0
    for path, methods in schema()["paths"].items():
        for parameter in methods["get"].get("parameters", []):
            parameter = named.get(parameter.get("$ref", "").rpartition("/")[2], parameter)  # noqa: PLW2901
            examples = [e["value"] for e in parameter.get("examples", {}).values()]
            examples += [parameter["example"]] if "example" in parameter else []
            for example in examples:
                query = {parameter["name"]: json.dumps(example).strip('"')}
                address = path.lstrip("/").replace("{id}", str(full_school.course.pk))
                response = client.get(f"{API}{address}", query)
                assert response.status_code in {200, 302, 404}, (path, query)
                asked += 1
    assert asked


def test_every_endpoint_is_documented() -> None:
    paths = schema()["paths"]
    assert {f"/{name}/" for name in endpoint_names()} <= paths.keys()
    assert {f"/{name}/{{id}}/" for name in LISTS} <= paths.keys()


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("query", ["", "?fields=*", "?limit=1&fields=_,id", "?limit=0"])
def test_lists_are_as_documented(
    name: str, query: str, full_school: School, client: Client
) -> None:
    response = client.get(f"{API}{name}/{query}")
    assert response.status_code == 200
    assert complaints(f"/{name}/", response) == []


@pytest.mark.parametrize("name", LISTS)
def test_objects_are_as_documented(name: str, full_school: School, client: Client) -> None:
    for item in client.get(f"{API}{name}/").json()["items"]:
        response = client.get(f"{API}{name}/{item['id']}/")
        assert complaints(f"/{name}/{{id}}/", response) == []


@pytest.mark.parametrize("name", KINDS)
def test_every_documented_field_is_there(name: str, full_school: School, client: Client) -> None:
    # What an image is only inside a text.
    documented = properties(KINDS[name]) - {"decorative"}
    items: list[dict[str, Any]] = client.get(f"{API}{name}/?fields=*").json()["items"]
    assert items
    for item in items:
        assert item.keys() == documented


def test_every_page_type_can_be_asked_for(full_school: School, client: Client) -> None:
    listed = schema()["components"]["parameters"]["type"]["schema"]["items"]["enum"]
    assert set(listed) == {model._meta.label for model in (Page, *PagesEndpoint.schemas)}
    for label in listed:
        response = client.get(f"{API}pages/?type={label}&fields=*")
        assert response.json()["items"], label
        assert complaints("/pages/", response) == []


def test_errors_are_as_documented(full_school: School, client: Client) -> None:
    for path, address, status in (
        ("/courses/", "courses/?nonsense=1", 400),
        ("/courses/{id}/", "courses/4711/", 404),
        ("/changes/", "changes/?since=4711000", 410),
    ):
        response = client.get(f"{API}{address}")
        assert response.status_code == status
        assert complaints(path, response) == []
    response = client.get(f"{API}courses/", headers={"accept": "text/html"})
    assert (response.status_code, complaints("/courses/", response)) == (406, [])
    response = client.post(f"{API}courses/")
    assert (response.status_code, complaints("/courses/", response)) == (405, [])
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_changes_and_discovery_are_as_documented(full_school: School, client: Client) -> None:
    full_school.contact.unpublish()
    assert complaints("/changes/", client.get(f"{API}changes/")) == []
    assert complaints("/", client.get(API)) == []


def test_the_document_is_served_in_both_forms(school: School, client: Client) -> None:
    as_json = json.loads(client.get(f"{API}openapi.json").content)
    as_yaml = yaml.safe_load(client.get(f"{API}openapi.yaml").content)
    assert as_json == as_yaml
    assert as_json["servers"] == [{"url": "http://testserver/api/v2"}]
    assert as_json["paths"] == schema()["paths"]


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """Let requests to the application keep the connection that the test's transaction is on."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("_one_connection")
def test_nothing_that_can_be_sent_breaks_the_contract(full_school: School) -> None:
    """Property-based: no 5xx, no undocumented status or body, for anything at all."""
    CoursePageFactory(
        parent=full_school.index, sessions=[CourseSessionFactory.build(start_date=None)]
    )
    config = schemathesis.Config.from_dict({"generation": {"mode": "all"}})
    contract = schemathesis.openapi.from_dict(strict(schema()), config=config)
    contract.app = get_wsgi_application()
    for found in contract.get_all_operations():
        assert isinstance(found, Ok)
        _fuzz(found.ok())


def _fuzz(operation: Any) -> None:
    @seed(20260915)
    @settings(
        max_examples=25,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def check(case: Any) -> None:
        case.headers["Accept-Encoding"] = "identity"
        response = case.call(base_url="http://testserver/api/v2", app=get_wsgi_application())
        case.validate_response(response, checks=CHECKS)

    check()
