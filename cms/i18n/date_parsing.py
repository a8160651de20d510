"""Reads dates and times as people type them, in the site's languages: forms and imports alike."""

import re
from datetime import date, datetime, time
from functools import cache
from typing import Final

from babel.dates import get_month_names
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.i18n.dates import short_date

# Nobody plans outside of these; a year beyond is a slip of the finger.
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_ISO: Final = re.compile(
    r"(?P<y>[0-9]{4})(?P<mark>[-/.])(?P<m>[0-9]{1,2})(?P=mark)(?P<d>[0-9]{1,2})"
    r"(?:[ t]00:00(?::00)?)?"
)
_COMPACT: Final = re.compile(r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})")
# The day comes first, as in all English on the site.
_NUMBERS: Final = re.compile(r"(?P<d>[0-9]{1,2})[./] ?(?P<m>[0-9]{1,2})(?:[./] ?| )(?P<y>[0-9]{4})")
# The one form of these in which Americans write the month first.
_AMERICAN: Final = re.compile(r"(?P<m>[0-9]{1,2})/(?P<d>[0-9]{1,2})/(?P<y>[0-9]{4})")
_WORDS: Final = re.compile(
    r"(?:den |the )?(?P<d>[0-9]{1,2})(?:\.|:e|st|nd|rd|th)?(?: of)? "
    r"(?P<month>[^\W\d_]+)\.?,? (?P<y>[0-9]{4})"
)
_MONTH_FIRST: Final = re.compile(
    r"(?P<month>[^\W\d_]+)\.? (?P<d>[0-9]{1,2})(?:st|nd|rd|th)?,? (?P<y>[0-9]{4})"
)
_CLOCK: Final = r"(?:at |klockan |kl\.? ?)"
_OF_24_HOURS: Final = re.compile(
    rf"{_CLOCK}?(?P<h>[0-9]{{1,2}})[.:](?P<min>[0-9]{{2}})(?:[.:](?P<s>[0-9]{{2}}))?"
)
_FOUR_DIGITS: Final = re.compile(rf"{_CLOCK}?(?P<h>[0-9]{{2}})(?P<min>[0-9]{{2}})")
_HOUR: Final = re.compile(rf"{_CLOCK}(?P<h>[0-9]{{1,2}})")
_OF_12_HOURS: Final = re.compile(
    rf"{_CLOCK}?(?P<h>[0-9]{{1,2}})(?:[.:](?P<min>[0-9]{{2}}))? ?(?P<half>[ap])\.?m\.?"
)
_MOMENT: Final = re.compile(rf"(?P<day>.*[0-9])(?:,? |t)(?P<time>{_CLOCK}?[0-9][^ ]*(?: ?[ap].*)?)")


def day(text: str) -> date:
    """Return the day that `text` names, such as “2026-10-12”, “12/10 2026” or “12 okt. 2026”.

    Raises ValidationError, with a message that says what to write, where there is no such day.
    """
    found = _day(_plain(text))
    if found is None:
        raise _refusal(_("“%(text)s” is not a date; write 2026-10-12 or 12 October 2026."), text)
    return _of_our_time(found, text)


def day_for_all(text: str) -> date:
    """Return the day that `text` names to everybody: for files, whoever has made them.

    Raises ValidationError as `day` does, and for what an American means otherwise: “1/4/2027”.
    """
    found = day(text)
    american = _day_in(_AMERICAN, _plain(text))
    if american in {None, found}:
        return found
    raise ValidationError(
        _("“%(text)s” can mean %(day)s or %(other)s; write %(iso)s for the first."),
        code="invalid",
        params={
            "text": text[:40],
            "day": short_date(found),
            "other": short_date(american),
            "iso": found.isoformat(),
        },
    )


def time_of_day(text: str) -> time:
    """Return the time that `text` names, such as “14:30”, “kl. 14.30” or “2.30 pm”.

    Raises ValidationError, with a message that says what to write, where there is no such time.
    """
    found = _time(_plain(text))
    if found is None:
        raise _refusal(_("“%(text)s” is not a time; write 14:30 or 2.30 pm."), text)
    return found


def moment(text: str) -> datetime:
    """Return the day and time that `text` names, such as “12 oktober 2026 kl. 14.30”, zoneless.

    Raises ValidationError, with a message that says what to write, where one of them is missing.
    """
    parts = _MOMENT.fullmatch(_plain(text))
    found_day = _day(parts["day"]) if parts else None
    found_time = _time(parts["time"]) if parts else None
    if found_day is None or found_time is None:
        raise _refusal(
            _(
                "“%(text)s” is not a date with a time; "
                "write 2026-10-12 14:30 or 12 October 2026 at 14:30."
            ),
            text,
        )
    return datetime.combine(_of_our_time(found_day, text), found_time)


def _plain(text: str) -> str:
    # No form is as long as what is kept, and no search through it takes long.
    return " ".join(text.split())[:80].lower()


def _refusal(message: str, text: str) -> ValidationError:
    return ValidationError(message, code="invalid", params={"text": text[:40]})


def _of_our_time(found: date, text: str) -> date:
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise _refusal(_("The year of “%(text)s” cannot be right."), text)
    return found


def _day(text: str) -> date | None:
    patterns = (_ISO, _COMPACT, _NUMBERS, _WORDS, _MONTH_FIRST)
    return next(filter(None, (_day_in(pattern, text) for pattern in patterns)), None)


def _day_in(pattern: re.Pattern[str], text: str) -> date | None:
    match = pattern.fullmatch(text)
    if match is None:
        return None
    parts = match.groupdict()
    month = _month(parts["month"]) if "month" in parts else int(parts["m"])
    try:
        return date(int(parts["y"]), month, int(parts["d"]))
    except ValueError:
        return None


def _month(word: str) -> int:
    """Return the month that begins with `word` in one of the site's languages, or 0."""
    if len(word) < 3:
        return 0
    return next((month for name, month in _months() if name.startswith(word)), 0)


@cache
def _months() -> list[tuple[str, int]]:
    return [
        (name.lower(), month)
        for language, _name in settings.LANGUAGES
        for month, name in get_month_names("wide", locale=language).items()
    ]


def _time(text: str) -> time | None:
    for pattern in (_OF_24_HOURS, _FOUR_DIGITS, _HOUR, _OF_12_HOURS):
        if match := pattern.fullmatch(text):
            parts = match.groupdict()
            hour = int(parts["h"])
            if "half" in parts:
                if not 1 <= hour <= 12:
                    return None
                hour = hour % 12 + (12 if parts["half"] == "p" else 0)
            try:
                return time(hour, int(parts.get("min") or 0), int(parts.get("s") or 0))
            except ValueError:
                return None
    return None
