"""Who must have a second factor, whether it was shown in this session, and what its change means.

allauth tells of a change once the transaction is over. Here everything that follows belongs to
the same transaction: no factor without the end of the sessions that did not have it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from wagtail.log_actions import log

from cms.accounts.sessions import end_sessions
from cms.models import User

_SHOWN_BY = "second_factor_shown_by"


def is_required(user: User) -> bool:
    """Return whether `user` may do nothing in the admin without a second factor."""
    names = settings.MFA_REQUIRED_GROUPS
    return bool(names) and (user.is_superuser or user.groups.filter(name__in=names).exists())


def note(request: HttpRequest, user: User) -> None:
    """Note in the session that `user` has shown a second factor."""
    request.session[_SHOWN_BY] = user.pk


def was_shown(request: HttpRequest) -> bool:
    """Return whether the user of the session has shown a second factor in it."""
    return bool(request.session.get(_SHOWN_BY) == request.user.pk)


def is_lacking(request: HttpRequest) -> bool:
    """Return whether the user of the session may do nothing before a second factor is shown."""
    user = request.user
    return user.is_authenticated and not was_shown(request) and is_required(user)


type View = Callable[..., HttpResponse]


def changes_factors(view: View) -> View:
    """Wrap a view: where it changes factors, log it and end all other sessions."""

    @wraps(view)
    def watched(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        before = _factors(request)
        response = view(request, *args, **kwargs)
        after = _factors(request)
        if before != after and request.user.is_authenticated:
            _follow_change(request, request.user, after - before, before - after)
        return response

    return watched


def _factors(request: HttpRequest) -> set[tuple[int, str]]:
    return set(Authenticator.objects.filter(user_id=request.user.pk).values_list("pk", "type"))


def _follow_change(
    request: HttpRequest, user: User, added: set[tuple[int, str]], removed: set[tuple[int, str]]
) -> None:
    for action, factors in (("cms.factor_add", added), ("cms.factor_remove", removed)):
        for _pk, kind in sorted(factors):
            log(user, action, user=user, data={"factor": kind})
    end_sessions(user, keep=request)
    if any(kind != Authenticator.Type.RECOVERY_CODES for _pk, kind in added):
        note(request, user)
