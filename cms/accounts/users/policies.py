"""Whose account, and which groups, somebody may manage.

Nobody gives to others, or takes over with an account, what they do not have themselves.
"""

from django.contrib.auth.models import Group
from django.db.models import QuerySet
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from cms.accounts.roles import AnyUser
from cms.models import User


def groups_open_to(manager: AnyUser) -> QuerySet[Group]:
    """Return the groups that give nothing which `manager` lacks."""
    if manager.is_superuser:
        return Group.objects.all()
    closed = {group.pk for group in Group.objects.all() if not _covers(manager, [group])}
    return Group.objects.exclude(pk__in=closed)


def may_manage(manager: AnyUser, account: User) -> bool:
    """Return whether `account` has no right that `manager` lacks."""
    if manager.is_superuser or manager.pk == account.pk:
        return True
    if account.is_superuser:
        return False
    given = set(account.user_permissions.values_list("content_type__app_label", "codename"))
    return _labels(given) <= manager.get_all_permissions() and _covers(
        manager, list(account.groups.all())
    )


def _covers(manager: AnyUser, groups: list[Group]) -> bool:
    given = {
        pair
        for group in groups
        for pair in group.permissions.values_list("content_type__app_label", "codename")
    }
    return (
        _labels(given) <= manager.get_all_permissions()
        and _covers_places(_page_rights(manager.groups.all()), _page_rights(groups))
        and _covers_places(_file_rights(manager.groups.all()), _file_rights(groups))
    )


def _labels(pairs: set[tuple[str, str]]) -> set[str]:
    return {f"{app_label}.{codename}" for app_label, codename in pairs}


def _page_rights(groups: QuerySet[Group] | list[Group]) -> set[tuple[int, str]]:
    """Return what may be done where in the tree of pages, as permission and path."""
    rights = GroupPagePermission.objects.filter(group__in=groups)
    return set(rights.values_list("permission", "page__path"))


def _file_rights(groups: QuerySet[Group] | list[Group]) -> set[tuple[int, str]]:
    """Return what may be done where in the tree of collections, as permission and path."""
    rights = GroupCollectionPermission.objects.filter(group__in=groups)
    return set(rights.values_list("permission", "collection__path"))


def _covers_places(own: set[tuple[int, str]], given: set[tuple[int, str]]) -> bool:
    """Tell whether each right of `given` is held here or further up."""
    return all(
        any(held == right and place.startswith(above) for held, above in own)
        for right, place in given
    )
