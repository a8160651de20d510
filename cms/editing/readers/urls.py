"""These views at the addresses of Wagtail's, before which they have to stand."""

from django.urls import path
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.editing.readers.choosers import BrowseView, ExternalLinkView
from cms.editing.readers.history import SiteHistoryView

urlpatterns = decorate_urlpatterns(
    [
        path("choose-page/", BrowseView.as_view()),
        path("choose-page/<int:parent_page_id>/", BrowseView.as_view()),
        path("choose-external-link/", ExternalLinkView.as_view()),
        path("reports/site-history/", SiteHistoryView.as_view()),
        path("reports/site-history/results/", SiteHistoryView.as_view(results_only=True)),
    ],
    require_admin_access,
)
