"""Putting the dashboard together, and the page that lists all tasks of one panel."""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import URLPattern, path
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import TaskState

from cms.editing.dashboard.images import BrokenImagesPanel, UndescribedImagesPanel
from cms.editing.dashboard.links import BrokenLinksPanel
from cms.editing.dashboard.moderation import SentBackPanel
from cms.editing.dashboard.pages import DraftsPanel, ScheduledPanel, UnreviewedPanel
from cms.editing.dashboard.panels import AllDonePanel, TaskPanel
from cms.editing.dashboard.start import QuickActionsPanel, WelcomePanel

# Longer lists are worked off from their beginning.
LIMIT = 200
# Wagtail's own panels, in the order in which they matter to somebody who comes to work.
_WAGTAILS = {
    "workflow_objects_to_moderate": 100,
    "user_objects_in_workflow_moderation": 290,
    "recent_edits": 400,
    "locked_pages": 410,
}


def add_panels(request: HttpRequest, panels: list[Component]) -> None:
    """Wagtail hook `construct_homepage_panels`: add what holds for pages of every type."""
    panels += [
        WelcomePanel(),
        QuickActionsPanel(request),
        SentBackPanel(request),
        DraftsPanel(request),
        ScheduledPanel(request),
        BrokenLinksPanel(request),
        BrokenImagesPanel(request),
        UndescribedImagesPanel(request),
        UnreviewedPanel(request),
    ]


def arrange_panels(request: HttpRequest, panels: list[Component]) -> None:
    """Wagtail hook `construct_homepage_panels`, the last: order them, and say if nothing waits."""
    for panel in panels:
        panel.order = _WAGTAILS.get(getattr(panel, "name", ""), panel.order)
    to_do = any(panel.tasks for panel in panels if isinstance(panel, TaskPanel))
    reviewable = TaskState.objects.reviewable_by(request.user)
    if not (to_do or reviewable.exists()):
        panels.append(AllDonePanel())


class TaskListView(WagtailAdminTemplateMixin, TemplateView):
    """All tasks of one panel of the dashboard. Answers 404 for a panel that there is not."""

    template_name = "cms/admin/dashboard/task_list.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the panel by its name in the address."""
        super().setup(request, *args, **kwargs)
        panels: list[Component] = []
        for construct in hooks.get_hooks("construct_homepage_panels"):
            construct(request, panels)
        wanted = (p for p in panels if isinstance(p, TaskPanel) and p.name == kwargs["name"])
        panel = next(wanted, None)
        if panel is None:
            raise Http404
        self.panel = panel
        self.page_title = panel.heading
        self.header_icon = panel.icon
        self.breadcrumbs_items = [
            *WagtailAdminTemplateMixin.breadcrumbs_items,
            {"url": "", "label": panel.heading},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the template shows."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "panel": self.panel, "tasks": self.panel.find(LIMIT)}


def addresses() -> list[URLPattern]:
    """Wagtail hook `register_admin_urls`."""
    return [path("tasks/<slug:name>/", TaskListView.as_view(), name="dashboard_tasks")]
