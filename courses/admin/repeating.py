"""One session again: a form that starts from the last one, a year later."""

from contextlib import suppress
from functools import cache
from typing import Any
from uuid import UUID

from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.panels import ObjectList, Panel
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from courses.editing.drafts import A_YEAR, add_to_draft, draft_of, shifted
from courses.editing.sources import editor_of, reason_not_to_edit, source_of
from courses.models import CoursePage, CourseSession


@cache
def _session_panel() -> Panel:
    """Return the panels that a session has in its course's editor."""
    return ObjectList(CourseSession.panels).bind_to_model(CourseSession)


class RepeatSessionView(WagtailAdminTemplateMixin, FormView):
    """Adds a session to a course's draft. Of a translation, to that of the page it translates.

    `?session=` names the session to start from by its translation key; without it, it is the last.
    """

    template_name = "courses/admin/repeat.html"
    page_title = gettext_lazy("Repeat a session")
    header_icon = "copy"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send people away who could not save what they would fill in, and say why."""
        self.course = source_of(get_object_or_404(CoursePage, pk=kwargs["course_id"]))
        reason = reason_not_to_edit(self.course, editor_of(request))
        if reason:
            messages.error(request, reason)
            return redirect("wagtailadmin_home")
        self.original = self._original()
        return super().dispatch(request, *args, **kwargs)

    def _original(self) -> CourseSession | None:
        sessions: list[CourseSession] = draft_of(self.course).sessions_by_date
        with suppress(ValueError):
            asked = UUID(self.request.GET.get("session", ""))
            for session in sessions:
                if session.translation_key == asked:
                    return session
        dated = [session for session in sessions if session.start_date]
        return next(reversed(dated or sessions), None)

    def get_form_class(self) -> type[ModelForm]:
        """Return the form of a session as the editor has it."""
        form_class: type[ModelForm] = _session_panel().get_form_class()
        return form_class

    def get_form_kwargs(self) -> dict[str, Any]:
        """Start from the session a year later, with a link to the course for its own checks."""
        start = shifted(self.original, A_YEAR) if self.original else CourseSession()
        start.page = self.course
        return {**super().get_form_kwargs(), "instance": start, "for_user": self.request.user}

    def form_valid(self, form: ModelForm) -> HttpResponse:
        """Add the session to the draft, and go on in the editor."""
        session = form.save(commit=False)
        add_to_draft(self.course, [session], editor_of(self.request))
        messages.success(
            self.request,
            _(
                "“%(session)s” is in the draft of “%(course)s”. "
                "Visitors see it once the course is published."
            )
            % {"session": session, "course": self.course.get_admin_display_title()},
        )
        return redirect("wagtailadmin_pages:edit", self.course.pk)

    def form_invalid(self, form: ModelForm) -> HttpResponse:
        """Show the form again, with what is wrong beside each field."""
        messages.error(self.request, _("The session could not be added: see the fields below."))
        return super().form_invalid(form)

    def get_page_subtitle(self) -> str:
        """Return which course it is."""
        title: str = self.course.get_admin_display_title()
        return title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the list of courses and to the course."""
        course = reverse("wagtailadmin_pages:edit", args=[self.course.pk])
        return [
            *self.breadcrumbs_items,
            {"url": reverse("course_listing:index"), "label": _("Courses")},
            {"url": course, "label": self.course.get_admin_display_title()},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the `panel`, its scripts and styles, and the session it starts from."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        form = context["form"]
        panel = _session_panel().get_bound_panel(
            request=self.request, instance=form.instance, form=form
        )
        return {
            **context,
            "panel": panel,
            "media": panel.media + form.media,
            "action_url": self.request.get_full_path(),
            "submit_button_label": _("Add to the draft"),
            "original": self.original,
        }
