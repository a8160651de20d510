"""What search engines are told of: every public page, each at one address."""

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from wagtail.contrib.sitemaps import Sitemap
from wagtail.contrib.sitemaps.views import sitemap as wagtail_sitemap
from wagtail.models import Locale, Page, PageQuerySet

from cms.publishing.http.responses import mark_public
from cms.publishing.visibility import below, listed_pages

if TYPE_CHECKING:
    from uuid import UUID


class PublicSitemap(Sitemap):
    """Wagtail's sitemap, by this site's own definition of what is public, in every language."""

    def items(self) -> PageQuerySet:
        """Return the public pages of all languages in the order of the tree."""
        homes = self.get_wagtail_site().root_page.get_translations(inclusive=True)
        pages = listed_pages(Page.objects.filter(below(homes.values_list("path", flat=True))))
        return pages.order_by("path").defer_streamfields().specific()

    def get_urls(self, *args: Any, **kwargs: Any) -> list[dict[str, Any]]:
        """Add to each page the addresses of its translations, as `hreflang` does on the page."""
        urls: list[dict[str, Any]] = super().get_urls(*args, **kwargs)
        codes = dict(Locale.objects.values_list("pk", "language_code"))
        same: dict[UUID, list[dict[str, str]]] = defaultdict(list)
        for url in urls:
            code = codes[url["page"].locale_id]
            same[url["page"].translation_key].append(
                {"location": url["location"], "lang_code": code}
            )
        for url in urls:
            translations = same[url["page"].translation_key]
            url["alternates"] = translations if len(translations) > 1 else []
        return urls


def sitemap(request: HttpRequest) -> HttpResponse:
    """Answer with the sitemap (https://www.sitemaps.org/protocol.html)."""
    return mark_public(wagtail_sitemap(request, sitemaps={"pages": PublicSitemap(request)}))
