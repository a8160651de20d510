"""What every page of the site shows around its content."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import template
from django.template import Context
from django.utils.translation import gettext
from wagtail.models import Page, Site

from cms.media.pictures.motifs import draw_cell
from cms.models import SiteImage, University
from cms.pages.base import BasePage
from cms.pages.navigation import Footer, default_site, footer, home_of, main_menu
from cms.pages.structured_data import as_script
from cms.publishing.memoize import once_per_publication
from cms.publishing.visibility import is_open, public_pages

register = template.Library()
register.filter(is_open)


@register.simple_block_tag
def shown(content: str, image: SiteImage | None) -> str:
    """Return `content`, which shows `image`; nothing where not everyone may or can see that."""
    can_be_seen = image is not None and is_open(image) and not image.is_left_out
    return content if can_be_seen else ""


@register.filter
def drawn_cell(name: str) -> str:
    """Return a picture for somebody called `name` of whom there is no photo."""
    return draw_cell(name).svg


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One entry of the main navigation, as seen from the page being shown."""

    title: str
    url: str
    is_current: bool = False
    is_ancestor: bool = False


def _site(context: Context) -> Site | None:
    request = context.get("request")
    site = Site.find_for_request(request) if request is not None else None
    return site or default_site()


def _localised_home(context: Context) -> Page | None:
    site = _site(context)
    return home_of(site) if site else None


@once_per_publication
def _children_of(path: str) -> Sequence[Page]:
    parent = Page.objects.get(path=path)
    return list(public_pages(parent.get_children()).specific())


@once_per_publication
def _universities(founding_only: bool) -> Sequence[University]:
    chosen = University.objects.select_related("logo")
    return list(chosen.filter(founding_partner=True) if founding_only else chosen)


@register.simple_tag(takes_context=True)
def site_home(context: Context) -> Page | None:
    """Return the home page in the reader's language, or None on a site that has none."""
    return _localised_home(context)


@register.simple_tag(takes_context=True)
def main_navigation(context: Context) -> list[NavigationItem]:
    """Return the pages of the menu; last, without a contact page, what the page itself says."""
    site = _site(context)
    if site is None:
        return []
    items = [_item(context, page) for page in main_menu(site)]
    bottom = footer(site)
    if bottom.contact_page is None and bottom.has_contact_details:
        items.append(NavigationItem(gettext("Contact"), "#contact"))
    return items


def _item(context: Context, page: Page) -> NavigationItem:
    current_path = getattr(context.get("page"), "path", "") or ""
    return NavigationItem(
        title=page.title,
        url=page.get_url(context.get("request")),
        is_current=page.path == current_path,
        is_ancestor=current_path.startswith(page.path) and page.path != current_path,
    )


@register.simple_tag(takes_context=True, name="footer")
def site_footer(context: Context) -> Footer | None:
    """Return what the footer says, or None on a site that is not set up."""
    site = _site(context)
    return footer(site) if site else None


@register.simple_tag
def universities(founding_only: bool = False) -> Sequence[University]:
    """Return the universities in their order: all of them, or only the founding partners."""
    return _universities(founding_only)


@register.simple_tag
def public_children(page: Page) -> Sequence[Page]:
    """Return the published, public pages just below `page`. For pages with few of them."""
    # A page that is being written has its place in the tree already, and no row.
    return _children_of(page.path) if page.pk else []


@register.simple_tag
def public_siblings(page: Page) -> Sequence[Page]:
    """Return the published, public pages beside `page`, itself included.

    None where the page above them is not public: there is nothing to call them then.
    """
    above = page.path[: -page.steplen]
    is_named = any(ancestor.path == above for ancestor in page.breadcrumbs)
    return _children_of(above) if is_named else []


@register.simple_tag(takes_context=True)
def structured_data(context: Context) -> str:
    """Return the page's JSON-LD as a script element, where there is a page and a request."""
    page, request = context.get("page"), context.get("request")
    if request is None or not isinstance(page, BasePage):
        return ""
    return as_script(page.canonical.structured_data(request.build_absolute_uri("/")[:-1]))
