"""What stored texts and blocks lead to."""

from collections.abc import Iterator

from django.db.models import Model
from wagtail.blocks import ChooserBlock
from wagtail.documents import get_document_model
from wagtail.models import Page

from cms.blocks.stored import Part
from cms.blocks.stored_rich_text import links_in


def targets_of(part: Part) -> Iterator[tuple[type[Model], int]]:
    """Yield the model and the key of each object that a part of a text links to or shows."""
    models = {"page": Page, "document": get_document_model()}
    if part.is_rich_text:
        for link in links_in(part.value):
            if link.kind in models and link.key is not None:
                yield models[link.kind], link.key
    elif isinstance(part.block, ChooserBlock):
        yield part.block.model_class, part.value
