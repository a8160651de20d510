"""Every address of the admin, with arguments that lead somewhere.

The URL configuration is walked, so that a new view is found by itself; one whose arguments nobody
has said is an error.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from tests.security.samples import Sample, Samples

# A converter of `path`, or a named group of `re_path`.
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^()]*\)")
_NO_PART_OF_AN_ADDRESS = re.compile(r"[\^$\\]")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a view is asked: its route below the admin, for which objects, and the whole path."""

    route: str
    sample: str
    path: str


def routes() -> list[str]:
    """Return all routes of the admin, without the admin's own path, each once."""
    found = _walk(get_resolver(), "")
    own = [route.removeprefix(settings.ADMIN_PATH) for route in found if _is_admin(route)]
    return list(dict.fromkeys(own))


def addresses(samples: Samples) -> list[Address]:
    """Return an address for each route and each object that it can be asked for.

    Raises LookupError for a route whose parameters are not known to tests/security/samples.py.
    """
    return [address for route in routes() for address in _of_route(route, samples)]


def _is_admin(route: str) -> bool:
    return route.startswith(settings.ADMIN_PATH)


def _walk(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route
        else:
            yield from _walk(entry, route)


def _of_route(route: str, samples: Samples) -> Iterator[Address]:
    if route == "^.*/$":
        yield Address(route, "", f"/{settings.ADMIN_PATH}nothing/here/")
    elif route.startswith("bulk/"):
        yield from _bulk_actions(route, samples)
    elif not (names := _names(route)):
        yield Address(route, "", _path(route, {}))
    else:
        for sample in samples.of(route, names):
            yield Address(route, sample.name, _path(route, sample.values))


def _bulk_actions(route: str, samples: Samples) -> Iterator[Address]:
    bulk_action_registry.get_bulk_action_class("", "", "")
    for app, models in bulk_action_registry.actions.items():
        for model, actions in models.items():
            for action in actions:
                for sample in samples.of_bulk_action(app, model):
                    values = {"app_label": app, "model_name": model, "action": action}
                    path = f"{_path(route, values)}?id={sample.values['id']}"
                    yield Address(route, f"{action} {sample.name}", path)


def _names(route: str) -> set[str]:
    return {one or other for one, other in _PARAMETER.findall(route)}


def _path(route: str, values: Sample.Values) -> str:
    filled = _PARAMETER.sub(lambda found: str(values[found[1] or found[2]]), route)
    return f"/{settings.ADMIN_PATH}{_NO_PART_OF_AN_ADDRESS.sub('', filled)}"
