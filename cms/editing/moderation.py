"""Wagtail's editor and its decisions, which say what became of a page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import localize
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page, TaskState, WorkflowState

from cms.pages.checks.reach import Button, unpublished_above, view_live_button
from cms.publishing.scheduling import end_of, is_over
from cms.translations.models import TranslatedPage


def say_what_was_decided(request: HttpRequest, task_state: TaskState) -> None:
    """Say what a moderator's decision, just taken, means for the page and for its readers."""
    decision = TaskState.objects.select_related("workflow_state__requested_by").get(
        pk=task_state.pk
    )
    page = Page.objects.get(pk=decision.revision.object_id)
    title = {"page": page.get_admin_display_title()}
    if decision.status == TaskState.STATUS_REJECTED:
        author = decision.workflow_state.requested_by
        name = get_user_display_name(author) if author else _("its editors")
        text = _("“%(page)s” has been sent back to %(name)s.") % {**title, "name": name}
        messages.success(request, text)
    elif decision.workflow_state.status != WorkflowState.STATUS_APPROVED:
        messages.success(
            request, _("“%(page)s” has been approved, and goes on to the next step.") % title
        )
    elif scheduled := page.scheduled_revision:
        text = _("“%(page)s” has been approved, and will be published on %(time)s.")
        time = localize(localtime(scheduled.approved_go_live_at))
        messages.success(request, text % {**title, "time": time})
    else:
        buttons = [view_live_button(page)] if page.url else []
        text = _("“%(page)s” has been approved and published.") % title
        if unpublished_above(page):
            text = _("“%(page)s” has been approved, but visitors cannot find it yet.") % title
        messages.success(request, text, buttons=buttons)


class SchoolWorkflowActionView(WorkflowActionView):
    """A decision on the dashboard. Wagtail's own says nothing afterwards."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Decide, and say what was decided; a form with mistakes comes back.

        What was to expire by now is not approved: nobody would ever read it.
        """
        if self.action_name == "approve" and is_over(self.task_state.revision):
            text = _(
                "“%(page)s” was to be public until %(time)s, which has passed: it is not approved. "
                "Give it another time, or send it back."
            )
            title = self.object.get_admin_display_title()
            time = localize(localtime(end_of(self.task_state.revision)))
            messages.error(request, text % {"page": title, "time": time})
            if request.headers.get("x-requested-with") == "XMLHttpRequest":
                done = {"step": "success", "redirect": self.redirect_url}
                return self.render_modal_json(request, done)
            return redirect(self.redirect_url)
        response: HttpResponse = super().post(request, *args, **kwargs)
        self.task_state.refresh_from_db(fields=["status"])
        if self.task_state.status in {TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED}:
            say_what_was_decided(request, self.task_state)
        return response


class _SaysWhatIsReached:
    """Offers to see a published page only where visitors find it."""

    page: Page

    def get_view_live_message_button(self) -> Button:
        """Return the button of the message that the page is published."""
        return view_live_button(self.page)


class SchoolCreateView(_SaysWhatIsReached, CreateView):
    """The editor of a new page."""


class SchoolEditView(_SaysWhatIsReached, EditView):
    """The editor. After a decision Wagtail's own says that the page “has been updated”."""

    _decision: TaskState | None = None

    def get_object(self) -> Page:
        """Return the page, which is told what the view has read of it already."""
        page: Page = super().get_object()
        page.content_type = self.page_content_type
        if isinstance(page, TranslatedPage):
            # Before parts of both are asked for: the parent, and what the page itself refers to.
            _read = page.pages_above, page.other_languages
        if self.latest_revision is not None:
            if self.latest_revision.user_id == self.request.user.pk:
                self.latest_revision.user = self.request.user
            if page.latest_revision_id == self.latest_revision.pk:
                page.latest_revision = self.latest_revision
            if page.live_revision_id == self.latest_revision.pk:
                page.live_revision = self.latest_revision
        return page

    def get_translations(self) -> list[dict[str, Any]]:
        """Return the links to other languages; Wagtail's asks once more for each of them."""
        return [
            {"locale": page.locale, "url": reverse("wagtailadmin_pages:edit", args=[page.pk])}
            for page in self.page.other_languages
            if page.permissions_for_user(self.request.user).can_edit()
        ]

    def perform_workflow_action(self) -> HttpResponse:
        """Save what was changed, and decide."""
        self._decision = self.page.current_workflow_task_state
        response: HttpResponse = super().perform_workflow_action()
        return response

    def add_save_confirmation_message(self) -> None:
        """Say what was decided, or else that the page is saved."""
        if self._decision is None:
            super().add_save_confirmation_message()
        else:
            say_what_was_decided(self.request, self._decision)


class SchoolPageViewSet(PageViewSet):
    """The admin's views of pages of all types."""

    add_view_class = SchoolCreateView
    edit_view_class = SchoolEditView
    workflow_action_view_class = SchoolWorkflowActionView
