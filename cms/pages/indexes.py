"""What is kept beside a page to find it by: its words, and what it refers to."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import copy

from wagtail.models import ReferenceIndex
from wagtail.search.index import insert_or_update_object

from cms.publishing.signal_handlers import PRIVATE_FIELDS
from cms.translations.children import with_children
from cms.translations.models import TranslatedPage


@contextmanager
def indexed_once(page: TranslatedPage, update_fields: Iterable[str] | None) -> Iterator[None]:
    """Have a save of `page` bring both indexes up to date, once its children are written.

    Wagtail does so whenever the page or one of its children is saved, and reads all of it anew
    each time: for the words, before the children are written. What only a draft changes is in
    neither. Within a transaction.
    """
    # It asks for models, which this module comes before.
    from wagtail.signal_handlers import (  # noqa: PLC0415
        disable_reference_index_auto_update,
    )

    with disable_reference_index_auto_update():
        yield
    if update_fields is None or not PRIVATE_FIELDS.issuperset(update_fields):
        [whole] = with_children([copy(page)])
        insert_or_update_object(whole)
        ReferenceIndex.create_or_update_for_object(whole)
