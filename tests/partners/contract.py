"""The OpenAPI document as a judge of real answers."""

import json
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from cms.api.endpoints.discovery import schema
from tests.html import Response

API = "/api/v2/"
LISTS = (
    "courses",
    "sessions",
    "pages",
    "universities",
    "stages",
    "images",
    "documents",
    "redirects",
)


def strict(document: dict[str, Any]) -> dict[str, Any]:
    """Return `document` such that it allows no field that it does not name.

    To partners it is open, for within a version fields are added. Each kind of object is there
    twice: open, for those that are more than it, and closed, for everybody else.
    """

    def close(node: Any, *, is_part: bool = False) -> Any:
        if isinstance(node, list):
            return [close(item, is_part=is_part) for item in node]
        if not isinstance(node, dict):
            return node
        if is_part and "$ref" in node:
            return {"$ref": node["$ref"].replace("/schemas/", "/schemas/Open.")}
        closed = {key: close(value, is_part=key == "allOf") for key, value in node.items()}
        if {"properties", "allOf"} & node.keys() and "type" in node and not is_part:
            closed["unevaluatedProperties"] = False
        return closed

    kinds = document["components"]["schemas"]
    opened = {f"Open.{name}": close(kind, is_part=True) for name, kind in kinds.items()}
    closed = close(document)
    closed["components"]["schemas"] |= opened
    return closed


@cache
def _validator(name: str) -> Draft202012Validator:
    # The whole document is at hand, so that references inside it lead somewhere.
    document = strict(schema()) | {"$ref": name}
    return Draft202012Validator(document, format_checker=FormatChecker())


def complaints(path: str, response: Response) -> list[str]:
    """Return what the document has against a response at one of its paths, such as /courses/."""
    operation = schema()["paths"][path]["get"]
    status = str(response.status_code)
    if status not in operation["responses"]:
        return [f"{path} must not answer {status}."]
    described = operation["responses"][status]
    pointer = f"#/paths/{path.replace('/', '~1')}/get/responses/{status}"
    if "$ref" in described:
        pointer = described["$ref"]
        described = schema()["components"]["responses"][pointer.rpartition("/")[2]]
    content = described.get("content", {})
    kind = response.headers.get("Content-Type", "")
    if not content:
        return [f"{path} answers {status} with a body."] if response.content else []
    if kind not in content:
        return [f"{path} answers {status} as {kind}."]
    if "json" not in kind:
        return []
    media = kind.replace("/", "~1")
    errors = _validator(f"{pointer}/content/{media}/schema").iter_errors(
        json.loads(response.content)
    )
    return [f"{path} {list(error.absolute_path)}: {error.message[:300]}" for error in errors]


def properties(name: str) -> set[str]:
    """Return the names of all fields that the document gives a kind of object, meta's included."""
    return set(_properties(schema()["components"]["schemas"][name]))


def _properties(node: dict[str, Any]) -> set[str]:
    if "$ref" in node:
        return properties(node["$ref"].rpartition("/")[2])
    names = set(node.get("properties", {}))
    for base in node.get("allOf", []):
        names |= _properties(base)
    return names
