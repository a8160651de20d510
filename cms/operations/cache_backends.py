"""A cache that may be away: without it the site is slower, and just as right."""

import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

# After a failure the server is left alone for this long, so that nobody waits for it twice.
RETRY_SECONDS = 2.0


def _or(fallback: Callable[..., Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Wrap a client method so that it answers `fallback` of its arguments while Redis is away."""

    def wrap(method: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(self: "_PatientClient", *args: Any, **kwargs: Any) -> Any:
            if time.monotonic() < self.unavailable_until:
                return fallback(*args, **kwargs)
            try:
                return method(self, *args, **kwargs)
            except RedisError:
                self.unavailable_until = time.monotonic() + RETRY_SECONDS
                return fallback(*args, **kwargs)

        return guarded

    return wrap


def _nothing(*args: Any, **kwargs: Any) -> None:
    return None


def _default(key: str, default: Any = None, *args: Any) -> Any:
    return default


def _no_keys(*args: Any, **kwargs: Any) -> dict[str, Any]:
    return {}


def _false(*args: Any, **kwargs: Any) -> bool:
    return False


class _PatientClient(RedisCacheClient):
    """Django's client, for which a server that is away is a server that has nothing."""

    unavailable_until = 0.0

    add = _or(_false)(RedisCacheClient.add)
    get = _or(_default)(RedisCacheClient.get)
    set = _or(_nothing)(RedisCacheClient.set)
    touch = _or(_false)(RedisCacheClient.touch)
    delete = _or(_false)(RedisCacheClient.delete)
    get_many = _or(_no_keys)(RedisCacheClient.get_many)
    has_key = _or(_false)(RedisCacheClient.has_key)
    set_many = _or(_nothing)(RedisCacheClient.set_many)
    delete_many = _or(_nothing)(RedisCacheClient.delete_many)
    clear = _or(_false)(RedisCacheClient.clear)

    def incr(self, key: Any, delta: int) -> Any:
        """Count up; a key that cannot be read is one that is not there, as Django says it."""
        if time.monotonic() < self.unavailable_until:
            raise ValueError(f"Key '{key}' not found.")
        try:
            return super().incr(key, delta)
        except RedisError as error:
            self.unavailable_until = time.monotonic() + RETRY_SECONDS
            raise ValueError(f"Key '{key}' not found.") from error


class FailOpenRedisCache(RedisCache):
    """Django's Redis cache, which does not take the site down with it.

    Its timeouts are set with the `socket_connect_timeout` and `socket_timeout` options.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = _PatientClient
