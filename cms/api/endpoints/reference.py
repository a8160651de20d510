"""The OpenAPI document as a page to read: what the template shows, with references resolved."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: a parameter or a field."""

    name: str
    kind: str
    description: str
    anchor: str = ""


class Reference:
    """The parts of an OpenAPI document that a reader needs, in reading order."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document

    @property
    def info(self) -> dict[str, Any]:
        """Title, version and description."""
        info: dict[str, Any] = self.document["info"]
        return info

    @cached_property
    def operations(self) -> list[dict[str, Any]]:
        """All operations in the document's order: their own words, what they take and give."""
        return [
            self._operation(path, methods["get"])
            for path, methods in self.document["paths"].items()
        ]

    @cached_property
    def schemas(self) -> list[tuple[str, str, list[Row]]]:
        """Every kind of object with a name: name, description, fields.

        The kinds of blocks are rows of the story that they are in.
        """
        named = self.document["components"]["schemas"]
        described = [
            (name, schema.get("description", ""), self._fields(schema))
            for name, schema in named.items()
        ]
        return [kind for kind in described if kind[2] and not kind[0].endswith("Block")]

    def _resolve(self, node: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in node:
            found: Any = self.document
            for key in node["$ref"].removeprefix("#/").split("/"):
                found = found[key]
            node = found
        return node

    def _operation(self, path: str, operation: dict[str, Any]) -> dict[str, Any]:
        parameters = map(self._resolve, operation.get("parameters", []))
        responses = {
            status: self._resolve(response) for status, response in operation["responses"].items()
        }
        return operation | {
            "path": path,
            "parameters": [
                Row(p["name"], self._kind(p["schema"]), p.get("description", ""))
                for p in parameters
            ],
            "responses": [
                {"status": status, "example": self._example(response)} | response
                for status, response in responses.items()
            ],
            "gives": self._gives(responses.get("200", {})),
        }

    @staticmethod
    def _example(response: dict[str, Any]) -> str:
        for content in response.get("content", {}).values():
            if "example" in content:
                return json.dumps(content["example"], indent=2, ensure_ascii=False)
        return ""

    def _gives(self, response: dict[str, Any]) -> str:
        """Return the name of the schema that a response is, or is a list of."""
        for content in response.get("content", {}).values():
            schema = content["schema"]
            items = schema.get("properties", {}).get("items", {}).get("items", {})
            reference: str = schema.get("$ref") or items.get("$ref") or ""
            return reference.rpartition("/")[2]
        return ""

    def _fields(self, schema: dict[str, Any]) -> list[Row]:
        rows = []
        for base in schema.get("allOf", []):
            rows += self._fields(self._resolve(base))
        for name, field in schema.get("properties", {}).items():
            anchor = self._anchor(field)
            rows.append(Row(name, self._kind(field), field.get("description", ""), anchor))
        for kinds in schema.get("items", {}).get("anyOf", []):
            for kind in self._resolve(kinds).get("oneOf", []):
                block = self._resolve(kind)["properties"]
                name, value = block["type"]["const"], block["value"]
                inner = ", ".join(value.get("properties", {}))
                rows.append(Row(name, self._kind(value), value.get("description", inner)))
        return rows

    @staticmethod
    def _anchor(field: dict[str, Any]) -> str:
        options = [field, field.get("items", {}), *field.get("anyOf", [])]
        references: list[str] = [option["$ref"] for option in options if "$ref" in option]
        return references[0].rpartition("/")[2] if references else ""

    def _kind(self, schema: dict[str, Any]) -> str:
        """Return in a few words what values a schema takes."""
        if "$ref" in schema:
            name: str = schema["$ref"].rpartition("/")[2]
            return name
        if "anyOf" in schema:
            return " or ".join(self._kind(option) for option in schema["anyOf"])
        if "enum" in schema:
            return " | ".join(str(value) for value in schema["enum"])
        if "const" in schema:
            return str(schema["const"])
        if schema.get("type") == "array":
            return f"list of {self._kind(schema.get('items', {}))}"
        kinds = schema.get("type", "anything")
        words = kinds if isinstance(kinds, str) else " or ".join(kinds)
        return f"{words} ({schema['format']})" if "format" in schema else words
