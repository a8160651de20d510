"""Children of pages, for each of which modelcluster asks the database what it already knows.

Wagtail 8.0.1 with django-modelcluster 6.5; no issue known. A form asks for each child by its key,
having all of them; a version of a page that is put together asks whether the page and the locale
of each child exist. A course with ten sessions took thirty queries more to publish for it.

An earlier version has children whose rows have been removed since: its form was refused with an
error at their hidden keys, which nobody sees.

Changed: a form looks among the children it has before it asks. One without a row gets a new one.
A model with `KnownOwner` takes for granted that its page and locale are there, which the database
holds.

Delete when publishing a page takes as many queries with ten children as with two, but for their
own rows.
"""

from functools import wraps
from typing import Any, Self

from django.core.exceptions import ValidationError
from modelcluster.forms import BaseChildFormSet
from modelcluster.models import model_from_serializable_data


class KnownOwner:
    """A child whose only foreign keys are those to its page and its locale."""

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> Self:
        """Return the child as a version of its page has it."""
        child: Self = model_from_serializable_data(cls, data, check_fks=False)
        return child


def guard() -> None:
    """Have forms find their children among those they have."""
    add_fields = BaseChildFormSet.add_fields

    @wraps(add_fields)
    def with_known_children(self: Any, form: Any, index: int | None) -> None:
        add_fields(self, form, index)
        key = form.fields[self.model._meta.pk.name]
        ask = key.to_python

        def find(value: Any) -> Any:
            known = {str(child.pk): child for child in self.get_queryset() if child.pk}
            try:
                return known.get(str(value)) or ask(value)
            except ValidationError:
                return None

        key.to_python = find

    BaseChildFormSet.add_fields = with_known_children
