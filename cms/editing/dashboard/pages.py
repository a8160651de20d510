"""Pages that wait: my drafts, and what nobody has looked at for a year."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, WorkflowState

from cms.editing.dashboard.panels import Task, TaskPanel, edit_address, editable_pages

REVIEWED_EVERY = timedelta(days=365)


class DraftsPanel(TaskPanel):
    """Pages whose newest draft is mine, and neither scheduled nor with a moderator."""

    name = "my-drafts"
    heading = gettext_lazy("My drafts")
    explanation = gettext_lazy("You changed these last, and visitors do not see it yet.")
    icon = "edit"
    order = 210

    def find(self, limit: int) -> list[Task]:
        """Return the newest drafts."""
        in_moderation = WorkflowState.objects.active().filter(
            base_content_type=ContentType.objects.get_for_model(Page),
            object_id=Cast(OuterRef("pk"), CharField()),
        )
        drafts = (
            editable_pages(self.request)
            .filter(
                has_unpublished_changes=True,
                latest_revision__user=self.request.user,
                latest_revision__approved_go_live_at__isnull=True,
            )
            .exclude(Exists(in_moderation))
            .order_by("-latest_revision_created_at")
        )
        return [
            Task(
                title=page.draft_title or page.title,
                url=edit_address(page.pk),
                detail=_("saved on %s") % date_format(timezone.localtime(saved), "j F Y H:i"),
            )
            for page in drafts[:limit]
            if (saved := page.latest_revision_created_at)
        ]


class UnreviewedPanel(TaskPanel):
    """Published pages that were last published more than twelve months ago.

    To publish a page again, changed or not, is to say that it is still right.
    """

    name = "not-reviewed"
    heading = gettext_lazy("Not reviewed for a year")
    explanation = gettext_lazy("Read them, correct what is out of date, and publish them again.")
    icon = "time"
    order = 270

    def find(self, limit: int) -> list[Task]:
        """Return the pages that have waited longest."""
        old = (
            editable_pages(self.request)
            .live()
            .filter(alias_of=None, last_published_at__lt=timezone.now() - REVIEWED_EVERY)
            .order_by("last_published_at")
        )
        return [
            Task(
                title=page.title,
                url=edit_address(page.pk),
                detail=_("last published on %s")
                % date_format(timezone.localtime(page.last_published_at), "j F Y"),
            )
            for page in old[:limit]
        ]
