"""Accounts that have worked here are switched off or erased, never deleted.

With the row of an account its comments would go, colleagues' replies to them included, and
versions, approvals and the log would no longer say whose they are.
"""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.models import (
    Comment,
    CommentReply,
    ModelLogEntry,
    PageLogEntry,
    Revision,
    TaskState,
    WorkflowState,
)

from cms.models import User

_WORK = (
    (Comment, "user"),
    (CommentReply, "user"),
    (Revision, "user"),
    (PageLogEntry, "user"),
    (ModelLogEntry, "user"),
    (WorkflowState, "requested_by"),
    (TaskState, "finished_by"),
)


def has_worked_here(account: User) -> bool:
    """Return whether anything on the site says that `account` did it."""
    return any(model._default_manager.filter(**{by: account.pk}).exists() for model, by in _WORK)


def refuse_account_that_worked(request: HttpRequest, account: User) -> HttpResponse | None:
    """Wagtail hook `before_delete_user`: say what to do instead, or let the deletion go on."""
    return _refuse(request, [account])


def refuse_accounts_that_worked(
    request: HttpRequest, action_type: str, objects: Iterable[User], action: BulkAction
) -> HttpResponse | None:
    """Wagtail hook `before_bulk_action`: the same for many accounts, all of them or none."""
    if action.model is not User or action_type != "delete":
        return None
    return _refuse(request, objects)


def _refuse(request: HttpRequest, accounts: Iterable[User]) -> HttpResponse | None:
    in_use = [account for account in accounts if has_worked_here(account)]
    if not in_use:
        return None
    return TemplateResponse(request, "cms/admin/account_in_use.html", {"accounts": in_use})
