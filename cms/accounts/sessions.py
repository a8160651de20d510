"""How long a session lasts, and how all sessions of an account end at once.

`SESSION_COOKIE_AGE` is how long one may be idle; Django itself refuses an older session.
`SESSION_MAX_AGE` is how old a session may get. Requests that Wagtail's editor sends by itself
count as activity: whoever writes for an hour must not lose the text.
"""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout, update_session_auth_hash
from django.contrib.sessions.models import Session
from django.db.models import F
from django.http import HttpRequest

from cms.models import User

_SIGNED_IN_AT = "signed_in_at"
_SEEN_AT = "seen_at"
# Less often than this, so that not every request writes to the database.
_TOUCH_SECONDS = 60
# allauth's name of who has given a password, or come from single sign-on, and is perhaps still
# being asked for a second factor.
_SIGNING_IN = f"{AUTHENTICATION_METHODS_SESSION_KEY}_user"


def begin(request: HttpRequest) -> None:
    """Note when the session began."""
    request.session[_SIGNED_IN_AT] = request.session[_SEEN_AT] = int(time.time())


def age(request: HttpRequest, *, is_used: bool = True) -> None:
    """End the session where it is too old; where it `is_used`, move its end an idle time ahead."""
    now = int(time.time())
    if _SIGNED_IN_AT not in request.session:
        begin(request)
    remaining = request.session[_SIGNED_IN_AT] + settings.SESSION_MAX_AGE - now
    if remaining <= 0:
        logout(request)
    elif is_used and now - request.session[_SEEN_AT] >= _TOUCH_SECONDS:
        request.session[_SEEN_AT] = now
        request.session.set_expiry(min(settings.SESSION_COOKIE_AGE, remaining))


def end_sessions(user: User, *, keep: HttpRequest | None = None) -> None:
    """End all sessions of `user`, except the one that `keep` belongs to."""
    User.objects.filter(pk=user.pk).update(session_generation=F("session_generation") + 1)
    user.refresh_from_db(fields=["session_generation"])
    if keep is not None:
        update_session_auth_hash(keep, user)


class StoredSession(NamedTuple):
    """A row of the table of sessions, and what is in it."""

    row: Session
    held: dict[str, Any]

    @property
    def summary(self) -> dict[str, Any]:
        """Return when and how it began, when it was last seen, and when it ends; no secret."""
        return {
            "signed_in_at": _moment(self.held.get(_SIGNED_IN_AT)),
            "seen_at": _moment(self.held.get(_SEEN_AT)),
            "ends_at": self.row.expire_date,
            "ways_to_sign_in": self.held.get(AUTHENTICATION_METHODS_SESSION_KEY, []),
        }


def stored_sessions(user: User) -> Iterator[StoredSession]:
    """Yield what the table holds of `user`, ended or not; only the rows themselves tell whose."""
    for row in Session.objects.order_by("pk"):
        held = row.get_decoded()
        if str(user.pk) in {held.get(SESSION_KEY), held.get(_SIGNING_IN)}:
            yield StoredSession(row, held)


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
