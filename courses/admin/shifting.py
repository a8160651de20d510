"""Next year's sessions from this year's: many at once, into the drafts of their courses."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import groupby
from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction

from cms.i18n.form_fields import IntegerField
from cms.models import User
from courses.editing.drafts import (
    A_YEAR,
    add_to_draft,
    draft_of,
    shifted,
    takes_place_on_the_same_days,
)
from courses.editing.sources import reason_not_to_edit, source_courses
from courses.models import CoursePage, CourseSession

WEEKS: Final = A_YEAR // timedelta(weeks=1)


class OffsetForm(forms.Form):
    """How far the dates move."""

    weeks = IntegerField(
        label=gettext_lazy("Weeks later"),
        min_value=1,
        max_value=520,
        initial=WEEKS,
        help_text=gettext_lazy("Whole weeks keep the days of the week. 52 weeks are next year."),
    )
    # What the dates on the page were reckoned with.
    shown = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=WEEKS)

    @property
    def offset(self) -> timedelta:
        """The distance asked for, or the usual one where what was asked for is none."""
        weeks = self.cleaned_data.get("weeks") if self.is_bound and self.is_valid() else None
        return timedelta(weeks=weeks or WEEKS)


class CopyToNextYear(BulkAction):
    """Copies the chosen sessions, all dates moved, into their courses' drafts. All, or none."""

    display_name = gettext_lazy("Copy to next year")
    action_type = "copy_to_next_year"
    aria_label = gettext_lazy("Copy the selected sessions to next year, as drafts")
    template_name = "courses/admin/copy_to_next_year.html"
    models = [CourseSession]
    form_class = OffsetForm

    @classmethod
    def get_queryset(cls, model: type[CourseSession], object_ids: list[str]) -> list[CourseSession]:
        """Return the sessions with these ids by course; what is no id finds nothing."""
        ids = [int(number) for number in object_ids if number.isdecimal() and len(number) < 19]
        sessions = CourseSession.objects.filter(pk__in=ids, page__in=source_courses())
        return list(sessions.select_related("page").order_by("page__title", "page", "start_date"))

    def get_all_objects_in_listing_query(self, parent_id: str | None) -> list[int]:
        """Return none: the list offers no “all”, whose filters Wagtail would forget."""
        return []

    def check_perm(self, obj: CourseSession) -> bool:
        """Return whether the session has dates to move and a draft to move them into."""
        return not self._reason(obj)

    def _reason(self, session: CourseSession) -> str:
        if session.start_date is None:
            return _("It has no dates to move.")
        return reason_not_to_edit(session.page, self.request.user)

    def _refusal(self, session: CourseSession) -> dict[str, Any]:
        """Return why a session cannot be copied; whose course is none of theirs, unnamed."""
        may_edit = session.page.permissions_for_user(self.request.user).can_edit()
        return {"session": session if may_edit else None, "reason": self._reason(session)}

    def get_form(self, form_class: type[forms.Form] | None = None) -> forms.Form:
        """Return the form; after its first showing it knows which dates it has shown."""
        form: forms.Form = super().get_form(form_class)
        if form.is_bound and form.is_valid():
            data = self.request.POST.copy()
            data["shown"] = str(form.cleaned_data["weeks"])
            form.data = data
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what becomes of each session, and why some cannot be copied."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        sessions = [item["item"] for item in context["items"]]
        refused = context["items_with_no_access"]
        copies = list(_copies(sessions, context["form"].offset))
        return {
            **context,
            "copies": copies,
            "anything_new": not all(copy["exists"] for copy in copies),
            "refused": [self._refusal(item) for item in refused],
        }

    def form_valid(self, form: OffsetForm) -> HttpResponse:
        """Copy, unless other dates have been asked for than were shown, or one is refused."""
        if "preview" in self.request.POST or self.request.POST.get("shown") != str(
            form.cleaned_data["weeks"]
        ):
            return self.render_to_response(self.get_context_data(form=form))
        response: HttpResponse = super().form_valid(form)
        return response

    def prepare_action(
        self, objects: list[CourseSession], objects_without_access: dict[str, list[CourseSession]]
    ) -> HttpResponse | None:
        """Refuse the whole where a part cannot be done, so that nothing is half done."""
        refused = objects_without_access["items_with_no_access"]
        if objects and not refused:
            return None
        reasons = {self._reason(session) for session in refused}
        messages.error(
            self.request, " ".join([_("No session was copied."), *sorted(filter(None, reasons))])
        )
        return redirect(self.next_url)

    def get_execution_context(self) -> dict[str, Any]:
        """Return in whose name and how far the sessions move."""
        return {"user": self.request.user, "offset": self.cleaned_form.offset}

    @classmethod
    def execute_action(
        cls, objects: Iterable[CourseSession], *, user: User, offset: timedelta, **kwargs: Any
    ) -> tuple[int, int]:
        """Add the copies to the drafts. Return how many sessions and courses that were."""
        copies = [row for row in _copies(objects, offset) if not row["exists"]]
        courses = 0
        for _pk, rows in groupby(copies, key=lambda row: row["course"].pk):
            of_course = list(rows)
            add_to_draft(of_course[0]["course"], [row["copy"] for row in of_course], user)
            courses += 1
        return len(copies), courses

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        """Say what is new and where, and that visitors do not see it yet."""
        if not num_parent_objects:
            return _("The drafts have all of these sessions already.")
        sessions = ngettext(
            "%(count)d session was added", "%(count)d sessions were added", num_parent_objects
        ) % {"count": num_parent_objects}
        courses = ngettext(
            "to the draft of %(count)d course",
            "to the drafts of %(count)d courses",
            num_child_objects,
        ) % {"count": num_child_objects}
        return _("%(sessions)s %(courses)s. Nothing is public until you publish.") % {
            "sessions": sessions,
            "courses": courses,
        }


def _copies(sessions: Iterable[CourseSession], offset: timedelta) -> Iterable[dict[str, Any]]:
    """Return for each session its course, its copy, and whether the draft has one on those days."""
    for _pk, of_course in groupby(sessions, key=lambda session: session.page_id):
        first, *others = of_course
        course: CoursePage = first.page
        draft = draft_of(course)
        for session in [first, *others]:
            copy = shifted(session, offset)
            exists = takes_place_on_the_same_days(draft, copy)
            yield {"course": course, "session": session, "copy": copy, "exists": exists}
