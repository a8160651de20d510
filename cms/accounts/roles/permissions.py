"""Looking up permissions by name, and giving them to groups."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from cms.accounts.roles.definitions import Role, rights_everywhere


def give(group: Group, role: Role) -> int:
    """Give a group what it lacks of a role's rights; return how many rights that were.

    Raises LookupError where a permission in the table does not exist.
    """
    root = Page.get_first_root_node()
    library = Collection.get_first_root_node()
    given = 0
    for permission in permissions_called(role.pages):
        given += GroupPagePermission.objects.get_or_create(
            group=group, page=root, permission=permission
        )[1]
    for permission in permissions_called(role.collections):
        given += GroupCollectionPermission.objects.get_or_create(
            group=group, collection=library, permission=permission
        )[1]
    missing = set(permissions_called(rights_everywhere(role))) - set(group.permissions.all())
    group.permissions.add(*missing)
    return given + len(missing)


def permissions_called(names: Iterable[str]) -> list[Permission]:
    """Return the permissions called `app_label.codename`; LookupError where one is not there."""
    found = []
    for name in names:
        app_label, _, codename = name.partition(".")
        permission = Permission.objects.filter(
            content_type__app_label=app_label, codename=codename
        ).first()
        if permission is None:
            raise LookupError(f"There is no permission {name}: has `migrate` been run?")
        found.append(permission)
    return found
