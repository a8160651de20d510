"""What is kept beside a page to find it by: its words, and what it refers to.

Wagtail brings both up to date whenever the page or one of its children is saved, and reads all of
it anew each time: for the words, before the children are written. Here a save does so once, at its
end. What only a draft changes is in neither.
"""

from contextlib import AbstractContextManager
from copy import copy

from wagtail.models import ReferenceIndex
from wagtail.search.index import insert_or_update_object

from cms.translations.children import with_children
from cms.translations.models import TranslatedPage
from cms.translations.synchronised_fields import carry_facts, showing_facts_of


def not_indexed() -> AbstractContextManager[None]:
    """Leave the indexes alone while a page and its children are saved."""
    # It asks for models, which this module comes before.
    from wagtail.signal_handlers import (  # noqa: PLC0415
        disable_reference_index_auto_update,
    )

    without_updates: AbstractContextManager[None] = disable_reference_index_auto_update()
    return without_updates


def bring_up_to_date(page: TranslatedPage, *, carries_facts: bool) -> None:
    """Have both indexes say what was saved of `page`, and its translations show its facts.

    The page is read once for all of it, as it is in the database. Within a transaction.
    """
    translations = showing_facts_of(page) if carries_facts else ()
    saved, *others = with_children([copy(page), *translations])
    insert_or_update_object(saved)
    ReferenceIndex.create_or_update_for_object(saved)
    carry_facts(saved, others)
