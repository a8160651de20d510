"""Publishing, in one step, all pages that have to be public before visitors find another one."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page

from cms.pages.checks.reach import (
    may_be_published,
    unpublished_above,
    view_live_button,
    why_not_published,
)


class PublishAboveView(WagtailAdminTemplateMixin, TemplateView):
    """Names the unpublished pages above a page, and publishes them: all of them or none."""

    template_name = "cms/admin/publish_above.html"
    page_title = gettext_lazy("Publish the pages above it")
    header_icon = "upload"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the page and those above it."""
        super().setup(request, *args, **kwargs)
        self.page = get_object_or_404(Page, pk=kwargs["page_id"])
        self.above = [page.specific for page in unpublished_above(self.page)]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let those in who may change the page and publish each one above it."""
        permissions = self.page.specific.permissions_for_user(request.user)
        may_publish = all(may_be_published(page, request.user) for page in self.above)
        if not (permissions.can_edit() and may_publish):
            raise PermissionDenied
        if not self.above:
            return redirect("wagtailadmin_pages:edit", self.page.pk)
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        """Return the title of the page that visitors are to find."""
        return str(self.page.get_admin_display_title())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the page and those above it, from the home page down."""
        return super().get_context_data(**kwargs) | {"page": self.page, "above": self.above}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Publish the pages from the home page down, and go back to the editor of the page."""
        versions = [
            (page, page.get_latest_revision() or page.save_revision()) for page in self.above
        ]
        for page, version in versions:
            try:
                version.as_object().full_clean()
            except ValidationError:
                text = _("“%(page)s” cannot be published yet: something in it is missing or wrong.")
                editor = reverse("wagtailadmin_pages:edit", args=(page.pk,))
                buttons = [messages.button(editor, _("Open the page"))]
                title = {"page": page.get_admin_display_title()}
                messages.error(request, text % title, buttons=buttons)
                return redirect("wagtailadmin_pages:edit", self.page.pk)
        for _page, version in versions:
            version.publish(user=request.user)
        for page in unpublished_above(self.page):
            messages.warning(request, why_not_published(page))
        if not unpublished_above(self.page):
            buttons = [view_live_button(self.page)] if self.page.live else []
            messages.success(request, _("The pages above it are published."), buttons=buttons)
        return redirect("wagtailadmin_pages:edit", self.page.pk)


def addresses() -> list[URLPattern]:
    """Wagtail hook `register_admin_urls`."""
    view = PublishAboveView.as_view()
    return [path("pages/<int:page_id>/publish-above/", view, name="publish_above")]
