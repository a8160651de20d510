"""The pages about the school: published in English, drafted in Swedish."""

from typing import Final

from wagtail.models import Site

from about.models import AboutPage, FundingPage, MissionPage, VisionPage
from cms.models import University
from cms.operations.starter_content.files import read
from cms.operations.starter_content.loading import publish_once
from cms.operations.starter_content.translations import translate_pages

# With the names of their files in `content/`; each but the first stands below it.
PAGES: Final = (
    (AboutPage, "about"),
    (VisionPage, "vision"),
    (MissionPage, "mission"),
    (FundingPage, "funding"),
)


def load(site: Site) -> list[str]:
    """Publish the About page and the pages under it that are missing; return a phrase for each."""
    partners = University.objects.filter(founding_partner=True)
    loaded = publish_once(AboutPage, read("about", "en/about"), site.root_page, partners=partners)
    about = AboutPage.objects.descendant_of(site.root_page).first()
    if about is not None:
        for kind, name in PAGES[1:]:
            loaded += publish_once(kind, read("about", f"en/{name}"), about)
    return loaded


def translate(site: Site) -> list[str]:
    """Add the Swedish drafts that are missing; return a phrase for each."""
    return translate_pages(site, "about", PAGES)
