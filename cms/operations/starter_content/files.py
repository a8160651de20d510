"""Content files: YAML, named after a model's fields, with Markdown where the field is rich text.

`<app>/content/en/` holds whole pages, words and facts; the file of the same name in `sv/` holds
their words in Swedish. What has both languages in one row lies beside the two folders.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.management import CommandError
from django.db.models import Model
from wagtail.blocks import StreamBlock, StreamValue
from wagtail.fields import RichTextField, StreamField

from cms.operations.starter_content.markdown import rich_text, story


class ContentError(CommandError):
    """A content file is wrong. The message names the file and the key."""


class _Loader(yaml.BaseLoader):
    """Reads every value as text: what it means is for the field to say (`no` is not False)."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Return a mapping; refuse a key that is there twice, of which YAML would lose one."""
        mapping = super().construct_mapping(node, deep=deep)
        if len(mapping) < len(node.value):
            raise yaml.constructor.ConstructorError(
                None, None, "a key is there twice", node.start_mark
            )
        return mapping


@dataclass(frozen=True, slots=True)
class Content:
    """What a content file, or a row of a list in it, says by key; `place` is for messages."""

    place: str
    data: Mapping[str, Any]

    def __post_init__(self) -> None:
        if not isinstance(self.data, Mapping):
            raise ContentError(f"{self.place}: keys with values are expected here.")

    def __getitem__(self, key: str) -> Any:
        """Return the value at `key` as it stands in the file."""
        if key not in self.data:
            raise ContentError(f"{self.place}: “{key}” is missing.")
        return self.data[key]

    def __or__(self, other: "Content") -> "Content":
        """Return what both say; where both say it, as `other` does."""
        return Content(other.place, {**self.data, **other.data})

    def items(self, key: str) -> list[Any]:
        """Return the list at `key`, empty where there is none."""
        found = self.data.get(key, [])
        if not isinstance(found, list):
            raise ContentError(f"{self.place}: “{key}” has to be a list.")
        return found

    def rows(self, key: str) -> list["Content"]:
        """Return the rows of the list at `key`."""
        return [
            Content(f"{self.place}: “{key}” {number}", row)
            for number, row in enumerate(self.items(key), start=1)
        ]

    def number(self, key: str) -> int | None:
        """Return the whole number at `key`, or None where there is none."""
        try:
            return int(self.data[key]) if key in self.data else None
        except (TypeError, ValueError) as error:
            raise ContentError(f"{self.place}: “{key}” has to be a whole number.") from error

    def fields(self, model: type[Model], but: Collection[str] = ()) -> dict[str, Any]:
        """Return values for the fields of `model`, of all keys `but` those that are no fields.

        Each is checked as a form would; only whether it is unique is for the caller to find out.
        """
        return {key: self._value(model, key) for key in self.data if key not in but}

    @contextmanager
    def blamed(self) -> Iterator[None]:
        """Say that this file is wrong where what is made of it breaks a rule of its model."""
        try:
            yield
        except ValidationError as error:
            raise ContentError(f"{self.place}: {_explained(error)}") from error

    def _value(self, model: type[Model], key: str) -> Any:
        raw = self.data[key]
        try:
            field: Any = model._meta.get_field(key)
            if field.one_to_many:
                row_model = field.related_model
                return [row_model(**row.fields(row_model)) for row in self.rows(key)]
            if isinstance(field, StreamField):
                return self._parts(field.stream_block, key)
            if not isinstance(raw, str):
                raise ValidationError("This has to be text.")
            return field.clean(rich_text(raw) if isinstance(field, RichTextField) else raw, None)
        except FieldDoesNotExist as error:
            name = model._meta.verbose_name
            raise ContentError(f"{self.place}: “{key}” is no field ({name}).") from error
        except ValidationError as error:
            raise ContentError(f"{self.place}: “{key}”: {_explained(error)}") from error

    def _parts(self, block: StreamBlock, key: str) -> StreamValue:
        """Return Markdown, or a list of blocks by their type, as the value of a StreamField."""
        text = self.data[key]
        if isinstance(text, str):
            parts = list(story(text))
        else:
            parts = [part for row in self.rows(key) for part in row.data.items()]
        try:
            value = StreamValue(block, parts)
        except KeyError as error:
            raise ValidationError(f"There is no block or part “{error.args[0]}”.") from error
        block.clean(value)
        return value


def _explained(error: ValidationError) -> str:
    """Return what an error says, with the field or the block of which it says it."""
    nested = getattr(error, "block_errors", {}) or getattr(error, "error_dict", {})
    said = [str(message) for message in getattr(error, "non_block_errors", [])]
    for place, inner in nested.items():
        inners = inner if isinstance(inner, list) else [inner]
        said += [f"“{place}”: {_explained(each)}" for each in inners]
    return " ".join(said or error.messages)


def read(app_label: str, name: str) -> Content:
    """Return a content file of an app: `read("about", "sv/vision")`."""
    return _read(app_label, _folder(app_label) / f"{name}.yaml")


def read_folder(app_label: str, name: str) -> dict[str, Content]:
    """Return the content files in a folder by their names, which say their order."""
    paths = sorted((_folder(app_label) / name).glob("*.yaml"))
    return {path.stem: _read(app_label, path) for path in paths}


def _folder(app_label: str) -> Path:
    return Path(apps.get_app_config(app_label).path) / "content"


def _read(app_label: str, path: Path) -> Content:
    place = f"{app_label}/content/{path.relative_to(_folder(app_label))}"
    try:
        return Content(place, _Loader(path.read_text(encoding="utf-8")).get_single_data())
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ContentError(f"{place}: {error}") from error
