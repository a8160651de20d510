"""What search engines are told of: every public page."""

from django.http import HttpRequest, HttpResponse
from wagtail.contrib.sitemaps import Sitemap
from wagtail.contrib.sitemaps.views import sitemap as wagtail_sitemap
from wagtail.models import PageQuerySet

from cms.publishing.responses import mark_public
from cms.publishing.visibility import public_pages


class PublicSitemap(Sitemap):
    """Wagtail's sitemap, by this site's own definition of what is public."""

    def items(self) -> PageQuerySet:
        """Return the public pages in the order of the tree."""
        site_pages = self.get_wagtail_site().root_page.get_descendants(inclusive=True)
        return public_pages(site_pages).order_by("path").defer_streamfields().specific()


def sitemap(request: HttpRequest) -> HttpResponse:
    """Answer with the sitemap (https://www.sitemaps.org/protocol.html)."""
    return mark_public(wagtail_sitemap(request, sitemaps={"pages": PublicSitemap(request)}))
