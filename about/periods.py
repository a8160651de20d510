"""The years of a grant as they look today."""

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class YearStatus(TextChoices):
    """Where a year lies in time."""

    PAST = "past", _("over")
    CURRENT = "current", _("this year")
    FUTURE = "future", _("to come")


@dataclass(frozen=True, slots=True)
class Year:
    """One year of a period."""

    number: int
    status: YearStatus


def years_of(first: int, last: int, today: date) -> list[Year]:
    """Return the years from `first` to `last`, both included, as they are on `today`."""

    def status(year: int) -> YearStatus:
        if year == today.year:
            return YearStatus.CURRENT
        return YearStatus.PAST if year < today.year else YearStatus.FUTURE

    return [Year(year, status(year)) for year in range(first, last + 1)]
