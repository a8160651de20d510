"""What a browser would send of a form of Wagtail's admin that nobody has touched."""

import html
import json
from collections.abc import Iterator
from typing import Any

from bs4 import Tag
from wagtail.test.utils.form_data import nested_form_data, streamfield


def fields_of(form: Tag) -> dict[str, list[str]]:
    """Return what a browser would send of a form that nobody has touched."""
    fields: dict[str, list[str]] = {}
    for name, value in controls(form):
        fields.setdefault(name, []).append(value)
    for block in form.select("[data-block]"):
        stored, _errors = block_arguments(block)
        fields |= as_lists(nested_form_data({str(block["id"]): _form_value(stored)}))
    return fields


def block_arguments(block: Tag) -> tuple[Any, Any]:
    """Return what the editor of a StreamField is given: its value, and its errors."""
    stored, errors, *_rest = json.loads(html.unescape(str(block["data-w-block-arguments-value"])))
    return stored, errors


def _form_value(value: Any) -> Any:  # noqa: PLR0911 One return for each shape a block has.
    """Return the form data of a block from what its editor is given to show."""
    match value:
        case {"columns": columns, "rows": rows, **rest}:
            return _table(columns, rows) | _form_value(rest)
        case {"id": identifier, "edit_url": _} | {"id": identifier, "editUrl": _}:
            return str(identifier)
        case dict():
            return {key: _form_value(inner) for key, inner in value.items()}
        case [str(chosen)]:
            return chosen
        case list() if all("type" in item for item in value):
            return streamfield([(item["type"], _form_value(item["value"])) for item in value])
        case list():
            return {
                "count": str(len(value)),
                **{
                    str(number): {
                        "value": _form_value(item["value"]),
                        "order": str(number),
                        "deleted": "",
                    }
                    for number, item in enumerate(value)
                },
            }
        case bool():
            return "on" if value else ""
    return "" if value is None else str(value)


def _table(columns: list[dict[str, Any]], rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "column-count": str(len(columns)),
        "row-count": str(len(rows)),
        "column": {
            str(number): {**column, "order": str(number), "deleted": ""}
            for number, column in enumerate(columns)
        },
        "row": {str(number): {"order": str(number), "deleted": ""} for number in range(len(rows))},
        "cell": {
            str(row): {str(column): str(cell) for column, cell in enumerate(content["values"])}
            for row, content in enumerate(rows)
        },
    }


def as_lists(flat: dict[str, Any]) -> dict[str, list[str]]:
    """Return form data as a field may have several values: each in a list."""
    return {name: [str(value)] for name, value in flat.items()}


def controls(root: Tag, *, within_template: bool = False) -> Iterator[tuple[str, str]]:
    """Yield name and value of each control that a browser would send."""
    for control in root.select("input[name], textarea[name], select[name]"):
        if within_template or not control.find_parent("template"):
            for value in _values(control):
                yield str(control["name"]), value


def _values(control: Tag) -> list[str]:
    if control.name == "textarea":
        # A browser drops the line break that stands right after the opening tag.
        return [control.get_text().removeprefix("\n")]
    if control.name == "select":
        options = control.select("option")
        chosen = [option for option in options if option.has_attr("selected")]
        if not control.has_attr("multiple"):
            chosen = (chosen or options)[:1]
        return [str(option.get("value", option.get_text())) for option in chosen]
    if control.get("type") in {"checkbox", "radio"}:
        return [str(control.get("value", "on"))] if control.has_attr("checked") else []
    if control.get("type") in {"file", "submit", "button"}:
        return []
    return [str(control.get("value", ""))]
