"""A group for each university, whose members look after what that university gives.

The group is tied to the university by `University.partner_editors`, not by its name, which follows
the university's. It comes and goes with the university. Which pages are the university's is the
business of the app that has such pages: see `courses.partner_editors.permissions`.
"""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import AnonymousUser, Group
from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save
from wagtail import hooks
from wagtail.models import GroupPagePermission, Page

from cms.accounts.roles.definitions import PARTNER_EDITORS
from cms.accounts.roles.permissions import give, permissions_called
from cms.models import University, User

# Whoever sends a request.
type AnyUser = User | AnonymousUser

# Functions under this hook take nothing and return the pages below which partner editors create.
PARENTS_HOOK = "parents_for_partner_editors"
_CACHE_NAME = "_universities_of_partner_editor"


def connect() -> None:
    """Have groups made, named and removed together with universities."""
    pre_save.connect(_tie_group, sender=University, dispatch_uid="partner editors")
    post_save.connect(_give_rights, sender=University, dispatch_uid="partner editors")
    post_delete.connect(_remove_group, sender=University, dispatch_uid="partner editors")


def universities_of(user: AnyUser) -> list[University]:
    """Return the universities whose courses `user` looks after, asked once for each request."""
    if not user.is_active or not user.is_authenticated:
        return []
    found: list[University] | None = getattr(user, _CACHE_NAME, None)
    if found is None:
        found = list(University.objects.filter(partner_editors__user=user.pk))
        setattr(user, _CACHE_NAME, found)
    return found


@transaction.atomic
def ensure_partner_editors() -> list[str]:
    """Give every university its group, and every such group its rights, where missing.

    Returns what was done, one phrase each.
    """
    made = University.objects.filter(partner_editors=None)
    done = [f"group for partner editors of {university.name} created" for university in made]
    for university in made:
        university.save()
    given = sum(map(_ensure_rights, Group.objects.filter(university__isnull=False)))
    return [*done, f"{given} rights given to partner editors"] if given else done


def group_name(university: University) -> str:
    """Return what the group of a university is called."""
    return f"{PARTNER_EDITORS.name}: {university.name}"


def _tie_group(
    instance: University,
    raw: bool = False,
    update_fields: Collection[str] | None = None,
    **kwargs: Any,
) -> None:
    """Before the save, so that the university is written, and its change recorded, once."""
    if raw or update_fields is not None:
        return
    name = group_name(instance)
    if instance.partner_editors is None:
        instance.partner_editors = Group.objects.get_or_create(name=name)[0]
    elif instance.partner_editors.name != name and not Group.objects.filter(name=name).exists():
        instance.partner_editors.name = name
        instance.partner_editors.save(update_fields=["name"])


def _give_rights(instance: University, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if created and not raw and instance.partner_editors is not None:
        _ensure_rights(instance.partner_editors)


def _remove_group(instance: University, **kwargs: Any) -> None:
    if instance.partner_editors is not None:
        instance.partner_editors.delete()


def _ensure_rights(group: Group) -> int:
    """Give what the table says, and leave to create below the pages that apps name."""
    given = give(group, PARTNER_EDITORS)
    (add,) = permissions_called(["wagtailcore.add_page"])
    for page in _parents():
        given += GroupPagePermission.objects.get_or_create(group=group, page=page, permission=add)[
            1
        ]
    return given


def _parents() -> list[Page]:
    return [page for parents in hooks.get_hooks(PARENTS_HOOK) for page in parents()]
