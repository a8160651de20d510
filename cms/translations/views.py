"""The admin's views of translations: which are behind their source, and catching up."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.reports import PageReportView
from wagtail.models import Page, PageQuerySet
from wagtail.permissions import policy_registry

from cms.translations.models import TranslatedPage
from cms.translations.synchronised_fields import source_of
from cms.translations.translatable_fields import (
    is_outdated,
    mark_as_up_to_date,
    outdated_translations,
    untranslated_pages,
)


class OutdatedTranslationsView(PageReportView):
    """The pages whose source page has changed since they were translated."""

    page_title = gettext_lazy("Translations to update")
    header_icon = "globe"
    index_url_name = "outdated_translations"
    index_results_url_name = "outdated_translations_results"
    results_template_name = "cms/admin/outdated_translations.html"
    any_permission_required = ["add", "change", "publish"]

    def get_queryset(self) -> PageQuerySet:
        """Return those of them that the visitor may change."""
        self.queryset = (
            self.permission_policy.instances_user_has_permission_for(self.request.user, "change")
            .filter(pk__in=outdated_translations())
            .select_related("content_type", "locale")
            .order_by("path")
        )
        return super().get_queryset()


class UntranslatedPagesView(PageReportView):
    """The pages in the source language that have no page, not even a draft, in another one."""

    page_title = gettext_lazy("Not translated yet")
    header_icon = "globe"
    index_url_name = "untranslated_pages"
    index_results_url_name = "untranslated_pages_results"
    results_template_name = "cms/admin/untranslated_pages.html"
    any_permission_required = ["add", "change", "publish"]

    def get_queryset(self) -> PageQuerySet:
        """Return those of them that the visitor may change, in the order of the tree.

        A page can be translated once the page above it has been: from the top, each can.
        """
        self.queryset = (
            self.permission_policy.instances_user_has_permission_for(self.request.user, "change")
            .filter(pk__in=untranslated_pages())
            .select_related("content_type", "locale")
            .order_by("path")
        )
        return super().get_queryset()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whether the visitor may have pages translated."""
        return super().get_context_data(**kwargs) | {"may_translate": may_translate(self.request)}


def may_translate(request: HttpRequest) -> bool:
    """Return whether the visitor may start a translation of pages they may change."""
    user = request.user
    policy = policy_registry.get_by_type(Page)
    return user.has_perm("simple_translation.submit_translation") and bool(
        policy.user_has_permission(user, "change")
    )


class ReviewTranslationView(WagtailAdminTemplateMixin, TemplateView):
    """One translation beside its source: what has changed, and saying that it follows again."""

    template_name = "cms/admin/review_translation.html"
    page_title = gettext_lazy("Review translation")
    header_icon = "globe"
    breadcrumbs_items: ClassVar = [
        *WagtailAdminTemplateMixin.breadcrumbs_items,
        {"url": "", "label": page_title},
    ]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the page and its source; Http404 where the page is no translation."""
        super().setup(request, *args, **kwargs)
        page = get_object_or_404(Page, pk=kwargs["pk"]).specific
        if not isinstance(page, TranslatedPage):
            raise Http404
        source = source_of(page)
        if source is None:
            raise Http404
        self.page, self.source = page, source

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let those in who may change the translation."""
        if not self.page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        """Return the translation's title."""
        return str(self.page.get_admin_display_title())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add both pages, and the address of the comparison of the source then and now."""
        return super().get_context_data(**kwargs) | {
            "translation": self.page,
            "source": self.source,
            "is_outdated": is_outdated(self.page, self.source),
            "comparison_url": self._comparison_url(),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Note that the translation follows its source, and go back to its editor."""
        mark_as_up_to_date(self.page, self.source)
        messages.success(request, _("The translation is noted as up to date."))
        return redirect("wagtailadmin_pages:edit", self.page.pk)

    def _comparison_url(self) -> str | None:
        permissions = self.source.permissions_for_user(self.request.user)
        if not permissions.can_edit() or not self.source.live_revision_id:
            return None
        before = (
            self.source.revisions.filter(created_at__lte=self.page.translated_at).order_by(
                "-created_at"
            )
            if self.page.translated_at
            else self.source.revisions.none()
        )
        earlier = before.values_list("pk", flat=True).first()
        return reverse(
            "wagtailadmin_pages:revisions_compare",
            args=[self.source.pk, earlier or "earliest", "live"],
        )
