"""Wagtail's choosers, which take what is no key for a wrong choice and not for a key."""

from typing import Any

from wagtail.blocks import PageChooserBlock as WagtailPageChooserBlock
from wagtail.documents.blocks import DocumentChooserBlock as WagtailDocumentChooserBlock
from wagtail.images.blocks import ImageBlock as WagtailImageBlock
from wagtail.images.blocks import ImageChooserBlock as WagtailImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock as WagtailSnippetChooserBlock

from cms.upstream.references import is_key


class ChecksKeys:
    """Keeps what was sent until the field refuses it, with a message."""

    def value_from_form(self, value: Any) -> Any:
        """Return the object; what names none comes back as it is."""
        is_object = value is None or isinstance(value, self.model_class)  # type: ignore[attr-defined]
        if is_object or is_key(self.model_class, value):  # type: ignore[attr-defined]
            return super().value_from_form(value)  # type: ignore[misc]
        return value

    def clean(self, value: Any) -> Any:
        """Return the object; raise ValidationError where there is none."""
        if isinstance(value, str) and not is_key(self.model_class, value):  # type: ignore[attr-defined]
            # No object has it, and every database can be asked for it.
            value = "0"
        return super().clean(value)  # type: ignore[misc]

    def get_form_state(self, value: Any) -> Any:
        """Return what the widget shows: nothing where nothing was chosen."""
        return super().get_form_state(None if isinstance(value, str) else value)  # type: ignore[misc]


class PageChooserBlock(ChecksKeys, WagtailPageChooserBlock):
    """A page of the site."""


class DocumentChooserBlock(ChecksKeys, WagtailDocumentChooserBlock):
    """A document of the library."""


class ImageChooserBlock(ChecksKeys, WagtailImageChooserBlock):
    """An image of the library."""


class SnippetChooserBlock(ChecksKeys, WagtailSnippetChooserBlock):
    """A snippet, such as a university."""


class ImageBlock(WagtailImageBlock):
    """An image of the library with its alternative text."""

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        """Return the image; nothing was chosen where what was sent is no key."""
        name = f"{prefix}-image"
        if data.get(name) and not is_key(self.child_blocks["image"].model_class, data[name]):
            data = data.copy()
            data[name] = ""
        return super().value_from_datadict(data, files, prefix)
