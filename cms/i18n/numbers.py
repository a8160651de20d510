"""Reads and writes numbers as people do: with a decimal comma or point, thousands apart."""

import re
from decimal import Decimal
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _

# More than any amount has, with the spaces in it; what is longer is no number.
_LONGEST: Final = 40
_FORMS: Final = [
    # Each with the mark that parts its thousands, and the one before its decimals.
    (re.compile(r"-?[0-9]*[.,]?[0-9]+"), "", ".,"),
    (re.compile(r"-?[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]+)?"), " ", ".,"),
    (re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?"), ",", "."),
    (re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?"), ".", ","),
]
# Thousands to one reader, decimals to another.
_AMBIGUOUS: Final = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}")


def number(text: str) -> Decimal:
    """Return the number that `text` writes: “7,5”, “7.5”, “1 500 000”, “1,500,000.50”.

    Spaces of any kind part thousands. Raises ValidationError, with a message that says what to
    write, for everything else, and for what can be read in two ways, such as “1.500”.
    """
    found = _read(text)
    if found is None:
        raise _refusal(
            _("“%(text)s” is not a number; write it in figures, such as 7.5 or 1 500 000."), text
        )
    return found


def whole_number(text: str) -> int:
    """Return the whole number that `text` writes, in any form that `number` reads.

    Raises ValidationError as `number` does, and for fractions.
    """
    found = _read(text)
    if found is None or found != found.to_integral_value():
        raise _refusal(
            _("“%(text)s” is not a whole number; write it in figures, such as 20 or 1 500."), text
        )
    return int(found)


def number_text(value: float | Decimal) -> str:
    """Return `value` as the reader's language writes it, in a form that `number` reads back.

    Whole numbers have no decimals. Thousands stand apart from five digits on, as years must not.
    """
    exact = Decimal(str(value))
    decimals = 0 if exact == exact.to_integral_value() else None
    text = _written(exact, decimals, apart=abs(exact) >= 10_000)
    # English commas, where there is but one, could be a Swede's decimal comma.
    return _written(exact, decimals, apart=False) if _AMBIGUOUS.fullmatch(text) else text


def _written(value: Decimal, decimals: int | None, *, apart: bool) -> str:
    return number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=apart)


def _read(text: str) -> Decimal | None:
    plain = " ".join(text.split()).replace("\N{MINUS SIGN}", "-")
    if len(plain) > _LONGEST:
        return None
    if _AMBIGUOUS.fullmatch(plain):
        raise _ambiguity(text, plain)
    for pattern, thousands, marks in _FORMS:
        if pattern.fullmatch(plain):
            digits = plain.replace(thousands, "") if thousands else plain
            return Decimal(re.sub(f"[{marks}]", ".", digits))
    return None


def _ambiguity(text: str, plain: str) -> ValidationError:
    whole, fraction = re.sub(r"[.,]", "", plain), plain.replace(",", ".").rstrip("0").rstrip(".")
    return ValidationError(
        _("“%(text)s” can mean %(whole)s or %(fraction)s; write the one that you mean."),
        code="invalid",
        params={
            "text": text,
            "whole": number_format(Decimal(whole), use_l10n=True),
            "fraction": number_format(Decimal(fraction), use_l10n=True),
        },
    )


def _refusal(message: str, text: str) -> ValidationError:
    return ValidationError(message, code="invalid", params={"text": text[:_LONGEST]})
