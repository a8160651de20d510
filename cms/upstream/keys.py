"""Keys of other objects, which a request may have made up.

Django 6.1.3 and Wagtail 8.0.1; no issue known. SQLite fails on `pk__in` with a number of more than
64 bits, which all other lookups of Django take for "no such row". Wagtail's choosers ask for
whatever was sent as a key in order to show it, and fail on a word.

Changed: such numbers are left out of `pk__in`; a chooser reads what is no key as a key that no
object has, which the field behind it refuses in words.

Delete when `IntegerField` has a lookup for `in` with its `IntegerFieldOverflow`, and when
`BaseChooser.get_instance` returns None for what is no key.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.lookups import In
from wagtail.admin.widgets import BaseChooser

_OF_NO_OBJECT = "0"


def is_key(model: type[models.Model], value: Any) -> bool:
    """Return whether `value` could be the primary key of a `model`, in this database."""
    key: Any = model._meta.pk
    while key.remote_field:
        key = key.target_field
    try:
        key.run_validators(key.to_python(value))
    except (ValidationError, OverflowError):
        return False
    return True


class IntegerFieldIn(In):
    """`in` without the numbers that no row can have."""

    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        """Return the SQL of the right side; raise EmptyResultSet where nothing is left of it."""
        if self.rhs_is_direct_value():
            kind = self.lhs.output_field.get_internal_type()
            least, most = connection.ops.integer_field_range(kind)
            self.rhs = [key for key in self.rhs if key is None or least <= key <= most]
        return super().process_rhs(compiler, connection)


def guard() -> None:
    """Put both in their places."""
    models.IntegerField.register_lookup(IntegerFieldIn)
    read = BaseChooser.value_from_datadict

    def value_from_datadict(self: BaseChooser, data: Any, files: Any, name: str) -> Any:
        value = read(self, data, files, name)
        return value if value is None or is_key(self.model_class, value) else _OF_NO_OBJECT

    BaseChooser.value_from_datadict = value_from_datadict
