"""Account pages on which nobody makes or takes over an account with more rights than their own.

Wagtail's own let everybody who may add or change users tick "Administrator" (Django's
`is_superuser`), put anybody into any group and set anybody's password, so the right to manage
users would be the right to everything.
"""

from collections.abc import Iterable
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.users.views import users

from cms.accounts.users.policies import groups_open_to, may_manage
from cms.models import User


class NoMoreThanOwnRightsMixin:
    """Offers no group, and no superuser checkbox, that gives more than the visitor has."""

    request: HttpRequest

    def get_form(self, *args: Any, **kwargs: Any) -> Form:
        """Return the form; a disabled field ignores whatever a request sends for it."""
        form: Form = super().get_form(*args, **kwargs)  # type: ignore[misc]
        field = form.fields.get("is_superuser")
        if field is not None and not self.request.user.is_superuser:
            field.disabled = True
            field.help_text = _("Only somebody with full access can give it to others.")
        if "groups" in form.fields:
            form.fields["groups"].queryset = groups_open_to(self.request.user)  # type: ignore[attr-defined]
        return form


class CreateView(NoMoreThanOwnRightsMixin, users.CreateView):
    """Add an account."""


class EditView(NoMoreThanOwnRightsMixin, users.EditView):
    """Change an account, unless it has more access than one's own."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Raise PermissionDenied where the account can do what the visitor cannot."""
        super().setup(request, *args, **kwargs)
        if not may_manage(request.user, self.object):
            raise PermissionDenied

    def save_instance(self) -> User:
        """Save, and write to the account's owner where somebody has set the password."""
        user: User = super().save_instance()
        if self.form.cleaned_data.get("password1"):
            get_adapter().send_notification_mail("account/email/password_changed", user)
        return user


class DeleteView(users.DeleteView):
    """Delete an account, unless it has more access than one's own."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Raise PermissionDenied where the account can do what the visitor cannot."""
        if not may_manage(request.user, self.get_object()):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response


class UserViewSet(users.UserViewSet):
    """Wagtail's user pages with the views above."""

    add_view_class = CreateView
    edit_view_class = EditView
    delete_view_class = DeleteView


def refuse_bulk_actions_beyond_own_rights(
    request: HttpRequest, action_type: str, objects: Iterable[User], action: BulkAction
) -> None:
    """Wagtail hook `before_bulk_action`: raise PermissionDenied where the above would be undone."""
    if action.model is not User:
        return
    role = action.cleaned_form.cleaned_data.get("role") if action.cleaned_form else None
    if role is not None and not groups_open_to(request.user).filter(pk=role.pk).exists():
        raise PermissionDenied
    if not all(may_manage(request.user, account) for account in objects):
        raise PermissionDenied
