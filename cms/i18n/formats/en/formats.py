"""British, as all English on the site: Django's own English is American."""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y, H:i"
MONTH_DAY_FORMAT = "j F"
SHORT_DATE_FORMAT = "j M Y"
SHORT_DATETIME_FORMAT = "j M Y, H:i"
# Monday: the calendar of an English-speaking editor is the one on the wall of the office.
FIRST_DAY_OF_WEEK = 1
