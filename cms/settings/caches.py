"""Where what has been rendered is kept, from CACHE_URL."""

from typing import Any
from urllib.parse import unquote, urlsplit

SCHEMES = ("redis", "rediss", "file", "db", "locmem")
# Entries of file, database and memory caches; Redis is bounded by its own `maxmemory`.
MAX_ENTRIES = 2_000


def is_cache_url(url: str) -> bool:
    """Return whether `caches` understands `url`."""
    parts = urlsplit(url)
    return {
        "redis": bool(parts.hostname),
        "rediss": bool(parts.hostname),
        "file": parts.path.startswith("/") and not parts.netloc,
        "db": bool(parts.netloc) and not parts.path.strip("/"),
        "locmem": True,
    }.get(parts.scheme, False)


def caches(url: str) -> dict[str, dict[str, Any]]:
    """Return CACHES for `url`: `default`, and `pages` for whole responses, kept apart.

    redis://host:6379/0 and rediss://… are shared by all machines; file:///directory by all
    processes of one; db://table by all through the database; locmem:// by nobody.
    """
    return {alias: _cache(alias, url) for alias in ("default", "pages")}


def _cache(alias: str, url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    bounded = {"KEY_PREFIX": alias, "OPTIONS": {"MAX_ENTRIES": MAX_ENTRIES}}
    if parts.scheme in ("redis", "rediss"):
        return {
            "BACKEND": "cms.operations.cache_backends.FailOpenRedisCache",
            "LOCATION": url,
            "KEY_PREFIX": alias,
            "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
        }
    if parts.scheme == "file":
        return bounded | {
            "BACKEND": "cms.operations.cache_backends.FailOpenFileCache",
            "LOCATION": f"{unquote(parts.path).rstrip('/')}/{alias}",
        }
    if parts.scheme == "db":
        return bounded | {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": parts.netloc,
        }
    return bounded | {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": alias,
    }
