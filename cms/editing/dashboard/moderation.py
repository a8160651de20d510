"""What came back from the moderators, on the dashboard of whoever submitted it."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Page, WorkflowState

from cms.editing.dashboard.panels import Task, TaskPanel, edit_address, editable_pages


class SentBackPanel(TaskPanel):
    """Pages that I submitted and that a moderator sent back, with what the moderator said."""

    name = "sent-back"
    heading = gettext_lazy("Sent back to you")
    explanation = gettext_lazy("Change these, and submit them again.")
    icon = "warning"
    order = 105

    def find(self, limit: int) -> list[Task]:
        """Return what came back last, of the pages that the person may still change."""
        own = editable_pages(self.request).annotate(key=Cast("pk", CharField())).values("key")
        states = (
            WorkflowState.objects.filter(
                requested_by=self.request.user.pk,
                status=WorkflowState.STATUS_NEEDS_CHANGES,
                base_content_type=ContentType.objects.get_for_model(Page),
                object_id__in=own,
            )
            .select_related("current_task_state__finished_by")
            .prefetch_related("content_object__latest_revision")
            .order_by("-current_task_state__finished_at")
        )
        return [_task(state) for state in states[:limit]]


def _task(state: WorkflowState) -> Task:
    decision = state.current_task_state
    comment = decision.comment if decision else ""
    if decision and decision.finished_by:
        name = get_user_display_name(decision.finished_by)
        comment = _("%(name)s: %(comment)s") % {"name": name, "comment": comment or "…"}
    page = state.content_object
    return Task(page.get_admin_display_title(), edit_address(page.pk), comment)
