"""What of a request decides its response, and which requests may be answered from the cache."""

import re
from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http import HttpRequest
from django.http.request import MediaType
from django.utils.encoding import force_bytes

API_PREFIX = "/api/"
_PAGES_ABOUT_THE_API = frozenset({"/api/", "/api/v2/reference/"})
# Calendars, feeds and the widget.
_SHARED_FILES = (".ics", ".atom", "/embed/courses.js")
# Probes and files: what they answer is not in the log, and they must answer without a database.
STANDALONE_PREFIXES = ("/-/", "/media/")
MAX_QUERY_LENGTH = 2_000
# Added by newsletters, social networks and search engines to follow people around; they never
# change a page.
_TRACKING_PARAMETER = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|mc_[ce]id|igshid|twclid|li_fat_id|"
    r"mtm_\w+|matomo_\w+|pk_\w+|_hs\w+|yclid|ref_src)$",
    re.IGNORECASE,
)
# Sent by programs out of habit, and without a meaning: a number against caches, and what everything
# is in any case.
_HABITS_OF_PROGRAMS = re.compile(r"^(?:_=.*|format=json|search_operator=and)$", re.DOTALL)
# What takes in JSON, the most specific first: that one counts (RFC 9110, 12.5.1).
_JSON_RANGES = ("application/json", "application/*", "*/*")


def is_api(request: HttpRequest) -> bool:
    """Return whether a program asks, and expects its errors as JSON."""
    return request.path_info.startswith(API_PREFIX)


def may_be_public(request: HttpRequest) -> bool:
    """Return whether the request reads, nothing in it says who asks, and it is no probe."""
    return (
        request.method in ("GET", "HEAD")
        and not request.path_info.startswith(STANDALONE_PREFIXES)
        and not getattr(request, "is_preview", False)
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "HTTP_AUTHORIZATION" not in request.META
        and len(request.META.get("QUERY_STRING", "")) <= MAX_QUERY_LENGTH
    )


def is_for_programs(request: HttpRequest) -> bool:
    """Return whether scripts of any site may read what is answered, whatever that is.

    Without credentials: nothing there depends on who asks. Told by the address, because a 304 has
    no content type. Pages about the API are for people.
    """
    path = request.path_info
    is_data = is_api(request) and path not in _PAGES_ABOUT_THE_API
    return is_data or path.endswith(_SHARED_FILES)


def is_habit(name: str, value: str) -> bool:
    """Return whether a parameter of the API says nothing, and is ignored."""
    return bool(_HABITS_OF_PROGRAMS.match(f"{name}={value}"))


def normalise_query(request: HttpRequest) -> str:
    """Return the query string with its parameters in order, without tracking or habits.

    The request is given the normalised string too: what is left out of the key must not be able
    to reach the response.
    """
    raw = request.META.get("QUERY_STRING", "")
    if not raw:
        return ""
    parameters = parse_qsl(raw, keep_blank_values=True)
    if is_api(request):
        parameters = [pair for pair in parameters if not is_habit(*pair)]
    else:
        parameters = [pair for pair in parameters if not _TRACKING_PARAMETER.match(pair[0])]
    query = urlencode(sorted(parameters, key=lambda pair: pair[0]))
    request.META["QUERY_STRING"] = query
    return query


def accepts_gzip(request: HttpRequest) -> bool:
    """Return whether the response to `request` may be compressed."""
    return _qualities(request.META.get("HTTP_ACCEPT_ENCODING", "")).get("gzip", 0) > 0


def accepts_json(request: HttpRequest) -> bool:
    """Return whether the response to `request` may be JSON."""
    qualities = _qualities(request.META.get("HTTP_ACCEPT", "")) or {"*/*": 1}
    return next((qualities[name] for name in _JSON_RANGES if name in qualities), 0) > 0


@lru_cache(maxsize=256)
def _qualities(header: str) -> Mapping[str, float]:
    """Return what a header of content negotiation names, each with its weight."""
    parts = [MediaType(part) for part in header.lower().split(",") if part.strip()]
    return {"/".join(filter(None, (p.main_type, p.sub_type))): p.quality for p in parts}


def request_key(request: HttpRequest) -> str:
    """Return the key of what is asked for: equal keys have equal responses.

    Keyed with the secret key, so that nobody outside can make the key, or an ETag made of it,
    for something they were not given. Raises DisallowedHost for a host that is not ours.
    """
    parts = (
        request.scheme or "",
        request.get_host(),
        request.path,
        normalise_query(request),
        "gzip" if accepts_gzip(request) else "identity",
        "json" if is_api(request) and accepts_json(request) else "",
    )
    digest = blake2b(key=force_bytes(settings.SECRET_KEY)[:64], digest_size=16)
    digest.update("\0".join(parts).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
