"""allauth's forms for passkeys, which fall over on a credential that is none.

django-allauth 65.21.1 with fido2 2.2.1; no issue known. allauth catches some errors of the decoder;
JSON that lacks a part (`{"id": "a"}`), or what is no CBOR, is a 500 for whoever tries to sign in.

Changed: allauth's own message for a wrong code stands in the form. Adding a passkey proposes one
that is enough by itself.

Delete `_Sound` and `AddForm.clean` when allauth's own forms refuse `{"id": "a"}`.
"""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms

# What the decoder of WebAuthn's structures raises on structures that are none.
_MALFORMED = (AttributeError, IndexError, KeyError, TypeError, ValueError, struct.error)


@contextmanager
def _sound() -> Iterator[None]:
    try:
        yield
    except _MALFORMED as error:
        raise get_adapter().validation_error("incorrect_code") from error


class AddForm(forms.AddWebAuthnForm):
    """Adds a passkey, or a security key that is only the second step where one unticks it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True

    def clean(self) -> dict[str, Any]:
        """Check what the browser made."""
        with _sound():
            return dict(super().clean())


class _Sound:
    def clean_credential(self) -> Any:
        with _sound():
            return super().clean_credential()  # type: ignore[misc]


class AuthenticateForm(_Sound, forms.AuthenticateWebAuthnForm):
    """The second step of signing in."""


class LoginForm(_Sound, forms.LoginWebAuthnForm):
    """Signing in with a passkey alone."""


class ReauthenticateForm(_Sound, forms.ReauthenticateWebAuthnForm):
    """Confirming who one is, before a change."""
