"""How an object looks in the API: its fields, which of them are asked for, and what they need.

A `Shape` names every field an object can have. The `fields` parameter picks some of them, which
makes a `Selection`; a selection knows what to join and prefetch, notes what its objects refer to,
and turns them into dictionaries in one short loop.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Model, Prefetch, QuerySet
from wagtail.api.v2.utils import FieldsParameterParseError, parse_fields_parameter

from cms.api.batching import References, Wanted
from cms.api.problems import ParameterProblem

if TYPE_CHECKING:
    from cms.api.site import PublicSite

MAX_FIELDS_LENGTH = 1_500
MAX_FIELDS_DEPTH = 8
type FieldsConfig = list[tuple[str, bool, "FieldsConfig | None"]]


@dataclass(frozen=True, slots=True)
class Rendering:
    """What reading a field may need besides the object, and what several fields share."""

    site: "PublicSite"
    references: References
    stories: dict[tuple[int, str], Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `read` returns its value, or the object(s) that `shape` describes.

    `refer` notes what must be fetched with it, `joins` and `prefetches` say what else it reads;
    both are relations of the field's own model. Nested objects come by the one that is `joined` or
    `prefetched` (from `queryset`). What `is_on_request` is only there when it is named, or with *.
    """

    name: str
    read: Callable[[Any, Rendering], Any]
    shape: "Callable[[], Shape] | None" = None
    is_many: bool = False
    in_meta: bool = False
    refer: Callable[[Any, Wanted], None] | None = None
    joins: tuple[str, ...] = ()
    prefetches: tuple[str, ...] = ()
    joined: str = ""
    prefetched: str = ""
    is_on_request: bool = False
    queryset: "Callable[[], QuerySet[Model]] | None" = None


@dataclass(frozen=True, slots=True)
class Shape:
    """All fields of a kind of object, and those it has in lists and inside others by default."""

    fields: dict[str, Field]
    listed: frozenset[str]
    nested: frozenset[str] = field(default=frozenset())

    @property
    def detailed(self) -> frozenset[str]:
        """The fields that an object has by itself by default."""
        return frozenset(name for name, known in self.fields.items() if not known.is_on_request)

    @classmethod
    def of(cls, fields: Iterable[Field], listed: str, nested: str | None = None) -> "Shape":
        """Return a shape; `listed` and `nested` are names separated by spaces."""
        names = listed.split()
        inner = names if nested is None else nested.split()
        return cls({f.name: f for f in fields}, frozenset(names), frozenset(inner))

    def extended(self, fields: Iterable[Field], listed: str = "", nested: str = "") -> "Shape":
        """Return this shape with further fields, more of them listed, others `nested`."""
        inner = frozenset(nested.split()) if nested else self.nested
        merged = self.fields | {f.name: f for f in fields}
        return Shape(merged, self.listed | set(listed.split()), inner)


@dataclass(frozen=True, slots=True)
class Selection:
    """The fields of a shape that a response has, each with what is selected inside it."""

    meta: tuple[tuple[Field, "Selection | None"], ...]
    body: tuple[tuple[Field, "Selection | None"], ...]

    def __iter__(self) -> Iterator[tuple[Field, "Selection | None"]]:
        yield from self.meta
        yield from self.body

    def joins(self, prefix: str = "") -> Iterator[str]:
        """Yield the relations to join (`select_related`)."""
        for chosen, inside in self:
            yield from (prefix + join for join in chosen.joins)
            if chosen.joined:
                yield prefix + chosen.joined
                if inside:
                    yield from inside.joins(f"{prefix}{chosen.joined}__")

    def prefetches(self, prefix: str = "") -> Iterator[str | Prefetch]:
        """Yield the relations to fetch in one further query each (`prefetch_related`)."""
        for chosen, inside in self:
            yield from (prefix + name for name in chosen.prefetches)
            if chosen.joined and inside:
                yield from inside.prefetches(f"{prefix}{chosen.joined}__")
            if chosen.prefetched and chosen.queryset and inside:
                queryset = inside.prepare(chosen.queryset())
                yield Prefetch(prefix + chosen.prefetched, queryset)

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

    def refer(self, instance: Any, wanted: Wanted, rendering: Rendering) -> None:
        """Note what `instance` refers to."""
        for chosen, inside in self:
            if chosen.refer is not None:
                chosen.refer(instance, wanted)
            if inside is not None and (chosen.joined or chosen.prefetched):
                value = chosen.read(instance, rendering)
                for other in value if chosen.is_many else (value,):
                    if other is not None:
                        inside.refer(other, wanted, rendering)

    def represent(self, instance: Any, rendering: Rendering) -> dict[str, Any]:
        """Return `instance` as JSON has it."""
        data: dict[str, Any] = {}
        if self.body and self.body[0][0].name == "id":
            # First, as a reader looks for it there.
            data["id"] = self.body[0][0].read(instance, rendering)
        if self.meta:
            data["meta"] = _values(self.meta, instance, rendering)
        data.update(_values(self.body, instance, rendering))
        return data


def _values(
    fields: tuple[tuple[Field, Selection | None], ...], instance: Any, rendering: Rendering
) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for chosen, inside in fields:
        value = chosen.read(instance, rendering)
        if inside is None or value is None:
            data[chosen.name] = value
        elif chosen.is_many:
            data[chosen.name] = [inside.represent(other, rendering) for other in value]
        else:
            data[chosen.name] = inside.represent(value, rendering)
    return data


def represent_all(
    instances: Iterable[Any], selection: Selection, site: "PublicSite"
) -> list[dict[str, Any]]:
    """Return `instances` as JSON has them; what they refer to is fetched for all at once."""
    instances = list(instances)
    wanted = Wanted()
    rendering = Rendering(site, References(site, wanted))
    for instance in instances:
        selection.refer(instance, wanted, rendering)
    return [selection.represent(instance, rendering) for instance in instances]


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


def select(shape: Shape, config: FieldsConfig, default: Iterable[str], path: str = "") -> Selection:
    """Return the selection that `config` makes of `shape`, starting from `default`.

    Raises ParameterProblem where it names a field that there is not.
    """
    chosen = set(default)
    inside: dict[str, FieldsConfig] = {}
    for name, is_negated, sub_config in config:
        if name in ("*", "_"):
            chosen = set(shape.fields) if name == "*" else set()
            continue
        known = shape.fields.get(name)
        if known is None or (sub_config and known.shape is None):
            raise _unknown_field(f"{path}{name}{'(…)' if known else ''}", shape)
        if is_negated:
            chosen.discard(name)
        else:
            chosen.add(name)
            inside[name] = sub_config or []
    pairs = [
        (known, _select_inside(known, inside.get(name, []), path))
        for name, known in shape.fields.items()
        if name in chosen
    ]
    return Selection(
        meta=tuple(pair for pair in pairs if pair[0].in_meta),
        body=tuple(pair for pair in pairs if not pair[0].in_meta),
    )


def _select_inside(known: Field, config: FieldsConfig, path: str) -> Selection | None:
    if known.shape is None:
        return None
    shape = known.shape()
    return select(shape, config, shape.nested, f"{path}{known.name}.")


def _unknown_field(name: str, shape: Shape) -> ParameterProblem:
    nested = [name for name, known in shape.fields.items() if known.shape]
    return ParameterProblem(
        "fields",
        name,
        f"*, _ or names of these fields, with - in front to leave one out: "
        f"{', '.join(shape.fields)}. Parentheses pick fields inside: {', '.join(nested) or '—'}",
        f"There is no field “{name[:100]}” here.",
    )
