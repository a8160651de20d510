"""Choosers within blocks, which forget a choice that names no object instead of refusing it.

Wagtail 8.0.1; no issue known. An editor's choice of something that was deleted meanwhile is lost
without a word: `ChooserBlock.value_from_form` returns None, which an optional block takes.

Changed: the key is kept until the field behind the block refuses it.

Delete when a Wagtail block says "Select a valid choice" for a key that no object has.
"""

from typing import Any

from wagtail.blocks import PageChooserBlock as WagtailPageChooserBlock
from wagtail.documents.blocks import DocumentChooserBlock as WagtailDocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock as WagtailImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock as WagtailSnippetChooserBlock


class KeepsChoice:
    """Keeps what was sent until the field refuses it, with a message."""

    def value_from_form(self, value: Any) -> Any:
        """Return the object; the key where no object has it."""
        found = super().value_from_form(value)  # type: ignore[misc]
        return value if found is None else found


class PageChooserBlock(KeepsChoice, WagtailPageChooserBlock):
    """A page of the site."""


class DocumentChooserBlock(KeepsChoice, WagtailDocumentChooserBlock):
    """A document of the library."""


class ImageChooserBlock(KeepsChoice, WagtailImageChooserBlock):
    """An image of the library."""


class SnippetChooserBlock(KeepsChoice, WagtailSnippetChooserBlock):
    """A snippet, such as a university."""
