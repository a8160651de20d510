"""Lists of courses and sessions for visitors and partners: filters, search form, querysets."""
