"""The rich-text field of the admin, which keeps links that lead nowhere out of the database."""

from typing import Any

from bs4 import BeautifulSoup, Tag
from wagtail.admin.rich_text.editors.draftail import (
    DraftailRichTextArea,
    DraftailRichTextAreaAdapter,
)
from wagtail.admin.telepath import register

# Wagtail's links to its own things carry an id in the place of an address.
_LEADS_SOMEWHERE = ("href", "id")


class RichTextArea(DraftailRichTextArea):
    """Wagtail's editor; the words of an empty link stay, the link goes."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        """Return what was posted, as it is stored."""
        value: str | None = super().value_from_datadict(data, files, name)
        return without_empty_links(value) if value else value


register(DraftailRichTextAreaAdapter(), RichTextArea)


def without_empty_links(html: str) -> str:
    """Return `html` without links that have no words or no target; other HTML stays as it is."""
    if "<a" not in html:
        return html
    soup = BeautifulSoup(html, "html.parser")
    empty = [link for link in soup.find_all("a") if _is_empty(link)]
    for link in empty:
        link.unwrap()
    return str(soup) if empty else html


def _is_empty(link: Tag) -> bool:
    target = next((str(link[name]).strip() for name in _LEADS_SOMEWHERE if link.get(name)), "")
    return target in {"", "#"} or not link.get_text(strip=True)
