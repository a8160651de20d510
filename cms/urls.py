"""The composition root of the site's addresses."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.db.transaction import non_atomic_requests
from django.urls import URLPattern, URLResolver, include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms import health
from cms.api.router import api_router
from cms.routing import routed_at_once
from cms.sitemaps import sitemap

# They only read, so they go without the transaction around every other request.
reading: list[URLPattern | URLResolver] = decorate_urlpatterns(
    [
        path("-/live", health.live),
        path("-/ready", health.ready),
        path("api/v2/", api_router.urls),
        path("sitemap.xml", sitemap),
        *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    ],
    non_atomic_requests,
)
pages = [path("", include(wagtail_urls))]
for decorator in (routed_at_once, non_atomic_requests):
    decorate_urlpatterns(pages, decorator)

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *reading,
    *i18n_patterns(*pages, prefix_default_language=False),
]
