"""Panels of things to do. Apps append theirs with Wagtail's hook `construct_homepage_panels`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django_stubs_ext import StrPromise
from wagtail.admin.ui.components import Component
from wagtail.models import Page, PageQuerySet
from wagtail.permissions import policy_registry

ROWS = 6


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: what it is about, what there is to know, and where it is done."""

    title: str
    url: str
    detail: str = ""


class TaskPanel(Component):
    """A list of things to do for the person who asks; nothing at all where there are none.

    Subclasses say what they are called and `find` the tasks, in a number of queries that does
    not grow with the tasks.
    """

    name: ClassVar[str]
    heading: ClassVar[StrPromise]
    explanation: ClassVar[StrPromise]
    icon: ClassVar[str] = "list-ul"
    order: int = 200
    template_name = "cms/admin/dashboard/tasks.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def find(self, limit: int) -> list[Task]:
        """Return the first `limit` tasks, the most urgent first."""
        raise NotImplementedError

    @cached_property
    def tasks(self) -> list[Task]:
        """The tasks to show, and one more where there are more than are shown."""
        return self.find(ROWS + 1)

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the template shows."""
        return {
            "panel": self,
            "tasks": self.tasks[:ROWS],
            "all_url": reverse("dashboard_tasks", args=(self.name,))
            if len(self.tasks) > ROWS
            else "",
        }


class AllDonePanel(Component):
    """Says so when nothing waits."""

    name = "all_done"
    order = 200
    template_name = "cms/admin/dashboard/all_done.html"


def editable_pages(request: HttpRequest) -> PageQuerySet:
    """Return the pages that the person who asks may change."""
    policy = policy_registry.get_by_type(Page)
    pages: PageQuerySet = policy.instances_user_has_permission_for(request.user, "change")
    return pages


def edit_address(page_id: int, anchor: str = "") -> str:
    """Return where a page is edited, at the place that `anchor` of `cms.pages.checks` shows."""
    return reverse("wagtailadmin_pages:edit", args=(page_id,)) + anchor
