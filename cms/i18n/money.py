"""Amounts of money, kept as decimals and written for people."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

# ISO 4217. A short list keeps typing errors out; add a currency when a grant needs it.
CURRENCIES = [
    ("SEK", _("Swedish krona (SEK)")),
    ("EUR", _("Euro (EUR)")),
    ("DKK", _("Danish krone (DKK)")),
    ("NOK", _("Norwegian krone (NOK)")),
    ("GBP", _("Pound sterling (GBP)")),
    ("USD", _("US dollar (USD)")),
]
_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


def format_amount(amount: Decimal, currency: str) -> str:
    """Return an amount in the reader's language, such as “46,000,000 SEK” or “46 000 000 kr”.

    Whole amounts are written without decimals.
    """
    decimal_places = 0 if amount == amount.to_integral_value() else 2
    number = number_format(amount, decimal_pos=decimal_places, use_l10n=True, force_grouping=True)
    return f"{number}{_NO_BREAK_SPACE}{_unit(currency)}"


def _unit(currency: str) -> str:
    """Return what stands after an amount: kronor are “kr” to those who live with them."""
    if currency == "SEK":
        return pgettext("unit after an amount", "SEK")
    return currency
