"""Swedish words for what a new site starts with, as drafts that somebody has to confirm.

The rules of loading hold. Besides, a page is translated only while its source is as it was
loaded: words for a text that staff have changed would say something else than the page.
"""

from collections.abc import Iterable
from typing import Any, Final

from wagtail.models import Locale, Page, Site

from cms.operations.starter_content.files import Content, read
from cms.operations.starter_content.loading import deleted_by_staff, touched_by_staff
from cms.pages.base import BasePage

LANGUAGE: Final = "sv"
TO_BE_CONFIRMED: Final = (
    "Översättningen ska bekräftas av forskarskolan innan sidan publiceras. Ta bort den här "
    "anteckningen när det är gjort.\n"
    "Translation to be confirmed by the school before this page is published. Clear this note "
    "when it is."
)


def translate_pages(
    site: Site, app_label: str, kinds: Iterable[tuple[type[BasePage], str]]
) -> list[str]:
    """Add the drafts that are missing of an app's pages; return a phrase for each.

    `kinds` are types of page with the names of their content files, parents first.
    """
    loaded = []
    for kind, name in kinds:
        pages = kind.objects.descendant_of(site.root_page).filter(locale=Locale.get_default())
        loaded += translate_once(pages.first(), read(app_label, f"{LANGUAGE}/{name}"))
    return loaded


def translate_once(source: BasePage | None, content: Content) -> list[str]:
    """Add a draft of `source` with Swedish words below its translated parent.

    Returns a phrase for it. Nothing is done where there is no source or no Swedish parent, the
    translation is there in whatever state, or staff have changed the source or deleted a page of
    its kind.
    """
    locale = Locale.objects.filter(language_code=LANGUAGE).first()
    if source is None or locale is None or source.has_translation(locale):
        return []
    if touched_by_staff(source) or deleted_by_staff(type(source)):
        return []
    if not source.get_parent().has_translation(locale):
        return []
    page: BasePage = source.copy_for_translation(locale)
    if not page.get_siblings(inclusive=False).filter(slug=content["slug"]).exists():
        page.slug = content["slug"]
    with content.blamed():
        return put_words(page, content.fields(type(page), but={"slug"}))


def put_words(page: Page, words: dict[str, Any]) -> list[str]:
    """Give a draft its words, and a note that they are to be confirmed; return a phrase for it.

    A note of the words' own follows: what else is to be confirmed.
    """
    notes = [TO_BE_CONFIRMED, words.get("editorial_note", "")]
    for name, value in {**words, "editorial_note": "\n\n".join(filter(None, notes))}.items():
        setattr(page, name, value)
    page.draft_title = page.title
    page.save()
    page.save_revision()
    return [f"Swedish draft “{page.title}”"]
