"""References to other objects, which are checked though the object is at hand.

Django 6.1.3; no issue known. `ForeignKey.validate` asks the database whether the object exists,
also where it was read a moment ago: a form reads what was chosen and checks it, a log entry checks
the page, the person and the version it was made with. That was a sixth of the queries it takes to
publish a page.

Changed: an object that was read or saved in this process, and that the field may refer to, is not
asked for again. The database's own constraint holds in any case.

Delete when `ForeignKey.validate` does not ask for an object that the field has cached.
"""

from functools import wraps
from typing import Any

from django.db import models


def _is_at_hand(field: models.ForeignKey, value: Any, instance: models.Model | None) -> bool:
    if instance is None or field.get_limit_choices_to():
        return False
    known = field.get_cached_value(instance, default=None)
    return (
        known is not None
        and not known._state.adding
        and getattr(known, field.target_field.attname) == value
    )


def guard() -> None:
    """Have foreign keys ask only for what they do not have."""
    ask = models.ForeignKey.validate

    @wraps(ask)
    def validate(self: models.ForeignKey, value: Any, model_instance: models.Model | None) -> None:
        if value is not None and _is_at_hand(self, value, model_instance):
            models.Field.validate(self, value, model_instance)
        else:
            ask(self, value, model_instance)

    foreign_key: Any = models.ForeignKey
    foreign_key.validate = validate
