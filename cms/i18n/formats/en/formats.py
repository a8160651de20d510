"""British, as all English on the site: Django's own English is American."""

DATE_FORMAT = "j F Y"
MONTH_DAY_FORMAT = "j F"
