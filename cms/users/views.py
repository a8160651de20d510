"""Account pages on which only a superuser can make, change or lock out a superuser.

Wagtail's own let everybody who may add or change users tick "Administrator" (Django's
`is_superuser`) and set a superuser's password, so the right to manage users would be the right to
everything.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.users.views import users

from cms.models import User


class SuperuserFieldMixin:
    """Takes the superuser checkbox out of the hands of everybody else."""

    request: HttpRequest

    def get_form(self, *args: Any, **kwargs: Any) -> Form:
        """Return the form; a disabled field ignores whatever a request sends for it."""
        form: Form = super().get_form(*args, **kwargs)  # type: ignore[misc]
        field = form.fields.get("is_superuser")
        if field is not None and not self.request.user.is_superuser:
            field.disabled = True
            field.help_text = _("Only somebody with full access can give it to others.")
        return form


class CreateView(SuperuserFieldMixin, users.CreateView):
    """Add an account."""


class EditView(SuperuserFieldMixin, users.EditView):
    """Change an account, unless it has more access than one's own."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Raise PermissionDenied where the account is a superuser's and the visitor is none."""
        super().setup(request, *args, **kwargs)
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied


class UserViewSet(users.UserViewSet):
    """Wagtail's user pages with the views above."""

    add_view_class = CreateView
    edit_view_class = EditView


def refuse_bulk_actions_on_superusers(
    request: HttpRequest, action_type: str, objects: Iterable[User], action: BulkAction
) -> None:
    """Wagtail hook `before_bulk_action`: raise PermissionDenied where the above would be undone."""
    if action.model is not User or request.user.is_superuser:
        return
    if any(account.is_superuser for account in objects):
        raise PermissionDenied
