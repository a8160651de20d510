"""How public and private responses are labelled for everyone who may keep a copy."""

from collections.abc import Collection

from django.http import HttpResponse
from django.utils.cache import patch_vary_headers

# Browsers ask each time (a 304 costs one query). Shared caches may answer for a few seconds by
# themselves, a few more while they ask, and for a day where the site does not answer
# (RFC 9111, RFC 5861).
PUBLIC_CACHE_CONTROL = (
    "public, max-age=0, s-maxage=5, stale-while-revalidate=5, stale-if-error=86400"
)
PRIVATE_CACHE_CONTROL = "private, no-store"
_KEPT_PARAMETERS = "kept_parameters"


def mark_public(
    response: HttpResponse, parameters: Collection[str] | None = frozenset()
) -> HttpResponse:
    """Say that `response` is the same for everyone and may be kept.

    `parameters` are the query parameters that the response depends on; a response to a request with
    others is sent but not kept, so that made-up parameters cannot fill the cache. None means that
    the view refuses parameters it does not know.
    """
    response.headers["Cache-Control"] = PUBLIC_CACHE_CONTROL
    setattr(response, _KEPT_PARAMETERS, parameters)
    return response


def is_public(response: HttpResponse) -> bool:
    """Return whether `response` was marked and nothing in it has since become personal."""
    return (
        hasattr(response, _KEPT_PARAMETERS)
        and response.status_code == 200
        and not response.cookies
        and not response.streaming
    )


def may_be_kept(response: HttpResponse, sent_parameters: Collection[str]) -> bool:
    """Return whether a public `response` may be kept for a request with `sent_parameters`."""
    kept = getattr(response, _KEPT_PARAMETERS)
    return kept is None or set(sent_parameters) <= set(kept)


def label_private(response: HttpResponse) -> None:
    """Forbid every copy of `response`, unless its view has said something else."""
    if "Cache-Control" not in response.headers or hasattr(response, _KEPT_PARAMETERS):
        response.headers["Cache-Control"] = PRIVATE_CACHE_CONTROL


def label_public(response: HttpResponse, etag: str) -> None:
    """Give a public `response` its ETag and the one request header it varies by.

    `Vary: Cookie`, which looking at the session adds, is dropped: a request with a session cookie
    never gets a public response, and other cookies change nothing.
    """
    response.headers["ETag"] = etag
    response.headers.pop("Vary", None)
    patch_vary_headers(response, ("Accept-Encoding",))
