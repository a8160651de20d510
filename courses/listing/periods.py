"""When a course starts, as visitors ask for it: soon, or in a term."""

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.i18n.clock import school_today

# How many days lie ahead of today, and what that is called.
_AHEAD = {
    "3-months": (92, gettext_lazy("In the next three months")),
    "6-months": (183, gettext_lazy("In the next six months")),
}
# The terms of Swedish universities as calendars know them: by the halves of the year.
_FIRST_MONTHS = {"spring": 1, "autumn": 7}
_TERMS_AHEAD = 4


def days_of(period: str, today: date) -> tuple[date, date] | None:
    """Return the first and the last day of one of `period_choices`; None for any other word."""
    if period in _AHEAD:
        return today, today + timedelta(days=_AHEAD[period][0])
    year, _dash, term = period.partition("-")
    if term not in _FIRST_MONTHS or not year.isdecimal():
        return None
    first = date(int(year), _FIRST_MONTHS[term], 1)
    return first, date(first.year, first.month + 5, 30 if term == "spring" else 31)


def period_choices() -> list[tuple[str, str]]:
    """Return what can be asked for today, with its name: months ahead, and the terms by name."""
    ahead = [(value, str(label)) for value, (_days, label) in _AHEAD.items()]
    return [*ahead, *(_term(number) for number in range(_TERMS_AHEAD))]


def _term(number: int) -> tuple[str, str]:
    """Return the term that is `number` terms after the current one."""
    today = school_today()
    halves = 2 * today.year + (today.month > 6) + number
    year, is_autumn = divmod(halves, 2)
    if is_autumn:
        return f"{year}-autumn", _("Autumn %(year)s") % {"year": year}
    return f"{year}-spring", _("Spring %(year)s") % {"year": year}
