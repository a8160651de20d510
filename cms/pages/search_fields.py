"""What pages are found by: by visitors in whole words, in the admin by the beginnings of them."""

from collections.abc import Iterable

from wagtail.search.index import (
    AutocompleteField,
    BaseField,
    FilterField,
    RelatedFields,
    SearchField,
)

type Field = BaseField | FilterField | RelatedFields


# How much the fields count that say in a few words what a page is about, or when and where.
FACT, SESSION = 1.5, 1.4


def texts_of(relation: str, *names: str, boost: float | None = None) -> RelatedFields:
    """Return the texts called `names` of what stands in another table."""
    return RelatedFields(relation, [SearchField(name, boost=boost) for name in names])


def with_beginnings(fields: Iterable[Field]) -> list[Field]:
    """Return `fields` with each text among them as one that the admin looks in.

    The admin's search, lists and choosers look in these fields only: what visitors find and
    editors do not would be a riddle to them.
    """
    found: dict[tuple[type, str], Field] = {}
    for field in fields:
        if isinstance(field, RelatedFields):
            inner = with_beginnings(field.fields)
            found[RelatedFields, field.field_name] = RelatedFields(field.field_name, inner)
            continue
        found[type(field), field.field_name] = field
        if isinstance(field, SearchField):
            found[AutocompleteField, field.field_name] = AutocompleteField(field.field_name)
    return list(found.values())
