"""Drafts of the two pages that Swedish and European law ask of a public website.

Nobody but the school can know what they have to say in the end, so they are never published
here. Each carries a note of what is to be confirmed; the footer links each once it is published.
"""

from typing import Final

from wagtail.models import Site

from cms.models import SiteSettings
from cms.operations.starter_content.files import read
from cms.operations.starter_content.loading import deleted_by_staff
from cms.operations.starter_content.translations import translate_once
from home.models import ContentPage

# Names of files in `content/`, with the fields of the site's settings that link the pages.
DRAFTS: Final = (("accessibility", "accessibility_page"), ("privacy", "privacy_page"))


def load(site: Site) -> list[str]:
    """Add the drafts that are missing, and link them; return a phrase for each.

    What the settings link already stays linked, and a page at the address stays as it is.
    """
    if deleted_by_staff(ContentPage):
        return []
    settings = SiteSettings.for_site(site)
    loaded = []
    for name, setting in DRAFTS:
        draft = read("home", f"en/{name}")
        page = ContentPage(**draft.fields(ContentPage), live=False)
        is_linked = getattr(settings, f"{setting}_id") is not None
        if not is_linked and not site.root_page.get_children().filter(slug=page.slug).exists():
            with draft.blamed():
                site.root_page.add_child(instance=page)
            page.save_revision()
            setattr(settings, setting, page.page_ptr)
            loaded.append(f"draft “{page.title}”")
    if loaded:
        settings.save()
    return loaded


def translate(site: Site) -> list[str]:
    """Add the Swedish drafts of the pages that the settings link; return a phrase for each.

    Only of those that are still the English drafts: another page says something else.
    """
    settings = SiteSettings.for_site(site)
    loaded = []
    for name, setting in DRAFTS:
        source = read("home", f"en/{name}")
        linked = ContentPage.objects.filter(pk=getattr(settings, f"{setting}_id"))
        page = linked.filter(title=source["title"], slug=source["slug"]).first()
        loaded += translate_once(page, read("home", f"sv/{name}"))
    return loaded
