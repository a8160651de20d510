"""Answers 400 where a view of the admin fails on what it was sent.

Wagtail's forms trust that a browser sends back what they hold. Whoever sends something else gets an
answer that says so, and raises no alarm: the fault is the sender's, and it is written down as such.
"""

import json
import logging
from collections.abc import Callable
from types import TracebackType

from django.core.exceptions import FieldError, ValidationError
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.datastructures import MultiValueDictKeyError

from cms.addresses import is_staff_path

logger = logging.getLogger(__name__)

# A field that is missing, text that is no JSON, a value that no column could hold, a form without
# its management form.
_OF_THE_SENDER = (
    DataError,
    FieldError,
    MultiValueDictKeyError,
    OverflowError,
    UnicodeError,
    ValidationError,
    json.JSONDecodeError,
)
# Where Django turns values into keys, numbers and addresses (`int("Lund")`), and where Wagtail
# takes for granted that a form was sent whole, and after the form before it.
_READING = (
    "django/contrib/sessions/backends/base.py",
    "django/db/models/fields/",
    "django/db/models/lookups.py",
    "django/forms/",
    "wagtail/admin/forms/",
    "wagtail/admin/views/generic/chooser.py",
    "wagtail/contrib/redirects/forms.py",
)


class BadRequestMiddleware:
    """Tells the sender's mistakes from the site's own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer `request`."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return an answer for what was sent wrongly, or None for everything else."""
        if not (is_staff_path(request.path_info) and _is_of_the_sender(error)):
            return None
        logger.warning("A request could not be understood.", exc_info=error)
        return HttpResponse(loader.get_template("400.html").render(), status=400)


def _is_of_the_sender(error: Exception) -> bool:
    if isinstance(error, _OF_THE_SENDER):
        return True
    return isinstance(error, AttributeError | KeyError | TypeError | ValueError) and any(
        place in _origin(error.__traceback__) for place in _READING
    )


def _origin(traceback: TracebackType | None) -> str:
    """Return the file in which an error was raised."""
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    return traceback.tb_frame.f_code.co_filename if traceback else ""
