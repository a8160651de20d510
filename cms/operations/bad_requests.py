"""Answers 400 where something was sent to the admin that none of its pages sends.

Checked here is what every view takes for granted: keys, and the address to go on to. What
a single form takes for granted is guarded in `cms.upstream`.
"""

import logging
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.datastructures import MultiValueDictKeyError

from cms.pages.reserved_addresses import is_staff_path

logger = logging.getLogger(__name__)

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# A field that is missing, and a value that no column could hold: whoever asked for it.
_OF_THE_SENDER = (BadRequest, DataError, MultiValueDictKeyError)
# Parts of an address that are a key of some table; all tables of the admin have numbers for keys.
_KEYS = ("pk", "object_id")


class BadRequestMiddleware:
    """Tells the sender's mistakes from the site's own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer `request`."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Return a response for what no view has to understand, or None for everything else."""
        if not is_staff_path(request.path_info):
            return None
        wrong = next(_mistakes(request, kwargs), None)
        return _refuse(request, BadRequest(wrong)) if wrong else None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return a response for what was sent wrongly, or None for everything else."""
        has_values = request.method not in _SAFE_METHODS or request.META.get("QUERY_STRING")
        if has_values and is_staff_path(request.path_info) and isinstance(error, _OF_THE_SENDER):
            return _refuse(request, error)
        return None


def _mistakes(request: HttpRequest, kwargs: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the address, its query, and where to go on to."""
    keys = [str(kwargs[name]) for name in _KEYS if name in kwargs]
    match = request.resolver_match
    # A preview of a block names the block; bulk actions take the word for every object of a list.
    if match and match.url_name != "wagtailadmin_block_preview":
        keys += [key for key in request.GET.getlist("id") if key != "all"]
    if not all(key.isdecimal() for key in keys):
        yield "A key is no number."
    # For Django's `redirect()`, which Wagtail goes on with, a word without a slash is the name of a
    # view. Signing in is allauth's, which goes elsewhere by itself.
    if request.user.is_authenticated:
        for target in (request.POST.get("next"), request.GET.get("next")):
            if target and "/" not in target:
                yield "The address to go on to is none."


def _refuse(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer 400 and log it, as an error where the sender is somebody who works here.

    People who are signed in send what our own pages hold. What they meet may be a fault of ours
    that looks like theirs, so whoever watches the site hears of it.
    """
    if request.user.is_authenticated:
        logger.error("A request could not be understood.", exc_info=error)
        if settings.SENTRY_DSN:
            # sentry_sdk is an extra: it need not be there where nothing is reported.
            from cms.operations.observability.errors import report  # noqa: PLC0415

            report(error)
    else:
        logger.warning("A request could not be understood.", exc_info=error)
    return HttpResponse(loader.get_template("400.html").render(), status=400)
