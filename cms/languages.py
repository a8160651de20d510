"""Facts that are kept once in both of the school's languages, and shown in the reader's."""

from django.db import models
from django.utils.translation import get_language


def localised(instance: models.Model, field_name: str) -> str:
    """Return `field_name` in the active language.

    The Swedish text lives beside the English one in `<field_name>_sv`; where it is empty the
    English text is returned, so that a reader never meets a gap.
    """
    english: str = getattr(instance, field_name)
    if (get_language() or "").partition("-")[0] == "sv":
        return getattr(instance, f"{field_name}_sv") or english
    return english
