"""What a moderator said of a page, at the top of its editor."""

from functools import cached_property
from typing import Any

from wagtail.admin.panels import HelpPanel
from wagtail.models import TaskState, WorkflowState


class ModerationPanel(HelpPanel):
    """The comment with which the page was sent back, until it is approved.

    Whoever has to change the page reads it, and whoever then has to judge it again.
    """

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.instance.pk and self.sent_back)

        @cached_property
        def workflow_state(self) -> WorkflowState | None:
            """Where the page stands between its editors and its moderators."""
            return self.instance.current_workflow_state

        @cached_property
        def sent_back(self) -> TaskState | None:
            """The last decision to send the page back, if it has not been approved since."""
            if self.workflow_state is None:
                return None
            return last_rejection(self.workflow_state)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            waits = WorkflowState.STATUS_NEEDS_CHANGES
            return context | {
                "sent_back": self.sent_back,
                "needs_changes": self.workflow_state is not None
                and self.workflow_state.status == waits,
            }


def last_rejection(workflow_state: WorkflowState) -> TaskState | None:
    """Return the last decision to send the page of `workflow_state` back, or None."""
    decision: TaskState | None = (
        TaskState.objects.filter(workflow_state=workflow_state, status=TaskState.STATUS_REJECTED)
        .select_related("finished_by")
        .order_by("-finished_at", "-pk")
        .first()
    )
    return decision
