"""Swedish words for what a new site starts with, as drafts that somebody has to confirm.

The rules of `cms.operations.starter_content` hold. Besides, a page is translated only while its
source is as it was loaded: words for a text that staff have changed would say something else
than the page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from wagtail.models import Locale

from cms.operations.starter_content import deleted_by_staff, touched_by_staff
from cms.pages.base import BasePage

LANGUAGE: Final = "sv"
TO_BE_CONFIRMED: Final = (
    "Översättningen ska bekräftas av forskarskolan innan sidan publiceras. Ta bort den här "
    "anteckningen när det är gjort.\n"
    "Translation to be confirmed by the school before this page is published. Clear this note "
    "when it is."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWords:
    """A page's words in Swedish; `fields` are those that not every page has.

    `note` is for the editors: what else is to be confirmed.
    """

    title: str
    slug: str
    summary: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""


def translate_once(source: BasePage | None, words: PageWords) -> BasePage | None:
    """Add a draft of `source` with Swedish `words` below its translated parent; return it.

    None where nothing was done: there is no source or no Swedish parent, the translation is
    there in whatever state, or staff have changed the source or deleted a page of its kind.
    """
    locale = Locale.objects.filter(language_code=LANGUAGE).first()
    if source is None or locale is None or source.has_translation(locale):
        return None
    if touched_by_staff(source) or deleted_by_staff(type(source)):
        return None
    if not source.get_parent().has_translation(locale):
        return None
    page: BasePage = source.copy_for_translation(locale)
    if not page.get_siblings(inclusive=False).filter(slug=words.slug).exists():
        page.slug = words.slug
    put_words(page, words)
    return page


def put_words(page: BasePage, words: PageWords) -> None:
    """Give a draft its words, and a note that they are to be confirmed."""
    page.title = page.draft_title = words.title
    page.summary = words.summary
    page.editorial_note = "\n\n".join(filter(None, [TO_BE_CONFIRMED, words.note]))
    for name, value in words.fields.items():
        setattr(page, name, value)
    page.save()
    page.save_revision()


def phrases(pages: list[BasePage | None]) -> list[str]:
    """Return what a command says of the drafts that were made."""
    return [f"Swedish draft “{page.title}”" for page in pages if page is not None]
