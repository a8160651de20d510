"""Gives the groups what the tables say, and sets up moderation."""

from typing import Final

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from cms.accounts.roles.definitions import ADMINISTRATORS, MODERATORS, ROLES, Role
from cms.accounts.roles.partner_editors import ensure_partner_editors
from cms.accounts.roles.permissions import give

MODERATION_WORKFLOW: Final = "Moderation"
MODERATION_TASK: Final = "Approval by a moderator"
# The name of both in the workflow that Wagtail's migrations leave behind.
WAGTAIL_DEFAULT_WORKFLOW: Final = "Moderators approval"


@transaction.atomic
def ensure_roles() -> list[str]:
    """Create the groups, give them their rights and set up moderation, where missing.

    Returns what was done, one phrase each; empty where everything was already in place.
    Raises LookupError where a permission in the tables does not exist.
    """
    done = [change for role in ROLES for change in _ensure_role(role)]
    return done + ensure_partner_editors() + _ensure_moderation(Page.get_first_root_node())


def _ensure_role(role: Role) -> list[str]:
    group, created = Group.objects.get_or_create(name=role.name)
    given = give(group, role)
    done = [f"group {role.name} created"] if created else []
    return [*done, f"{given} rights given to {role.name}"] if given else done


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
