"""Answers 400 where a view of the admin fails on what it was sent.

Wagtail's forms trust that a browser sends back what they hold. Whoever sends something else gets a
response that says so. A fault of ours must not pass for a mistake of the sender: one is only looked
for in a request that carries something, and only found in code that reads what was sent.
"""

import logging
import sysconfig
from collections.abc import Callable
from types import TracebackType

from django.core.exceptions import ValidationError
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.urls import NoReverseMatch
from django.utils.datastructures import MultiValueDictKeyError

from cms.pages.reserved_addresses import is_staff_path

logger = logging.getLogger(__name__)

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# A field that is missing, and a value that no column could hold: whoever asked for it.
_OF_THE_SENDER = (DataError, MultiValueDictKeyError)
# Of the sender only in the places below: raised elsewhere, these are a program's own.
_OF_A_READER = (
    AttributeError,
    KeyError,
    OverflowError,
    RecursionError,
    TypeError,
    ValidationError,
    ValueError,
)
# Where values become keys and numbers (`int("Lund")`). They may stand in the address itself.
_READING_KEYS = (
    "django/db/backends/",
    "django/db/models/fields/",
    "django/db/models/lookups.py",
)
# Where Django and Wagtail take for granted that a form was sent whole, and after the form before.
_READING_FORMS = (
    "django/contrib/sessions/backends/base.py",
    "django/forms/",
    "draftjs_exporter/",
    "wagtail/admin/forms/",
    "wagtail/admin/rich_text/converters/contentstate.py:to_database_format",
    "wagtail/admin/views/dismissibles.py:patch",
    "wagtail/admin/views/generic/chooser.py:post",
    "wagtail/blocks/list_block.py:value_from_datadict",
    "wagtail/blocks/stream_block.py:value_from_datadict",
    "wagtail/contrib/redirects/forms.py",
    "wagtail/contrib/typed_table_block/blocks.py:value_from_datadict",
)
_STANDARD_LIBRARY = sysconfig.get_path("stdlib")
_INSTALLED = "/site-packages/"


class BadRequestMiddleware:
    """Tells the sender's mistakes from the site's own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer `request`."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return a response for what was sent wrongly, or None for everything else."""
        if not (is_staff_path(request.path_info) and _is_of_the_sender(request, error)):
            return None
        _write_down(request, error)
        return HttpResponse(loader.get_template("400.html").render(), status=400)


def _is_of_the_sender(request: HttpRequest, error: Exception) -> bool:
    match = request.resolver_match
    has_values = request.method not in _SAFE_METHODS or bool(request.META.get("QUERY_STRING"))
    has_keys = has_values or bool(match and (match.args or match.kwargs))
    if isinstance(error, _OF_THE_SENDER):
        return has_keys
    if isinstance(error, NoReverseMatch):
        return _was_sent_as_target(request, error)
    if not isinstance(error, _OF_A_READER):
        return False
    origin = _origin(error.__traceback__)
    return (has_keys and origin.startswith(_READING_KEYS)) or (
        has_values and origin.startswith(_READING_FORMS)
    )


def _was_sent_as_target(request: HttpRequest, error: NoReverseMatch) -> bool:
    """Return whether a view took what was sent as `next` for the name of another view.

    Wagtail goes on to `next` with Django's `redirect()`, for which a word without a slash is one.
    """
    target = request.POST.get("next") or request.GET.get("next") or ""
    said = str(error)
    return any(
        said.startswith((f"Reverse for '{word}' ", f"'{word}' is not a registered namespace"))
        for word in target.split(":")
    )


def _origin(traceback: TracebackType | None) -> str:
    """Return in which installed file, and function, an error was raised.

    What the standard library raises belongs to whoever called it. For a file of the site itself
    the result is empty: its own code checks what it is sent.
    """
    origin = ""
    while traceback is not None:
        code = traceback.tb_frame.f_code
        file = code.co_filename
        if _INSTALLED in file:
            origin = f"{file.rpartition(_INSTALLED)[2]}:{code.co_name}"
        elif not file.startswith((_STANDARD_LIBRARY, "<")):
            origin = ""
        traceback = traceback.tb_next
    return origin


def _write_down(request: HttpRequest, error: Exception) -> None:
    """Log a mistake, as an error where the sender is somebody who works here.

    People who are signed in send what our own pages hold. What they meet may be a fault of ours
    that looks like theirs, so whoever watches the site hears of it, with its traceback.
    """
    if not request.user.is_authenticated:
        logger.warning("A request could not be understood.", exc_info=error)
        return
    # sentry_sdk is not loaded where nothing is reported, until here.
    from cms.operations.observability.errors import report  # noqa: PLC0415

    logger.error("A request could not be understood.", exc_info=error)
    report(error)
