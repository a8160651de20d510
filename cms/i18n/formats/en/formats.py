"""British, as all English on the site: Django's own English is American."""

DATE_FORMAT = "j F Y"
MONTH_DAY_FORMAT = "j F"
# Monday: the calendar of an English-speaking editor is the one on the wall of the office.
FIRST_DAY_OF_WEEK = 1
