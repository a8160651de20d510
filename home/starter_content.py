"""What the home page says at first: the school's words about itself, and the same in Swedish."""

from typing import Any, Final

from wagtail.models import Locale, PageQuerySet, Site

from cms.operations.starter_content.files import Content, read
from cms.operations.starter_content.loading import touched_by_staff
from cms.operations.starter_content.translations import LANGUAGE, put_words
from cms.translations.translatable_fields import mark_as_up_to_date
from home.models import HomePage

LINKS: Final = "calls_to_action"
# What `setup_site` gives the page when it makes it.
NAMES: Final = {"title", "headline"}


def load(site: Site) -> list[str]:
    """Fill the home page while nobody has written on it; return a phrase where that was done."""
    # Read anew: saving what was read before its children came would lose count of them.
    home = HomePage.objects.filter(pk=site.root_page_id).first()
    if home is None or not _is_blank(home):
        return []
    words = _words(read("home", "en/home"), home.get_children().live())
    for name in words.keys() - NAMES:
        setattr(home, name, words[name])
    home.save_revision().publish()
    return [f"page “{home.title}”"]


def translate(site: Site) -> list[str]:
    """Fill the Swedish home page while it is the draft that `setup_site` made; return a phrase."""
    locale = Locale.objects.filter(language_code=LANGUAGE).first()
    source = HomePage.objects.filter(pk=site.root_page_id).first()
    if locale is None or source is None or touched_by_staff(source):
        return []
    home = source.get_translation_or_none(locale)
    content = read("home", f"{LANGUAGE}/home")
    if home is None or home.live or home.title == content["title"] or touched_by_staff(home):
        return []
    loaded = put_words(home, _words(content, home.get_children()))
    mark_as_up_to_date(home, source)
    return loaded


def _is_blank(home: HomePage) -> bool:
    latest = home.get_latest_revision_as_object()
    written = any(
        version.summary or version.lead or version.body or version.calls_to_action
        for version in (home, latest)
    )
    return not written and not touched_by_staff(home)


def _words(content: Content, children: PageQuerySet) -> dict[str, Any]:
    """Return the fields of a home page, with links to those of its `children` that are there."""
    pages = {page.slug: page for page in children}
    links = [
        ("link", {"label": link["label"], "page": pages[link["page"]]})
        for link in content.rows(LINKS)
        if link["page"] in pages
    ]
    return {**content.fields(HomePage, but={LINKS}), LINKS: links}
