"""Importing sessions: upload, look at what would change, confirm."""

from dataclasses import asdict
from typing import Any, Final

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from cms.models import User
from courses.editing.drafts import CHANGED, locked_courses, save_draft
from courses.editing.sources import editor_of
from courses.importing.forms import UploadForm
from courses.importing.outcomes import Outcome
from courses.importing.planning import Plan
from courses.importing.reading import RawRow, Sheet
from courses.models import CoursePage

_TEMPLATE: Final = "courses/admin/import.html"
# The rows wait for the confirmation in the form itself, signed: nothing is kept on the server,
# and two imports in two windows do not meet.
_SALT: Final = "courses.admin.import"
_MAX_AGE: Final = 12 * 60 * 60
# Below what Django takes in a form (DATA_UPLOAD_MAX_MEMORY_SIZE).
_MAX_PACKED: Final = 2_000_000


def _pack(sheet: Sheet, plan: Plan, user: User) -> str:
    """Return the rows and the state of the drafts they were held against, for `user` alone."""
    content = {"sheet": asdict(sheet), "drafts": plan.state_of_drafts}
    return signing.dumps(content, salt=f"{_SALT}.{user.pk}", compress=True)


def _unpack(packed: str, user: User) -> tuple[Sheet, dict[str, str]]:
    """Undo `_pack`.

    Raises signing.BadSignature where it is of somebody else, too old, or has been changed.
    """
    content = signing.loads(packed, salt=f"{_SALT}.{user.pk}", max_age=_MAX_AGE)
    sheet = content["sheet"]
    rows = [RawRow(**row) for row in sheet["rows"]]
    return Sheet(sheet["columns"], sheet["ignored"], rows), content["drafts"]


class _ImportPage(WagtailAdminTemplateMixin, View):
    """What both steps show, for people who may change pages."""

    page_title = gettext_lazy("Import sessions")
    header_icon = "upload"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Raise PermissionDenied for people who may not change any page."""
        policy = policy_registry.get_by_type(CoursePage)
        if not policy.user_has_any_permission(request.user, ["add", "change"]):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the list of courses."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("course_listing:index"), "label": _("Courses")},
            {"url": "", "label": self.page_title},
        ]

    def preview(self, sheet: Sheet, plan: Plan, form: UploadForm) -> HttpResponse:
        """Show what every row would do, with a button to do it where all of them are right."""
        packed = _pack(sheet, plan, editor_of(self.request)) if plan.may_be_confirmed else ""
        if len(packed) > _MAX_PACKED:
            form.add_error("file", _("The file holds too much text. Import it in two parts."))
            return self.show(form=form)
        return self.show(
            form=form,
            plan=plan,
            packed=packed,
            counts={outcome.value: plan.count(outcome) for outcome in Outcome},
            ignored=sheet.ignored[:10],
        )

    def show(self, **context: Any) -> HttpResponse:
        """Answer with the page."""
        return render(self.request, _TEMPLATE, self.get_context_data(**context))


class ImportView(_ImportPage, FormView[UploadForm]):
    """Takes a file, and shows what it would change."""

    form_class = UploadForm
    template_name = _TEMPLATE

    def form_valid(self, form: UploadForm) -> HttpResponse:
        """Show the preview; nothing is saved."""
        return self.preview(form.sheet, Plan(form.sheet, editor_of(self.request)), UploadForm())


class ConfirmImportView(_ImportPage):
    """Puts into drafts what the preview has shown, if it still holds."""

    http_method_names = ["post"]

    @method_decorator(transaction.atomic)
    def post(self, request: HttpRequest) -> HttpResponse:
        """Save a draft of each course, or show the preview again where it is another by now."""
        editor = editor_of(request)
        try:
            sheet, seen = _unpack(request.POST.get("rows", ""), editor)
        except signing.BadSignature:
            messages.error(request, _("The preview is too old. Upload the file again."))
            return redirect("course_listing:import")
        plan = Plan(sheet, editor, load=locked_courses)
        if not plan.may_be_confirmed or plan.state_of_drafts != seen:
            messages.warning(
                request,
                _("Something has changed since, and nothing was imported. Look at it once more."),
            )
            return self.preview(sheet, plan, UploadForm())
        for draft in plan.touched.values():
            save_draft(draft, editor)
        messages.success(request, _success(plan), buttons=_buttons(plan))
        return redirect(f"{reverse('course_listing:index')}?publication={CHANGED}")


def _success(plan: Plan) -> str:
    sessions = plan.count(Outcome.NEW) + plan.count(Outcome.CHANGED)
    return _("%(sessions)s %(courses)s. Nothing is public until you publish.") % {
        "sessions": ngettext(
            "%(count)d session was imported", "%(count)d sessions were imported", sessions
        )
        % {"count": sessions},
        "courses": ngettext(
            "into the draft of %(count)d course",
            "into the drafts of %(count)d courses",
            len(plan.touched),
        )
        % {"count": len(plan.touched)},
    }


def _buttons(plan: Plan) -> list[Any]:
    """Return a way to each draft."""
    return [
        messages.button(
            reverse("wagtailadmin_pages:edit", args=[draft.pk]),
            _("Review “%s”") % draft.get_admin_display_title(),
        )
        for draft in plan.touched.values()
    ]
