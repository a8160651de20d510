"""How long a session lasts, and how all sessions of an account end at once.

`SESSION_COOKIE_AGE` is how long one may be idle; Django itself refuses an older session.
`SESSION_MAX_AGE` is how old a session may get. Requests that Wagtail's editor sends by itself
count as activity: whoever writes for an hour must not lose the text.
"""

import time

from django.conf import settings
from django.contrib.auth import logout, update_session_auth_hash
from django.db.models import F
from django.http import HttpRequest

from cms.models import User

_SIGNED_IN_AT = "signed_in_at"
_SEEN_AT = "seen_at"
# Less often than this, so that not every request writes to the database.
_TOUCH_SECONDS = 60


def begin(request: HttpRequest) -> None:
    """Note when the session began."""
    request.session[_SIGNED_IN_AT] = request.session[_SEEN_AT] = int(time.time())


def age(request: HttpRequest) -> None:
    """Move the session's end an idle time ahead, or end it where it is too old."""
    now = int(time.time())
    if _SIGNED_IN_AT not in request.session:
        begin(request)
    remaining = request.session[_SIGNED_IN_AT] + settings.SESSION_MAX_AGE - now
    if remaining <= 0:
        logout(request)
    elif now - request.session[_SEEN_AT] >= _TOUCH_SECONDS:
        request.session[_SEEN_AT] = now
        request.session.set_expiry(min(settings.SESSION_COOKIE_AGE, remaining))


def end_sessions(user: User, *, keep: HttpRequest | None = None) -> None:
    """End all sessions of `user`, except the one that `keep` belongs to."""
    User.objects.filter(pk=user.pk).update(session_generation=F("session_generation") + 1)
    user.refresh_from_db(fields=["session_generation"])
    if keep is not None:
        update_session_auth_hash(keep, user)
