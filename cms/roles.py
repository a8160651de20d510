"""Who may do what in the admin: three groups and one moderation step.

`ensure_roles` is run by the `setup_site` command, never by a migration: a deployment decides when
its people's rights change. The tables below are the least each role may do. What is missing is
given (again); what staff gave a group beyond them, and groups of their own, stay as they are.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

EDITORS: Final = "Editors"
MODERATORS: Final = "Moderators"
ADMINISTRATORS: Final = "Administrators"

MODERATION_WORKFLOW: Final = "Moderation"
MODERATION_TASK: Final = "Approval by a moderator"
# The name of both in the workflow that Wagtail's migrations leave behind.
WAGTAIL_DEFAULT_WORKFLOW: Final = "Moderators approval"


@dataclass(frozen=True, slots=True)
class Role:
    """What a group may do. Every right is an `app_label.codename` of a Django permission.

    `pages` holds for the whole page tree, hence for every language; `collections` for every
    collection of images and documents; `everywhere` where there is no tree to limit it to.
    """

    name: str
    pages: tuple[str, ...]
    collections: tuple[str, ...]
    everywhere: tuple[str, ...]


WRITE_PAGES: Final = ("wagtailcore.add_page", "wagtailcore.change_page")
MODERATE_PAGES: Final = (
    "wagtailcore.publish_page",
    "wagtailcore.lock_page",
    "wagtailcore.unlock_page",
    "wagtailcore.bulk_delete_page",
)
# Wagtail lets whoever may add a file change and delete that file, and whoever may change every
# file delete every file: the "delete" permissions of images and documents grant nothing more.
USE_FILES: Final = (
    "wagtailimages.add_image",
    "wagtailimages.change_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.change_document",
    "wagtaildocs.choose_document",
)
DELETE_FILES: Final = ("wagtailimages.delete_image", "wagtaildocs.delete_document")
MANAGE_COLLECTIONS: Final = (
    "wagtailcore.add_collection",
    "wagtailcore.change_collection",
    "wagtailcore.delete_collection",
)
LOG_IN: Final = ("wagtailadmin.access_admin",)
MANAGE_REDIRECTS: Final = (
    "wagtailredirects.add_redirect",
    "wagtailredirects.change_redirect",
    "wagtailredirects.delete_redirect",
)
CORRECT_SNIPPETS: Final = ("cms.change_university", "courses.change_developmentstage")
MANAGE_SNIPPETS: Final = (
    "cms.add_university",
    "cms.delete_university",
    "courses.add_developmentstage",
    "courses.delete_developmentstage",
)
# No right on groups: whoever may change a group's rights may give themselves any of them.
# What keeps a manager of users from making a superuser is in `cms.users`.
MANAGE_USERS: Final = ("cms.add_user", "cms.change_user", "cms.delete_user", "cms.view_user")
MANAGE_SITE: Final = ("cms.change_sitesettings", "wagtailcore.view_site")
MANAGE_WORKFLOWS: Final = (
    "wagtailcore.add_workflow",
    "wagtailcore.change_workflow",
    "wagtailcore.delete_workflow",
    "wagtailcore.add_task",
    "wagtailcore.change_task",
    "wagtailcore.delete_task",
)

ROLES: Final = (
    Role(
        name=EDITORS,
        pages=WRITE_PAGES,
        collections=USE_FILES,
        everywhere=LOG_IN,
    ),
    Role(
        name=MODERATORS,
        pages=WRITE_PAGES + MODERATE_PAGES,
        collections=USE_FILES + DELETE_FILES,
        everywhere=LOG_IN + CORRECT_SNIPPETS + MANAGE_REDIRECTS,
    ),
    Role(
        name=ADMINISTRATORS,
        pages=WRITE_PAGES + MODERATE_PAGES,
        collections=USE_FILES + DELETE_FILES + MANAGE_COLLECTIONS,
        everywhere=(
            LOG_IN
            + CORRECT_SNIPPETS
            + MANAGE_SNIPPETS
            + MANAGE_REDIRECTS
            + MANAGE_USERS
            + MANAGE_SITE
            + MANAGE_WORKFLOWS
        ),
    ),
)


@transaction.atomic
def ensure_roles() -> list[str]:
    """Create the groups, give them their rights and set up moderation, where missing.

    Returns what was done, one phrase each; empty where everything was already in place.
    Raises LookupError where a permission in the tables does not exist.
    """
    root = Page.get_first_root_node()
    done = [change for role in ROLES for change in _ensure_role(role, root)]
    return done + _ensure_moderation(root)


def _ensure_role(role: Role, root: Page) -> list[str]:
    group, created = Group.objects.get_or_create(name=role.name)
    library = Collection.get_first_root_node()
    given = 0
    for permission in _permissions(role.pages):
        given += GroupPagePermission.objects.get_or_create(
            group=group, page=root, permission=permission
        )[1]
    for permission in _permissions(role.collections):
        given += GroupCollectionPermission.objects.get_or_create(
            group=group, collection=library, permission=permission
        )[1]
    missing = set(_permissions(role.everywhere)) - set(group.permissions.all())
    group.permissions.add(*missing)
    given += len(missing)
    done = [f"group {role.name} created"] if created else []
    return [*done, f"{given} rights given to {role.name}"] if given else done


def _permissions(names: Iterable[str]) -> list[Permission]:
    """Return the permissions called `app_label.codename`."""
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


def _ensure_moderation(root: Page) -> list[str]:
    """Have every page of every language approved by a moderator or an administrator.

    Wagtail's own workflow is taken over while it is as Wagtail made it. Any other is staff's,
    assigned or not, active or switched off, and then nothing is done.
    """
    existing = Workflow.objects.filter(name=WAGTAIL_DEFAULT_WORKFLOW, active=True).first()
    if existing is not None:
        return _take_over(existing)
    if Workflow.objects.exists():
        return []
    workflow = Workflow.objects.create(name=MODERATION_WORKFLOW)
    task = GroupApprovalTask.objects.create(name=MODERATION_TASK)
    task.groups.set(_approvers())
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(page=root, workflow=workflow)
    return ["moderation set up"]


def _take_over(workflow: Workflow) -> list[str]:
    workflow.name = MODERATION_WORKFLOW
    workflow.save(update_fields=["name"])
    for task in GroupApprovalTask.objects.filter(
        workflow_tasks__workflow=workflow, name=WAGTAIL_DEFAULT_WORKFLOW
    ):
        task.name = MODERATION_TASK
        task.save(update_fields=["name"])
        task.groups.add(*_approvers())
    return ["moderation set up"]


def _approvers() -> list[Group]:
    return list(Group.objects.filter(name__in=(MODERATORS, ADMINISTRATORS)))
