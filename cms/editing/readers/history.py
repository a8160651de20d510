"""The report of everything that was done, which names pages as their drafts do."""

from django.db.models import QuerySet
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.models import Page, PageLogEntry

from cms.pages.drafts import readable_drafts


class SiteHistoryView(LogEntriesView):
    """What was done to pages that the reader works on, not to those on the way to them."""

    def filter_queryset(self, queryset: QuerySet[PageLogEntry]) -> QuerySet[PageLogEntry]:
        """Leave out the others; what is said of deleted pages is Wagtail's to decide."""
        if queryset.model is PageLogEntry:
            read = readable_drafts(self.request.user).values("pk")
            queryset = queryset.exclude(page__in=Page.objects.exclude(pk__in=read).values("pk"))
        found: QuerySet[PageLogEntry] = super().filter_queryset(queryset)
        return found
