"""The school's calendar: what day it is in Sweden, whatever zone a request or a server runs in."""

from datetime import date
from zoneinfo import ZoneInfo

from django.utils import timezone

SCHOOL_TIME_ZONE = ZoneInfo("Europe/Stockholm")


def school_today() -> date:
    """Return today's date in Europe/Stockholm.

    Django's active time zone is not used: Wagtail activates each editor's own.
    """
    return timezone.localdate(timezone=SCHOOL_TIME_ZONE)
