"""What people do that matters to security, as events in the log: who by number, never by name."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

import structlog
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.db.models.signals import post_save
from django.http import HttpRequest
from wagtail.models import BaseLogEntry, ModelLogEntry, PageLogEntry

from cms.operations.observability.metrics import LOGINS
from cms.publishing.http.client_address import client_address, shortened

logger = structlog.get_logger(__name__)

# How often each action was taken by the command that sums them up, if one does.
_actions: ContextVar[Counter[str] | None] = ContextVar("actions", default=None)


def connect() -> None:
    """Start listening. Called once, when the applications are ready."""
    user_logged_in.connect(_on_login, dispatch_uid="log_login")
    user_logged_out.connect(_on_logout, dispatch_uid="log_logout")
    user_login_failed.connect(_on_failed_login, dispatch_uid="log_failed_login")
    for model in (PageLogEntry, ModelLogEntry):
        post_save.connect(_on_audit_entry, sender=model, dispatch_uid=f"log_{model.__name__}")


@contextmanager
def summed_up(command: str) -> Iterator[None]:
    """Log what a command writes into the audit log as one `audit_sum`; each entry at DEBUG only.

    For commands that load: there is nobody to watch, and a hundred lines would hide the next.
    Logged, like an entry itself, once it is certain.
    """
    actions: Counter[str] = Counter()
    token = _actions.set(actions)
    try:
        yield
    finally:
        _actions.reset(token)
    if actions:
        say = partial(logger.info, "audit_sum", command=command, actions=dict(actions))
        transaction.on_commit(say)


def _on_login(request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    logger.info("login", user_id=user.pk, client=_client(request))
    LOGINS.labels("succeeded").inc()


def _on_logout(request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    if user is not None:
        logger.info("logout", user_id=user.pk)


def _on_failed_login(
    credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    """Log whose account was tried, if there is such an account.

    Not what was typed: some people type their password into the wrong field.
    """
    name = credentials.get(get_user_model().USERNAME_FIELD)
    found = get_user_model().objects.filter(**{get_user_model().USERNAME_FIELD: name})
    user_id = found.values_list("pk", flat=True).first() if isinstance(name, str) else None
    logger.warning("login_failed", user_id=user_id, client=_client(request))
    LOGINS.labels("failed").inc()


def _on_audit_entry(instance: BaseLogEntry, created: bool, raw: bool, **kwargs: Any) -> None:
    """Log what Wagtail writes into its audit log: published, unpublished, moved and so on.

    Wagtail keeps it in the database, for the reports. Here it leaves the machine, where whoever
    has broken into the site cannot change it. Logged once it is certain that it happened.
    """
    if not created or raw:
        return
    bound = logger.bind(**structlog.contextvars.get_contextvars())
    # Now: when the transaction ends, whoever sums up has done so.
    actions = _actions.get()
    if actions is not None:
        actions[instance.action] += 1
    say = partial(
        bound.info if actions is None else bound.debug,
        "audit",
        action=instance.action,
        object_type=instance.content_type.model if instance.content_type else None,
        object_id=str(instance.object_id),
        user_id=instance.user_id,
    )
    transaction.on_commit(say)


def _client(request: HttpRequest | None) -> str | None:
    return shortened(client_address(request)) if request is not None else None
