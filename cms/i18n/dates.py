"""Dates in as few words as a person needs, in the reader's language (Unicode CLDR's names)."""

from datetime import date

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from django.utils.translation import get_language

_DAY = "d"
_DAY_AND_MONTH = "d MMM"
_FULL = "d MMM y"


def short_date(day: date, *, near: date | None = None) -> str:
    """Return `day` such as “1 Sep 2026”, without the year where it is that of `near`."""
    same_year = near is not None and near.year == day.year
    return _format(day, _DAY_AND_MONTH if same_year else _FULL)


def short_date_range(first: date, last: date | None = None) -> str:
    """Return the days from `first` to `last` such as “12–24 Oct 2026” or “28 Oct – 3 Nov 2026”.

    Without `last`, or where it is the same day, that one day.
    """
    if last is None or last == first:
        return _format(first, _FULL)
    end = _format(last, _FULL)
    if first.year != last.year or last < first:
        return f"{_format(first, _FULL)} – {end}"
    if first.month != last.month:
        return f"{_format(first, _DAY_AND_MONTH)} – {end}"
    return f"{_format(first, _DAY)}–{end}"


def _format(day: date, pattern: str) -> str:
    # CLDR's British English has “Sept”, its plain English “Sep”, as everybody else's calendar.
    return format_date(day, pattern, locale=_locale())


def _locale() -> Locale:
    language = (get_language() or "en").partition("-")[0]
    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return Locale("en")
