"""The composition root of the site's addresses."""

from collections.abc import Callable

from allauth.decorators import rate_limit
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.db.transaction import non_atomic_requests
from django.http import HttpResponseBase
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.utils.functional import lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import RedirectView, TemplateView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.views.home import default as nothing_here
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.documents.views.serve import authenticate_with_password as unlock_documents
from wagtail.utils.urlpatterns import decorate_urlpatterns
from wagtail.views import authenticate_with_password as unlock_pages

from cms.media import serving
from cms.operations import health
from cms.operations.security_contact import security_txt
from cms.pages.routing import routed_at_once
from cms.search.views import search
from cms.seo.robots import robots
from cms.seo.sitemaps import sitemap
from cms.seo.social_cards import social_card

type View = Callable[..., HttpResponseBase]


def reads_only(view: View) -> View:
    """Let `view` go without the transaction around every other request.

    And without a token: what changes nothing has no form of another site to fear, and a POST is
    answered with the methods that there are (405).
    """
    return csrf_exempt(non_atomic_requests(view))


reading: list[URLPattern | URLResolver] = decorate_urlpatterns(
    [
        path("-/live", health.live),
        path("-/ready", health.ready),
        path("api/", include("cms.api.urls")),
        path("robots.txt", robots, name="robots"),
        # Asked for by programs that read no HTML.
        path("favicon.ico", RedirectView.as_view(url=lazy(static, str)("cms/favicon.ico"))),
        path(".well-known/security.txt", security_txt, name="security_txt"),
        path("sitemap.xml", sitemap, name="sitemap"),
        path("social/<int:page_id>/<slug:version>.png", social_card, name="social_card"),
        re_path(rf"^media/(?P<folder>{'|'.join(serving.FOLDERS)})/(?P<path>.+)$", serving.image),
    ],
    reads_only,
)
# Wagtail's views, at its addresses: the passwords that pages and collections share.
throttled = rate_limit(action="shared_password")
styleguide = TemplateView.as_view(template_name="cms/styleguide.html")
read_pages: list[URLPattern | URLResolver] = [
    # For developers only: on a server, a page may be called so.
    *([path("styleguide/", styleguide)] if settings.DEBUG else []),
    path("search/", search, name="search"),
    path("", include("courses.urls")),
    path("", include(wagtail_urls)),
]
for decorator in (routed_at_once, reads_only):
    decorate_urlpatterns(read_pages, decorator)
pages = [
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        non_atomic_requests(throttled(unlock_pages)),
    ),
    *read_pages,
]

handler403 = "cms.accounts.interruptions.refusals.permission_denied"
handler500 = "cms.publishing.http.database_fallback.error_page"

urlpatterns = [
    # Before Wagtail's own pages for signing in, at the same addresses.
    path(settings.ADMIN_PATH, include("cms.accounts.urls")),
    # Wagtail's page that fails on purpose: nobody shall raise the alarm by opening an address.
    path(f"{settings.ADMIN_PATH}failwhale/", nothing_here),
    path(settings.ADMIN_PATH, include("cms.editing.readers.urls")),
    path(settings.ADMIN_PATH, include(wagtailadmin_urls)),
    path("documents/authenticate_with_password/<int:restriction_id>/", throttled(unlock_documents)),
    path("documents/", include(wagtaildocs_urls)),
    *reading,
    *i18n_patterns(*pages, prefix_default_language=False),
]
