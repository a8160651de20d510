"""What an environment variable may hold: rules that raise ValidationError with what is wrong."""

import re
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from environs import ValidationError

from .caches import is_cache_url

INSECURE_KEY_PREFIX = "insecure-"
SECRET_KEY_LENGTH = 50
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
# What stands in .env.example for what nobody else can know.
PLACEHOLDERS = ("example.se", "CHANGE-ME")
POSTGRESQL = "django.db.backends.postgresql"
# First words of addresses that the admin cannot have.
TAKEN_PATHS = frozenset(
    {"-", "_util", "accounts", "api", "documents", "embed", "media", "search", "static", "sv"}
)


def is_at_least(lowest: float) -> Any:
    """A rule: the number is not below `lowest`."""

    def rule(value: float) -> None:
        if value < lowest:
            raise ValidationError(f"{value} is too low.")

    return rule


def is_placeholder(value: str) -> bool:
    """Return whether `value` is one that .env.example has, unchanged."""
    return any(word in value for word in PLACEHOLDERS)


def is_cache_address(value: str) -> None:
    """Refuse what no cache is reached at."""
    if not is_cache_url(value):
        raise ValidationError(f"“{value}” is not the address of a cache.")


def is_port(value: int) -> None:
    """Refuse what is no TCP port."""
    if not 1 <= value <= 65535:
        raise ValidationError(f"{value} is not a port number.")


def is_log_level(value: str) -> None:
    """Refuse what is none of LOG_LEVELS."""
    if value not in LOG_LEVELS:
        raise ValidationError(f"“{value}” is not a level.")


def is_path(value: str) -> None:
    """A rule: words of an address that a slash follows, none of them the site's own."""
    if not re.fullmatch(r"(?:[a-z0-9][a-z0-9_-]*/)+", value):
        raise ValidationError(f"“{value}” is not such a path.")
    if value.partition("/")[0] in TAKEN_PATHS:
        raise ValidationError(f"“{value}” is taken by the site itself.")


def is_contact_list(value: list[str]) -> None:
    """A rule: addresses to write to or to open (RFC 9116, 2.5.3)."""
    for address in value:
        if not re.fullmatch(r"(?:mailto:[^\s@]+@[^\s@]+|https://\S+|tel:\+[\d-]+)", address):
            raise ValidationError(f"“{address}” is not such an address.")


def is_token(value: str) -> None:
    """Refuse what is too short for a token, or stands in no header (RFC 6750, 2.1)."""
    if value and not re.fullmatch(r"[A-Za-z0-9._~+/=-]{20,}", value):
        raise ValidationError("It is too short, or has characters that no header takes.")


def is_dsn(value: str) -> None:
    """A rule: nothing, or an address with the project's key and its number."""
    if value and not re.fullmatch(r"https?://[^\s/@]+@[^\s/@]+/\S*\d+", value):
        raise ValidationError("It is not such an address.")


def needs(module: str, *, extra: str) -> Any:
    """A rule: where there is a value, the `extra` of pyproject.toml with `module` is installed."""

    def rule(value: str) -> None:
        if value and find_spec(module) is None:
            raise ValidationError(
                f"It needs the extra “{extra}”, which is not installed: "
                f"build the image with --build-arg EXTRAS={extra}."
            )

    return rule


def is_strong_key(value: str) -> None:
    """Refuse keys that everybody knows, or that are soon guessed."""
    if value.startswith((INSECURE_KEY_PREFIX, "django-insecure-")):
        raise ValidationError("The development key must not be used here.")
    if len(value) < SECRET_KEY_LENGTH or len(set(value)) < 5:
        raise ValidationError("It is too short or too easy to guess.")


def is_host_list(value: list[str]) -> None:
    """Refuse a list that is empty, or has what is no host name."""
    if not value:
        raise ValidationError("It is empty.")
    for host in value:
        if not host or host == "*" or "/" in host or ":" in host or " " in host:
            raise ValidationError(f"“{host}” is not a host name.")


def is_origin_list(value: list[str]) -> None:
    """Refuse what is no origin of HTTPS."""
    for origin in value:
        is_https_origin(origin)


def is_https_origin(value: str) -> None:
    """A rule: scheme https, a host, perhaps a port, and nothing after it."""
    try:
        parts = urlsplit(value)
        sound = (
            parts.scheme == "https"
            and bool(parts.hostname)
            and parts.hostname != "*"
            and (parts.port is None or parts.port > 0)
        )
    except ValueError:
        sound = False
    if not sound or parts.path or parts.query or parts.fragment or parts.username:
        raise ValidationError(f"“{value}” is not an https address without a path.")


def engine(url: str) -> str:
    """Django's backend for a database address, or an empty text where it is not understood."""
    try:
        return str(dj_database_url.parse(url)["ENGINE"])
    except (ValueError, KeyError, dj_database_url.ParseError):
        return ""


def is_postgresql(url: str) -> None:
    """A rule: a PostgreSQL database, by name."""
    if engine(url) != POSTGRESQL:
        raise ValidationError("It is not the address of a PostgreSQL database.")
    if not dj_database_url.parse(url)["NAME"]:
        raise ValidationError("It names no database.")


def is_postgresql_or_sqlite(url: str) -> None:
    """A rule: a database of one of the two kinds that the site runs on."""
    if engine(url) not in {POSTGRESQL, "django.db.backends.sqlite3"}:
        raise ValidationError("It is not the address of a PostgreSQL or SQLite database.")
