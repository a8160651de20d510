"""Where the endpoints of the API are registered: by each app in its `ready()`."""

from wagtail.api.v2.router import WagtailAPIRouter

api_router = WagtailAPIRouter("wagtailapi")


def endpoint_names() -> tuple[str, ...]:
    """Return the names of all endpoints, which are the last part of their addresses."""
    return tuple(api_router._endpoints)
