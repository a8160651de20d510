"""What of a request decides its response, and which requests may be answered from the cache."""

import re
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils.encoding import force_bytes

API_PREFIX = "/api/"
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
_ACCEPTS_GZIP = re.compile(r"\bgzip\b")


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


def normalise_query(request: HttpRequest) -> str:
    """Return the query string with its parameters in order and, for pages, without tracking.

    The request is given the normalised string too: what is left out of the key must not be able
    to reach the response.
    """
    raw = request.META.get("QUERY_STRING", "")
    if not raw:
        return ""
    parameters = parse_qsl(raw, keep_blank_values=True)
    if not is_api(request):
        parameters = [pair for pair in parameters if not _TRACKING_PARAMETER.match(pair[0])]
    query = urlencode(sorted(parameters, key=lambda pair: pair[0]))
    request.META["QUERY_STRING"] = query
    return query


def accepts_gzip(request: HttpRequest) -> bool:
    """Return whether Django's GZipMiddleware would compress the response to `request`."""
    return bool(_ACCEPTS_GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")))


@lru_cache(maxsize=256)
def _accepted_type(accept: str) -> str:
    """Return what matters of an Accept header: whether it takes JSON at all."""
    types = {part.partition(";")[0].strip() for part in accept.lower().split(",")}
    return "any" if types & {"", "*/*", "application/*", "application/json"} else accept


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
        _accepted_type(request.META.get("HTTP_ACCEPT", "")) if is_api(request) else "",
    )
    digest = blake2b(key=force_bytes(settings.SECRET_KEY)[:64], digest_size=16)
    digest.update("\0".join(parts).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
