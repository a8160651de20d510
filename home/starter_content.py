"""What the home page says at first: the school's words about itself."""

from collections.abc import Iterable
from typing import Any, Final

from wagtail.models import PageQuerySet, Site

from cms.operations.starter_content import paragraphs, touched_by_staff
from home.models import HomePage

TITLE: Final = "National ATMP Research School"
HEADLINE: Final = "National Advanced Therapy Medicinal Products (ATMP) Research School"
SUMMARY: Final = (
    "Doctoral courses that cover the entire spectrum of advanced therapy development, from initial "
    "research to clinical application."
)
LEAD: Final = (
    "Our mission is to advance the knowledge and expertise needed in the development of cell, "
    "gene, and tissue-based therapies in Sweden."
)
ABOUT_ATMPS: Final = (
    "Advanced Therapy Medicinal Products (ATMPs) are revolutionary medicines based on cells, "
    "tissues, or genes. These therapies offer new possibilities for treating a wide range of "
    "severe diseases, from cancer to Parkinson's disease and diabetes.",
)
# Addresses of pages under the home page, with the words that lead to each.
type CallToAction = tuple[str, str]
CALLS_TO_ACTION: Final[tuple[CallToAction, ...]] = (
    ("courses", "See the courses"),
    ("about", "About the research school"),
)


def load(site: Site) -> list[str]:
    """Fill the home page while nobody has written on it; return its title where that was done."""
    # Read anew: saving what was read before its children came would lose count of them.
    home = HomePage.objects.filter(pk=site.root_page_id).first()
    if home is None or not _is_blank(home):
        return []
    home.summary = SUMMARY
    home.lead = LEAD
    home.body = paragraphs(ABOUT_ATMPS)
    home.calls_to_action = calls_to_action(home.get_children().live(), CALLS_TO_ACTION)
    home.save_revision().publish()
    return [f"page “{home.title}”"]


def _is_blank(home: HomePage) -> bool:
    latest = home.get_latest_revision_as_object()
    written = any(
        version.summary or version.lead or version.body or version.calls_to_action
        for version in (home, latest)
    )
    return not written and not touched_by_staff(home)


def calls_to_action(
    children: PageQuerySet, wanted: Iterable[CallToAction]
) -> list[tuple[str, dict[str, Any]]]:
    """Return links to those of the `children` that are wanted, by slug, with their words."""
    pages = {page.slug: page for page in children}
    return [
        ("link", {"label": label, "page": pages[slug]}) for slug, label in wanted if slug in pages
    ]
