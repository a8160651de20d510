"""Which browsers an account has signed in from: only the browser itself keeps that."""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from cms.models import User

_SALT = "cms.accounts.devices"
_MAX_AGE = 365 * 24 * 60 * 60
# Of a browser that many share, the oldest are forgotten.
_MOST_ACCOUNTS = 10


def is_known(request: HttpRequest, user: User) -> bool:
    """Return whether `user` has signed in from this browser within a year."""
    return _mark(user) in _marks(request)


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Let the browser show that `user` has signed in from it."""
    marks = [_mark(user), *(mark for mark in _marks(request) if mark != _mark(user))]
    response.set_cookie(
        settings.KNOWN_DEVICE_COOKIE_NAME,
        signing.dumps(marks[:_MOST_ACCOUNTS], salt=_SALT),
        max_age=_MAX_AGE,
        # The only path that the prefix of its name in production allows.
        path="/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _mark(user: User) -> str:
    return salted_hmac(_SALT, str(user.pk), algorithm="sha256").hexdigest()[:32]


def _marks(request: HttpRequest) -> list[str]:
    mark = request.COOKIES.get(settings.KNOWN_DEVICE_COOKIE_NAME, "")
    try:
        return list(signing.loads(mark, salt=_SALT, max_age=_MAX_AGE))
    except signing.BadSignature:
        return []
