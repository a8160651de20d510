"""Numbers for Prometheus: how many requests, how long they took, where answers came from.

`/-/metrics` is there where METRICS_TOKEN is set, for whoever sends it as a bearer token
(RFC 6750). gunicorn's processes put their numbers into one directory: see gunicorn.conf.py.
"""

import os
import time
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from cms.pages.reserved_addresses import is_staff_path

PATH = "/-/metrics"
_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})

REQUESTS = Counter(
    "site_requests_total", "Requests answered.", ["part", "method", "status", "cache"]
)
LOGINS = Counter("site_logins_total", "Attempts to sign in that were not throttled.", ["result"])
SECONDS = Histogram(
    "site_request_seconds",
    "Seconds until the answer was ready.",
    ["part"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15),
)


class MetricsMiddleware:
    """Counts requests by the part of the site, never by address: labels must stay few."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.METRICS_TOKEN:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer `request`, and count it unless it asks for the numbers."""
        if request.path_info == PATH:
            return _response(request)
        started = time.perf_counter()
        response = self.get_response(request)
        part = _part(request.path_info)
        SECONDS.labels(part).observe(time.perf_counter() - started)
        method = request.method if request.method in _METHODS else "other"
        cache = "hit" if "hit" in response.headers.get("Cache-Status", "") else "none"
        REQUESTS.labels(part, method, str(response.status_code), cache).inc()
        return response


def _response(request: HttpRequest) -> HttpResponse:
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not constant_time_compare(token, settings.METRICS_TOKEN):
        response = HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    else:
        response = HttpResponse(generate_latest(_registry()), content_type=CONTENT_TYPE_LATEST)
    response.headers["Cache-Control"] = "no-store"
    return response


def _registry() -> CollectorRegistry:
    """Return the numbers of all processes where there are several, else of this one."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    return registry


def _part(path: str) -> str:
    if is_staff_path(path):
        return "admin"
    for prefix, part in (
        ("/api/", "api"),
        ("/-/", "probes"),
        (settings.MEDIA_URL, "media"),
        (settings.STATIC_URL, "static"),
        ("/documents/", "documents"),
    ):
        if path.startswith(prefix):
            return part
    return "site"
