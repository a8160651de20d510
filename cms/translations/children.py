"""Pages with what belongs to them, read at once."""

from django.db.models import prefetch_related_objects
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations

from cms.translations.models import TranslatedPage


def with_children[P: TranslatedPage](pages: list[P]) -> list[P]:
    """Return `pages`, all of one type, with their children as the database has them.

    They are to be read: a page that is saved afterwards would not know of other children.
    """
    if pages:
        relations = [relation.get_accessor_name() for relation in get_all_child_relations(pages[0])]
        relations += [field.name for field in get_all_child_m2m_relations(pages[0])]
        prefetch_related_objects(pages, *relations)
    return pages
