"""Reading the site as a program does, and counting what the page cache keeps."""

import pickle

from django.core.cache import caches
from django.test import Client

from cms.publishing.page_cache import PAGE_CACHE_ALIAS, Entry
from tests.html import Response


def read(client: Client, address: str, **headers: str) -> Response:
    """Return what `address` answers a reader whose browser keeps nothing."""
    return client.get(address, headers=headers)


def kept_responses() -> int:
    """Return how many responses the page cache of this process holds."""
    cache = caches[PAGE_CACHE_ALIAS]
    stored = cache._cache.values()  # type: ignore[attr-defined]
    return sum(isinstance(pickle.loads(value), Entry) for value in stored)  # noqa: S301 Ours.
