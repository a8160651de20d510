"""The forms of signing in, where they differ from allauth's."""

from typing import Any

from allauth.account import forms
from allauth.account.adapter import get_adapter
from django.core.mail import mailers

from cms.models import User


class LoginForm(forms.LoginForm):
    """Name and password, under the field names of Wagtail's own form."""

    def add_prefix(self, field_name: str) -> str:
        """Return the name of a field in the request."""
        return super().add_prefix("username" if field_name == "login" else field_name)

    @property
    def was_throttled(self) -> bool:
        """Whether the form was refused because of too many attempts, right or wrong."""
        limit = get_adapter().error_messages["too_many_login_attempts"]
        return str(limit) in self.non_field_errors()


class ResetPasswordForm(forms.ResetPasswordForm):
    """Asks for the address of an account; whether there is one is never said."""

    users: list[User]

    def clean_email(self) -> str:
        """Find the accounts. Whoever has no password, because of single sign-on, gets none."""
        email: str = self.cleaned_data["email"]
        found = User.objects.filter(email__iexact=email, is_active=True)
        self.users = [user for user in found if user.has_usable_password()]
        return email

    def save(self, request: Any, **kwargs: Any) -> str:
        """Send the links; no mail goes to an address without an account.

        There a link and its mail are made all the same, for nobody, and the mail server is called:
        how long it takes would say who has an account.
        """
        email = str(self.cleaned_data["email"])
        if not self.users:
            self.users = [User(pk=0, username=email, email=email)]
            # Django sends no message without a recipient.
            self.cleaned_data["email"] = ""
            mailers.default.send_messages([])
        super().save(request, **kwargs)
        return email
