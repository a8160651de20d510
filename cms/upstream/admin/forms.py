"""Forms and requests of the admin that Wagtail reads as if they were always sent whole.

Wagtail 8.0.1 with django-modelcluster 6.5 and draftjs_exporter 7.3.1; no issue known. A field that
is missing, a count that is no number or JSON of another shape is an AttributeError, KeyError or the
like, and so a 500.

Changed: where one of these functions fails to read what was sent, that is a `BadRequest`, which
Django answers with 400. They do little else, so that no fault of the site passes for the sender's.

Delete a line of `READERS` when its function reads anything, or says what is wrong with it; the
chooser's when `CreateViewMixin` refuses where it has no form.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest, ValidationError
from modelcluster.forms import BaseTransientModelFormSet
from wagtail.admin.forms.choosers import URLOrAbsolutePathField
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.views.dismissibles import DismissiblesView
from wagtail.admin.views.generic.chooser import CreateViewMixin
from wagtail.blocks.base import BlockWidget
from wagtail.contrib.redirects.forms import ConfirmImportManagementForm

_MALFORMED = (AttributeError, LookupError, OverflowError, RecursionError, TypeError, ValueError)
# What reads, and how it fails.
READERS: tuple[tuple[type, str, tuple[type[Exception], ...]], ...] = (
    (BaseTransientModelFormSet, "_construct_form", (ValidationError,)),
    (BlockWidget, "value_from_datadict", _MALFORMED),
    (ConfirmImportManagementForm, "clean", (KeyError,)),
    (DismissiblesView, "patch", (RecursionError, TypeError, ValueError)),
    (DraftailRichTextArea, "value_from_datadict", _MALFORMED),
    (URLOrAbsolutePathField, "to_python", (AttributeError,)),
)


def _refusing(read: Callable[..., Any], errors: tuple[type[Exception], ...]) -> Callable[..., Any]:
    @wraps(read)
    def refusing(*args: Any, **kwargs: Any) -> Any:
        try:
            value = read(*args, **kwargs)
            if isinstance(value, str):
                # Rich text may hold, as JSON, half a surrogate pair: no database takes that.
                value.encode()
        except errors as error:
            raise BadRequest(f"{read.__qualname__} cannot read what was sent.") from error
        return value

    return refusing


def _refusing_without_form(create: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(create)
    def refusing(self: Any, *args: Any, **kwargs: Any) -> Any:
        if self.get_creation_form_class() is None:
            raise BadRequest("This chooser has no form to create anything.")
        return create(self, *args, **kwargs)

    return refusing


def guard() -> None:
    """Wrap each of these functions; the original is its `__wrapped__`."""
    for owner, name, errors in READERS:
        setattr(owner, name, _refusing(getattr(owner, name), errors))
    CreateViewMixin.post = _refusing_without_form(CreateViewMixin.post)
