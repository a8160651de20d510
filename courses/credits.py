"""Högskolepoäng (hp), which are ECTS credits, as people write them."""

from decimal import Decimal

from django.template.defaultfilters import floatformat
from django.utils.translation import ngettext


def credits_in_words(amount: Decimal | None) -> str:
    """Return “7.5 credits” in English and “7,5 hp” in Swedish; nothing where none are given."""
    if not amount:
        return ""
    text = ngettext("%(credits)s credit", "%(credits)s credits", 1 if amount == 1 else 2)
    return text % {"credits": floatformat(amount)}
