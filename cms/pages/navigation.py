"""What surrounds every page: the menu of its language, and what stands at the bottom."""

from collections.abc import Sequence
from dataclasses import dataclass

from wagtail.models import Page, Site

from cms.models import SiteSettings, SocialLink
from cms.publishing.locales import localised_page
from cms.publishing.memoize import once_per_publication
from cms.publishing.visibility import public_pages

# The static file that is shown where somebody shares a page without a picture of its own.
DEFAULT_SOCIAL_IMAGE = "cms/social.png"


@dataclass(frozen=True, slots=True)
class Footer:
    """What the bottom of every page says."""

    settings: SiteSettings
    contact_page: Page | None
    accessibility_page: Page | None
    privacy_page: Page | None
    social_links: Sequence[SocialLink]

    @property
    def has_contact_details(self) -> bool:
        """Whether there is a way to reach the school."""
        known = self.settings
        return bool(known.contact_email or known.contact_phone or known.postal_address)


@once_per_publication
def default_site() -> Site | None:
    """Return the site that is shown where no other is asked for, None where there is none."""
    return Site.objects.filter(is_default_site=True).select_related("root_page").first()


@once_per_publication
def home_of(site: Site) -> Page:
    """Return a site's home page in the reader's language."""
    return localised_page(site.root_page)


@once_per_publication
def menu_below(page: Page) -> Sequence[Page]:
    """Return the published, public pages just below `page` that are shown in menus, in order."""
    return list(public_pages(page.get_children()).in_menu())


def main_menu(site: Site) -> Sequence[Page]:
    """Return the pages of a site's menu in the reader's language; the contact page comes last."""
    contact = footer(site).contact_page
    pages = [page for page in menu_below(home_of(site)) if page != contact]
    return [*pages, contact] if contact else pages


@once_per_publication
def footer(site: Site) -> Footer:
    """Return what the bottom of a site's pages says.

    The pages that it leads to are in the reader's language.
    """
    settings = SiteSettings.for_site(site)
    chosen = [
        settings.contact_page_id,
        settings.accessibility_page_id,
        settings.privacy_page_id,
    ]
    pages = {
        page.pk: page for page in public_pages(Page.objects.filter(pk__in=filter(None, chosen)))
    }
    contact_page, accessibility_page, privacy_page = (
        localised_page(pages[pk]) if pk in pages else None for pk in chosen
    )
    return Footer(
        settings=settings,
        contact_page=contact_page,
        accessibility_page=accessibility_page,
        privacy_page=privacy_page,
        social_links=list(settings.social_links.all()),
    )
