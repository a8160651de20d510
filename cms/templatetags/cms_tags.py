"""What every page of the site shows around its content."""

from dataclasses import dataclass

from django import template
from django.db.models import QuerySet
from django.template import Context
from wagtail.models import Page, Site

from cms.models import University

register = template.Library()


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One entry of the main navigation, as seen from the page being shown."""

    page: Page
    title: str
    url: str
    is_current: bool
    is_ancestor: bool


def _localised_home(context: Context) -> Page | None:
    request = context.get("request")
    site = Site.find_for_request(request) if request is not None else None
    site = site or Site.objects.filter(is_default_site=True).select_related("root_page").first()
    return site.root_page.localized if site else None


@register.simple_tag(takes_context=True)
def site_home(context: Context) -> Page | None:
    """Return the home page in the reader's language, or None on a site that has none."""
    return _localised_home(context)


@register.simple_tag(takes_context=True)
def main_navigation(context: Context) -> list[NavigationItem]:
    """Return the published, public pages just below the home page that are shown in menus."""
    home = _localised_home(context)
    if home is None:
        return []
    current = context.get("page")
    current_path = getattr(current, "path", "") or ""
    request = context.get("request")
    return [
        NavigationItem(
            page=page,
            title=page.title,
            url=page.get_url(request),
            is_current=page.path == current_path,
            is_ancestor=current_path.startswith(page.path) and page.path != current_path,
        )
        for page in home.get_children().live().public().in_menu()
    ]


@register.simple_tag
def universities(founding_only: bool = False) -> QuerySet[University]:
    """Return the universities in their order: all of them, or only the founding partners."""
    chosen = University.objects.select_related("logo")
    return chosen.filter(founding_partner=True) if founding_only else chosen.all()
