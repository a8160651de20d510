"""Checked identifiers of organisations."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

ROR_PREFIX = "https://ror.org/"
_ROR_PATTERN = re.compile(r"^(?:https?://)?(?:ror\.org/)?(0[a-hj-km-np-tv-z0-9]{6}[0-9]{2})/?$")
_CROCKFORD_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def normalise_ror_id(value: str) -> str:
    """Return the full ROR address (`https://ror.org/…`) for an id typed with or without it.

    The last two characters are a checksum (ISO/IEC 7064, MOD 97-10) over the first seven in
    Crockford's base 32: https://ror.readme.io/docs/ror-identifier-pattern.

    Raises ValidationError where the id is malformed or its checksum is wrong.
    """
    match = _ROR_PATTERN.match(value.strip().lower())
    if match is None:
        raise ValidationError(
            _("“%(value)s” is not a ROR id. It looks like https://ror.org/012a77v79."),
            code="ror_malformed",
            params={"value": value},
        )
    identifier = match.group(1)
    number = 0
    for character in identifier[:7]:
        number = number * 32 + _CROCKFORD_ALPHABET.index(character)
    if f"{98 - (number * 100) % 97:02d}" != identifier[7:]:
        raise ValidationError(
            _("“%(value)s” has a typing error: its check digits are wrong. Copy it from ror.org."),
            code="ror_checksum",
            params={"value": value},
        )
    return f"{ROR_PREFIX}{identifier}"


def validate_ror_id(value: str) -> None:
    """Raise ValidationError unless `value` is a ROR id, bare or as an address."""
    normalise_ror_id(value)
