"""What translations add to the admin: their addresses and reports."""

from typing import Any

from django.dispatch import receiver
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.signals import copy_for_translation_done

from cms.translations.translatable_fields import mark_as_up_to_date
from cms.translations.views import (
    OutdatedTranslationsView,
    ReviewTranslationView,
    UntranslatedPagesView,
)


class ReportMenuItem(MenuItem):
    """A report's entry in the menu, for everybody who works on pages."""

    def is_shown(self, request: Any) -> bool:
        policy = policy_registry.get_by_type(Page)
        return bool(
            policy.user_has_any_permission(
                request.user, OutdatedTranslationsView.any_permission_required
            )
        )


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    """Return the addresses of the two reports and of the review."""
    return [
        path("translations/", OutdatedTranslationsView.as_view(), name="outdated_translations"),
        path(
            "translations/results/",
            OutdatedTranslationsView.as_view(results_only=True),
            name="outdated_translations_results",
        ),
        path("translations/missing/", UntranslatedPagesView.as_view(), name="untranslated_pages"),
        path(
            "translations/missing/results/",
            UntranslatedPagesView.as_view(results_only=True),
            name="untranslated_pages_results",
        ),
        path(
            "translations/<int:pk>/review/",
            ReviewTranslationView.as_view(),
            name="review_translation",
        ),
    ]


@hooks.register("register_reports_menu_item")
def reports_menu_item() -> MenuItem:
    """Return the way to the translations that are behind their source."""
    return ReportMenuItem(
        _("Translations to update"),
        reverse_lazy("outdated_translations"),
        name="outdated-translations",
        icon_name="globe",
        order=650,
    )


@hooks.register("register_reports_menu_item")
def untranslated_menu_item() -> MenuItem:
    """Return the way to the pages that have no translation."""
    return ReportMenuItem(
        _("Not translated yet"),
        reverse_lazy("untranslated_pages"),
        name="untranslated-pages",
        icon_name="globe",
        order=651,
    )


@receiver(copy_for_translation_done, dispatch_uid="translated")
def on_translated(source_obj: Any, target_obj: Any, **kwargs: Any) -> None:
    """Signal `copy_for_translation_done`: the new page follows its source as it is now."""
    if isinstance(target_obj, Page) and hasattr(target_obj, "translated_digest"):
        mark_as_up_to_date(target_obj, source_obj)
