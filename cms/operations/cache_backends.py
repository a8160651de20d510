"""A cache that may be away: without it the site is slower, and just as right."""

import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

# After a failure the server is left alone for this long, so that nobody waits for it twice.
RETRY_SECONDS = 2.0


def _or(fallback: Any, method: Callable[..., Any]) -> Callable[..., Any]:
    """Return a client method that gives `fallback`, or what it returns, while Redis is away."""

    def guarded(self: "_PatientClient", *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= self.unavailable_until:
            try:
                return method(self, *args, **kwargs)
            except RedisError:
                self.unavailable_until = time.monotonic() + RETRY_SECONDS
        return fallback(*args, **kwargs) if callable(fallback) else fallback

    return guarded


def _default(key: str, default: Any = None) -> Any:
    return default


def _not_found(key: str, delta: int) -> None:
    # A key that cannot be read is one that is not there, as Django says it.
    raise ValueError(f"Key '{key}' not found.")


class _PatientClient(RedisCacheClient):
    """Django's client, for which a server that is away is a server that has nothing."""

    unavailable_until = 0.0

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
