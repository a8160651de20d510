"""Scripts that Wagtail writes into its pages, by which a policy cannot tell them from anybody's.

Wagtail 8.0.1; https://github.com/wagtail/wagtail/issues/1288. Choosers, pickers of days and times
and panels of children write a `<script>` without a nonce: a Content-Security-Policy under which
they run lets every script run that somebody gets into the page.

Changed: these scripts, the last in what they write, bear the nonce of the response.

Delete when the editor of a course holds no `<script>` without `src` that could run.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.panels import InlinePanel
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminTimeInput, BaseChooser

# What writes scripts, the method that returns them with the HTML, and how many they are.
WRITERS: tuple[tuple[type, str, int], ...] = (
    (AdminDateInput, "render", 1),
    (AdminDateTimeInput, "render", 1),
    (AdminTimeInput, "render", 1),
    (BaseChooser, "render", 1),
    # From a day to a day.
    (DateRangePickerWidget, "render", 2),
    (InlinePanel.BoundPanel, "render_html", 1),
)
_SCRIPT = "<script>"

_nonce: ContextVar[object] = ContextVar("nonce_of_the_response", default=None)


@contextmanager
def marked_with(nonce: object) -> Iterator[None]:
    """Have the scripts within bear `nonce`, which comes to be when it is written."""
    token = _nonce.set(nonce)
    try:
        yield
    finally:
        _nonce.reset(token)


def guard() -> None:
    """Put the guard in its place."""
    for owner, name, count in WRITERS:
        setattr(owner, name, _marking(getattr(owner, name), count))


def _marking(write: Callable[..., Any], count: int) -> Callable[..., SafeString]:
    @wraps(write)
    def marking(*args: Any, **kwargs: Any) -> SafeString:
        html = write(*args, **kwargs)
        parts = html.rsplit(_SCRIPT, count)
        nonce = _nonce.get()
        if len(parts) == 1 or nonce is None:
            return html
        # What was written is marked safe already, and a nonce is put into it.
        marked = format_html('<script nonce="{}">', str(nonce))
        return mark_safe(marked.join(parts))  # noqa: S308 # nosec

    return marking
