"""Ends subscriptions to the comments on pages that their reader may no longer change.

Wagtail subscribes whoever comments on a page or ticks the box, and never asks again whether the
mail may still be read by them.
"""

from functools import partial
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from wagtail.models import GroupPagePermission, Page, PageSubscription
from wagtail.signals import page_published, post_page_move

from cms.models import User

_NAME = "subscriptions without rights"
_DECIDES_ACCESS = {"is_active", "is_superuser"}


def connect() -> None:
    """Listen to everything that takes the right to change a page from somebody."""
    m2m_changed.connect(_on_groups, sender=User.groups.through, dispatch_uid=_NAME)
    post_save.connect(_on_user, sender=User, dispatch_uid=_NAME)
    pre_delete.connect(_on_all, sender=Group, dispatch_uid=_NAME)
    post_delete.connect(_on_all, sender=GroupPagePermission, dispatch_uid=_NAME)
    page_published.connect(_on_page, dispatch_uid=_NAME)
    post_page_move.connect(_on_move, dispatch_uid=_NAME)


def end_subscriptions(**chosen: Any) -> None:
    """End those of the chosen subscriptions whose reader may not change the page."""
    rows = PageSubscription.objects.filter(**chosen).select_related("user", "page")
    ended = [row.pk for row in rows if not _may_change(row.user, row.page)]
    PageSubscription.objects.filter(pk__in=ended).delete()


def _may_change(user: User, page: Page) -> bool:
    allowed: bool = page.specific.permissions_for_user(user).can_edit()
    return allowed


def _later(**chosen: Any) -> None:
    # Once all is written: a form that changes somebody's group takes the old one away first.
    transaction.on_commit(partial(end_subscriptions, **chosen))


def _on_groups(
    instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any
) -> None:
    if action not in ("post_remove", "post_clear"):
        return
    if not reverse:
        _later(user=instance)
    elif pk_set is not None:
        _later(user__in=pk_set)
    else:
        _later()


def _on_user(instance: User, created: bool, update_fields: Any = None, **kwargs: Any) -> None:
    if not created and (update_fields is None or _DECIDES_ACCESS & set(update_fields)):
        _later(user=instance)


def _on_all(**kwargs: Any) -> None:
    _later()


def _on_page(instance: Page, **kwargs: Any) -> None:
    _later(page=instance.pk)


def _on_move(instance: Page, **kwargs: Any) -> None:
    _later(page__path__startswith=instance.path)
