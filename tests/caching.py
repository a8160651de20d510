"""Keeps answers that were stored for one test, or one measurement, out of the next."""

from django.core.cache import caches

from cms.publishing import memoize


def empty_caches() -> None:
    """Forget everything in every cache that is in use, and what processes keep themselves."""
    memoize.forget()
    for cache in caches.all(initialized_only=True):
        cache.clear()
