"""Query parameters: each says what it takes, and everything else is refused by name."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.http import QueryDict

from cms.api.problems import ParameterProblem
from cms.i18n.clock import SCHOOL_TIME_ZONE
from cms.publishing.http.requests import is_habit
from cms.upstream.characters import clean_line

# PostgreSQL's integer, which is what a page's id is.
MAX_ID = 2**31 - 1
MAX_OFFSET = 1_000_000
MAX_SEQUENCE = 2**63 - 1
MAX_TEXT_LENGTH = 200
RANDOM = "random"
_MOMENT = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(?P<time>T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+ -][0-9]{2}:[0-9]{2}))?"
)
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A query parameter: `parse` raises ValueError for what is not one of what it `takes`.

    Where all that it does is to narrow a list, `lookup` says by which condition.
    """

    name: str
    takes: str
    parse: Callable[[str], Any]
    lookup: str = ""

    def by(self, lookup: str) -> "Parameter":
        """Return this parameter for lists that it narrows by the condition `lookup`."""
        return replace(self, lookup=lookup)


def parse_parameters(query: QueryDict, known: Iterable[Parameter]) -> dict[str, Any]:
    """Return the parsed values of the parameters that were sent.

    Raises ParameterProblem for the first that is unknown, sent twice or malformed.
    """
    by_name = {parameter.name: parameter for parameter in known}
    parsed: dict[str, Any] = {}
    for name, values in query.lists():
        if all(is_habit(name, value) for value in values):
            continue
        parameter = by_name.get(name)
        if parameter is None:
            names = ", ".join(sorted(by_name)) or "no parameters"
            raise ParameterProblem(
                name,
                name,
                f"one of these parameters: {names}",
                f"There is no parameter “{name[:100]}” here.",
            )
        if len(values) != 1:
            raise ParameterProblem(
                name, "&".join(values), f"one value: {parameter.takes}", "It was sent twice."
            )
        parsed[name] = parse_value(parameter, values[0])
    return parsed


def parse_value(parameter: Parameter, value: str) -> Any:
    """Return `value` as `parameter` understands it, or raise ParameterProblem."""
    try:
        if _UNPRINTABLE.search(value):
            raise ValueError
        return parameter.parse(clean_line(value))
    except (ValueError, OverflowError):
        raise ParameterProblem(parameter.name, value, parameter.takes) from None


def text(name: str, what: str = "a text") -> Parameter:
    """Take any text that is not empty and not too long."""

    def parse(value: str) -> str:
        value = value.strip()
        if not value or len(value) > MAX_TEXT_LENGTH:
            raise ValueError
        return value

    return Parameter(name, f"{what} of 1 to {MAX_TEXT_LENGTH} characters", parse)


def integer(name: str, what: str, lowest: int = 0, highest: int = MAX_ID) -> Parameter:
    """Take a whole number in plain digits."""

    def parse(value: str) -> int:
        if not (value.isascii() and value.isdigit() and len(value) < 20):
            raise ValueError
        number = int(value)
        if not lowest <= number <= highest:
            raise ValueError
        return number

    return Parameter(name, f"{what}: a whole number from {lowest} to {highest}", parse)


def day(name: str) -> Parameter:
    """Take a calendar date as RFC 3339 writes it."""

    def parse(value: str) -> date:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise ValueError
        return date.fromisoformat(value)

    return Parameter(name, "a date such as 2027-01-31", parse)


def moment(name: str, when: str) -> Parameter:
    """Take a moment as RFC 3339 writes it, or a date, which is the whole day in Sweden.

    It stands for its first and its last moment.
    """

    def parse(value: str) -> tuple[datetime, datetime]:
        written = re.fullmatch(_MOMENT, value)
        if not written:
            raise ValueError
        if not written["time"]:
            first = datetime.combine(date.fromisoformat(value), time.min, SCHOOL_TIME_ZONE)
            return first, datetime.combine(first, time.max, SCHOOL_TIME_ZONE)
        # A plus sign that was not written as %2B arrives as a blank.
        exactly = datetime.fromisoformat(value.replace(" ", "+"))
        return exactly, exactly

    takes = f"{when}: a date such as 2027-01-31, or a moment such as 2027-01-31T12:00:00Z"
    return Parameter(name, takes, parse)


def boolean(name: str) -> Parameter:
    """Take true or false."""
    values = {"true": True, "1": True, "false": False, "0": False}
    return Parameter(name, "true or false", _lookup(values))


def choice(name: str, values: Mapping[str, Any] | Iterable[str]) -> Parameter:
    """Take one of `values`; of a mapping, one of its keys, which stands for its value."""
    mapping = values if isinstance(values, Mapping) else {value: value for value in values}
    return Parameter(name, f"one of {', '.join(mapping)}", _lookup(mapping))


def several(one: Parameter) -> Parameter:
    """Take several of what `one` takes."""
    takes = f"{one.takes}, or several with commas between them"
    return Parameter(one.name, takes, lambda value: [one.parse(part) for part in value.split(",")])


def uuid(name: str) -> Parameter:
    """Take a UUID with its hyphens."""

    def parse(value: str) -> UUID:
        if len(value) != 36:
            raise ValueError
        return UUID(value)

    return Parameter(name, "a UUID such as 8a6e0804-2bd0-4672-b79d-d97027f9071a", parse)


def ordering(fields: Iterable[str]) -> Parameter:
    """Take names of fields separated by commas, each with a hyphen in front for descending.

    Or `RANDOM`, as Wagtail's own API does.
    """
    allowed = list(fields)

    def parse(value: str) -> list[str]:
        names = value.split(",")
        if names == [RANDOM]:
            return names
        bare = [name.removeprefix("-") for name in names]
        if not set(bare) <= set(allowed) or len(set(bare)) != len(bare):
            raise ValueError
        return names

    takes = f"any of {', '.join(allowed)}, with commas between them and - in front for descending"
    takes += f"; or {RANDOM}"
    return Parameter("order", takes, parse)


def _lookup(values: Mapping[str, Any]) -> Callable[[str], Any]:
    def parse(value: str) -> Any:
        if value not in values:
            raise ValueError
        return values[value]

    return parse
