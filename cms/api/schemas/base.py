"""How an object looks in the API: its fields, which of them are asked for, and what they need.

A `Schema` names every field an object can have. The `fields` parameter picks some of them, which
makes a `Selection`; a selection knows what to join and prefetch, and turns objects into
dictionaries in one short loop.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any

from django.db.models import Model, Prefetch, QuerySet
from wagtail.api.v2.utils import FieldsParameterParseError, parse_fields_parameter

from cms.api.batching import Batch
from cms.api.problems import ParameterProblem
from cms.api.site import PublicSite

MAX_FIELDS_LENGTH = 1_500
MAX_FIELDS_DEPTH = 8
type FieldsConfig = list[tuple[str, bool, "FieldsConfig | None"]]


@dataclass(frozen=True)
class Field:
    """One field, which is read from the attribute of its name unless `read` says otherwise.

    What is read may be any value that `cms.api.endpoints.base.json_response` writes, or, with a
    `schema`, the object(s) that it describes. Those that are reached by a `relation` are fetched
    with it: joined, or prefetched from `queryset`. `joins` and `prefetches` say what else is read.
    """

    name: str
    read: str | Callable[[Any, Batch], Any] = ""
    schema: "Callable[[], Schema] | None" = None
    in_meta: bool = False
    joins: tuple[str, ...] = ()
    prefetches: tuple[str, ...] = ()
    relation: str = ""
    queryset: "Callable[[], QuerySet[Model]] | None" = None

    @cached_property
    def reader(self) -> Callable[[Any, Batch], Any]:
        """What returns the field's value, or a function that gives it once all is read."""
        if callable(self.read):
            return self.read
        get = attrgetter(self.read or self.name)
        return lambda instance, _batch: get(instance)


class Schema:
    """All fields of a kind of object, and those it has in lists and inside others by default."""

    def __init__(self, fields: Iterable[Field], listed: str = "", nested: str = "") -> None:
        """`listed` and `nested` are names; they default to all fields, and to those listed."""
        self.fields = {field.name: field for field in fields}
        self.listed = frozenset(listed.split() or self.fields)
        self.nested = frozenset(nested.split() or self.listed)

    def extended(self, fields: Iterable[Field], listed: str = "", nested: str = "") -> "Schema":
        """Return this schema with further fields, more of them listed, others `nested`."""
        merged = self.fields | {field.name: field for field in fields}
        return Schema(
            merged.values(), " ".join([*self.listed, listed]), nested or " ".join(self.nested)
        )


@dataclass(frozen=True, slots=True)
class Selection:
    """The fields of a schema that a response has, each with what is selected inside it."""

    fields: tuple[tuple[Field, "Selection | None"], ...]

    def joins(self, prefix: str = "") -> Iterator[str]:
        """Yield the relations to join (`select_related`)."""
        for chosen, inside in self.fields:
            yield from (prefix + join for join in chosen.joins)
            if chosen.relation and not chosen.queryset and inside:
                yield prefix + chosen.relation
                yield from inside.joins(f"{prefix}{chosen.relation}__")

    def prefetches(self, prefix: str = "") -> Iterator[str | Prefetch]:
        """Yield the relations to fetch in one further query each (`prefetch_related`)."""
        for chosen, inside in self.fields:
            yield from (prefix + name for name in chosen.prefetches)
            if chosen.queryset and inside:
                queryset = inside.prepare(chosen.queryset())
                yield Prefetch(prefix + chosen.relation, queryset)
            elif chosen.relation and inside:
                yield from inside.prefetches(f"{prefix}{chosen.relation}__")

    def prepare(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return `queryset` such that reading its objects makes no query for each."""
        joins = sorted(set(self.joins()))
        prefetches: dict[str, str | Prefetch] = {}
        # A relation may be asked for twice; the one that knows what comes with it counts.
        for prefetch in sorted(self.prefetches(), key=lambda p: not isinstance(p, str)):
            name = prefetch if isinstance(prefetch, str) else prefetch.prefetch_to
            prefetches[name] = prefetch
        queryset = queryset.select_related(*joins) if joins else queryset
        return queryset.prefetch_related(*prefetches.values()) if prefetches else queryset

    def represent(self, instance: Any, batch: Batch) -> dict[str, Any]:
        """Return `instance` as JSON has it."""
        data: dict[str, Any] = {}
        for chosen, inside in self.fields:
            members = data.setdefault("meta", {}) if chosen.in_meta else data
            members[chosen.name] = _represent(chosen.reader(instance, batch), inside, batch)
        return data

    def represent_all(self, instances: Iterable[Any], site: PublicSite) -> list[dict[str, Any]]:
        """Return `instances` as JSON has them; what they refer to is fetched for all at once."""
        batch = Batch(site)
        return [self.represent(instance, batch) for instance in instances]


def _represent(value: Any, inside: Selection | None, batch: Batch) -> Any:
    if inside is None or value is None:
        return value
    if callable(value):
        return lambda: _represent(value(), inside, batch)
    if isinstance(value, Iterable):
        return [inside.represent(other, batch) for other in value]
    return inside.represent(value, batch)


def parse_fields(value: str) -> FieldsConfig:
    """Return what the `fields` parameter says, by Wagtail's own grammar; ValueError if nothing."""
    if not value or len(value) > MAX_FIELDS_LENGTH or value.count("(") > MAX_FIELDS_DEPTH:
        raise ValueError
    try:
        config: FieldsConfig = parse_fields_parameter(value)
    except FieldsParameterParseError as error:
        raise ValueError(str(error)) from error
    if not all(name for name, _negated, _inside in config):
        raise ValueError
    return config


def select(
    schema: Schema, config: FieldsConfig, default: Iterable[str], path: str = ""
) -> Selection:
    """Return the selection that `config` makes of `schema`, starting from `default`.

    Raises ParameterProblem where it names a field that there is not.
    """
    chosen = set(default)
    inside: dict[str, FieldsConfig] = {}
    for name, is_negated, sub_config in config:
        if name in ("*", "_"):
            chosen = set(schema.fields) if name == "*" else set()
            continue
        known = schema.fields.get(name)
        if known is None or (sub_config and known.schema is None):
            raise _unknown_field(f"{path}{name}{'(…)' if known else ''}", schema)
        if is_negated:
            chosen.discard(name)
        else:
            chosen.add(name)
            inside[name] = sub_config or []
    # The id first, as a reader looks for it there, and then what is about the object.
    fields = sorted(
        (known for name, known in schema.fields.items() if name in chosen),
        key=lambda known: (known.name != "id", not known.in_meta),
    )
    return Selection(tuple((f, _select_inside(f, inside.get(f.name, []), path)) for f in fields))


def _select_inside(known: Field, config: FieldsConfig, path: str) -> Selection | None:
    if known.schema is None:
        return None
    schema = known.schema()
    return select(schema, config, schema.nested, f"{path}{known.name}.")


def _unknown_field(name: str, schema: Schema) -> ParameterProblem:
    nested = [name for name, known in schema.fields.items() if known.schema]
    return ParameterProblem(
        "fields",
        name,
        f"*, _ or names of these fields, with - in front to leave one out: "
        f"{', '.join(schema.fields)}. Parentheses pick fields inside: {', '.join(nested) or '—'}",
        f"There is no field “{name[:100]}” here.",
    )
