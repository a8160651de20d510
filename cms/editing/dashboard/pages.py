"""Pages that wait: my drafts, what goes live or expires soon, and what is a year old."""

from datetime import timedelta
from operator import itemgetter

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, Revision, WorkflowState

from cms.editing.dashboard.panels import Task, TaskPanel, edit_address, editable_pages

REVIEWED_EVERY = timedelta(days=365)
SCHEDULED_WITHIN = timedelta(days=30)


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
                detail=_("saved on %s") % localize(timezone.localtime(saved)),
            )
            for page in drafts[:limit]
            if (saved := page.latest_revision_created_at)
        ]


class ScheduledPanel(TaskPanel):
    """Pages that go live or expire by themselves within a month, whoever decided it."""

    name = "scheduled"
    heading = gettext_lazy("Goes live or expires soon")
    explanation = gettext_lazy("This happens by itself. Is everything on these pages right?")
    icon = "calendar-alt"
    order = 215

    def find(self, limit: int) -> list[Task]:
        """Return what happens first."""
        until = timezone.now() + SCHEDULED_WITHIN
        pages = editable_pages(self.request)
        going_live = Revision.page_revisions.filter(
            approved_go_live_at__lt=until,
            object_id__in=pages.annotate(key=Cast("pk", CharField())).values("key"),
        ).order_by("approved_go_live_at")
        expiring = pages.live().filter(expire_at__lt=until).order_by("expire_at")
        goes_live = going_live.values_list("approved_go_live_at", "object_id", "object_str")
        expires = expiring.values_list("expire_at", "pk", "draft_title")
        changes = [
            *((_("goes live on %s"), *row) for row in goes_live[:limit]),
            *((_("expires on %s"), *row) for row in expires[:limit]),
        ]
        return [
            Task(title, edit_address(int(key)), detail % localize(timezone.localtime(moment)))
            for detail, moment, key, title in sorted(changes, key=itemgetter(1))[:limit]
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
