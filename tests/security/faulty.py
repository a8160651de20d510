"""The site with some addresses more, whose views fail: a `ROOT_URLCONF` for tests."""

from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import path

import cms.urls


def _forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def _broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


def _without_database(request: HttpRequest) -> HttpResponse:
    raise OperationalError


urlpatterns = [
    path("forbidden/", _forbidden),
    path("broken/", _broken),
    path("unavailable/", _without_database),
    path("api/v2/broken/", _broken),
    *cms.urls.urlpatterns,
]
