"""Caches that may be away, or full: without them the site is slower, and just as right."""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

# After a failure a server is left alone for this long, so that nobody waits for it twice.
RETRY_SECONDS = 5.0

# When servers that have failed are asked again, by address: whichever thread and cache of the
# process has waited in vain has done so for all of them.
_retry_at: dict[str, float] = {}


def _or(fallback: Any, method: Callable[..., Any]) -> Callable[..., Any]:
    """Return a client method that gives `fallback`, or what it returns, while Redis is away."""

    def guarded(self: "_PatientClient", *args: Any, **kwargs: Any) -> Any:
        server, now = self._servers[0], time.monotonic()
        if now >= _retry_at.get(server, now):
            if server in _retry_at:
                # One asks whether it is back; the others go on without it meanwhile.
                _retry_at[server] = now + RETRY_SECONDS
            try:
                result = method(self, *args, **kwargs)
            except RedisError:
                _retry_at[server] = time.monotonic() + RETRY_SECONDS
            else:
                _retry_at.pop(server, None)
                return result
        return fallback(*args, **kwargs) if callable(fallback) else fallback

    return guarded


def _default(key: str, default: Any = None) -> Any:
    return default


def _not_found(key: str, delta: int) -> None:
    # A key that cannot be read is one that is not there, as Django says it.
    raise ValueError(f"Key '{key}' not found.")


class _PatientClient(RedisCacheClient):
    """Django's client, for which a server that is away is a server that has nothing."""

    _servers: list[str]

    add = _or(False, RedisCacheClient.add)
    get = _or(_default, RedisCacheClient.get)
    set = _or(None, RedisCacheClient.set)
    touch = _or(False, RedisCacheClient.touch)
    delete = _or(False, RedisCacheClient.delete)
    get_many = _or({}, RedisCacheClient.get_many)
    has_key = _or(False, RedisCacheClient.has_key)
    incr = _or(_not_found, RedisCacheClient.incr)
    set_many = _or(None, RedisCacheClient.set_many)
    delete_many = _or(None, RedisCacheClient.delete_many)
    clear = _or(False, RedisCacheClient.clear)


class FailOpenRedisCache(RedisCache):
    """Django's Redis cache, which does not take the site down with it.

    Its timeouts are set with the `socket_connect_timeout` and `socket_timeout` options.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = _PatientClient


class FailOpenFileCache(FileBasedCache):
    """Django's cache in files, for which a disk that is full is one that keeps nothing."""

    def set(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        """Keep `value` if there is room."""
        with suppress(OSError):
            super().set(key, value, timeout, version)

    def add(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Return whether `value` was kept: locks and counts of failures rely on it."""
        try:
            if self.has_key(key, version):
                return False
            super().set(key, value, timeout, version)
        except OSError:
            return False
        return True
