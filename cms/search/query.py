"""Which public pages have the words that somebody looks for, the best first."""

from collections.abc import Sequence
from dataclasses import dataclass

from wagtail.models import PageQuerySet, Site
from wagtail.search.query import And, Or, PlainText

from cms.publishing.locales import active_locale, localised_page
from cms.publishing.visibility import listed_pages
from cms.search.text import words_of
from cms.search.vocabulary import guess, spellings_of

MOST_RESULTS = 200


@dataclass(frozen=True, slots=True)
class Findings:
    """The ids of the pages that were found, by rank, and the words they were found by."""

    page_ids: Sequence[int]
    words: Sequence[str]
    # None of the pages has what was written; they have the words that were probably meant.
    is_guess: bool = False
    # No page has all the words; these have some of them.
    is_partial: bool = False


def find(words: Sequence[str], among: PageQuerySet | Site) -> Findings:
    """Return the public pages of a site, in the reader's language, that have all the words.

    `among` may be some pages to look at instead, of one type or of all, in whatever language.

    Where there are none, those with the words that were probably meant; where there are still
    none, those with any of the words.
    """
    if not words:
        return Findings((), ())
    guessed = [guess(word) for word in words]
    is_guess = guessed != list(words)
    for is_partial in (False, True):
        for candidates, is_changed in ((words, False), (guessed, True)):
            if is_changed > is_guess or (is_partial and len(words) == 1):
                continue
            page_ids = _search(candidates, is_partial, among)
            if page_ids:
                return Findings(page_ids, candidates, is_changed, is_partial)
    return Findings((), words)


def _search(words: Sequence[str], any_word: bool, among: PageQuerySet | Site) -> list[int]:
    """Return the ids of public pages: those with the words in their title first.

    Below that, by the rank that the database gives them; databases differ in what they make of
    titles.
    """
    spellings = [spellings_of(word) for word in words]
    each = [Or([PlainText(spelling) for spelling in variants]) for variants in spellings]
    pages = _pages_of(among) if isinstance(among, Site) else among
    model = pages.model
    # The search index knows less of pages than the database: what is public is asked afterwards.
    live = model.objects.filter(live=True)
    searched = live.filter(locale=active_locale()) if isinstance(among, Site) else live
    found = searched.search(Or(each) if any_word else And(each))
    ranked = [page.pk for page in found[:MOST_RESULTS]]
    titles = dict(listed_pages(pages.filter(pk__in=ranked)).values_list("pk", "title"))

    def words_missing_from_title(pk: int) -> int:
        title = set(words_of(titles[pk]))
        return sum(title.isdisjoint(variants) for variants in spellings)

    return sorted((pk for pk in ranked if pk in titles), key=words_missing_from_title)


def _pages_of(site: Site) -> PageQuerySet:
    return localised_page(site.root_page).get_descendants(inclusive=True)
