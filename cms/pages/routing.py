"""From an address to its page in two queries, however deep the page stands.

Wagtail asks for the site, its home page and each step below that, twice. Where an address
cannot be understood at once, or there are several sites, Wagtail is left to do it its own way.
"""

from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page, Site
from wagtail.views import serve

from cms.pages.base import BasePage
from cms.publishing.locales import active_locale
from cms.publishing.memoize import once_per_publication
from cms.publishing.visibility import open_homes
from cms.upstream.routing import remember_route

type View = Callable[..., HttpResponse]


def routed_at_once(view: View) -> View:
    """Wrap Wagtail's page view so that it finds its page already found; leave other views alone."""
    if view is not serve:
        return view

    @wraps(view)
    def routed(request: HttpRequest, path: str, **kwargs: Any) -> HttpResponse:
        site = only_site()
        home = _home_of(site) if site else None
        if site is not None and home is None:
            # Wagtail would show the English pages below /sv/ while there are no Swedish ones.
            raise Http404
        page = _find(home, path) if home is not None else None
        if page is not None:
            remember_route(request, site, page)
        return view(request, path, **kwargs)

    return routed


@once_per_publication
def only_site() -> Site | None:
    """Return the site, unless there are several, told apart by host name."""
    sites = list(Site.objects.select_related("root_page")[:2])
    return sites[0] if len(sites) == 1 and sites[0].is_default_site else None


@once_per_publication
def _home_of(site: Site) -> Page | None:
    """Return the home page of the address's language, None where nothing is to be read in it."""
    translations = open_homes().filter(translation_key=site.root_page.translation_key)
    home: Page | None = translations.filter(locale=active_locale()).first()
    return home


def _find(home: Page, path: str) -> Page | None:
    """Return the page at `path` below `home`, with what its template shows of other tables.

    The slug is asked for as well, because it has an index and the whole path has none.
    """
    url_path = "/".join((home.url_path.rstrip("/"), *filter(None, path.split("/")), ""))
    slug = url_path.rstrip("/").rpartition("/")[2]
    found = Page.objects.filter(slug=slug, url_path=url_path).first()
    if found is None or not issubclass(found.specific_class or Page, BasePage):
        return None
    page: Page | None = found.specific_class.for_visitors().filter(pk=found.pk).first()
    return page


@cache
def _web_root(language_code: str) -> str:
    with translation.override(language_code):
        return reverse("wagtail_serve", args=("",))


def web_roots(site: Site | None = None) -> dict[str, str]:
    """Return the home pages of all languages (Wagtail caches them): in the tree, on the web.

    Those of all sites, or of one.
    """
    return {
        root.root_path: _web_root(root.language_code)
        for root in Site.get_site_root_paths()
        if root.language_code in dict(settings.LANGUAGES)
        and (site is None or root.site_id == site.pk)
    }


def url_paths_at(web_path: str) -> list[str]:
    """Return the paths in the tree that `web_path`, such as /sv/kurser/, may stand for."""
    web_path = f"/{web_path.strip('/')}/".replace("//", "/")
    return [
        root + web_path.removeprefix(on_web)
        for root, on_web in web_roots().items()
        if web_path.startswith(on_web)
    ]
