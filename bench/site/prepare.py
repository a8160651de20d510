"""Prepares an empty database and the static files: `python -m bench.site.prepare 1000 [--admin]`.

One process for all steps, because loading the code takes longer than most of them.
Prints which course to measure, as `bench.site.data` does.
"""

import sys
from io import StringIO

import django

COLLECT = ("collectstatic", "--no-input", "--verbosity=0")
# Mostly visitors' pages alone are measured. The admin's files are most of the work, and a visitor's
# page that asked for one of them would fail for lack of it.
ONLY_VISITORS = "--ignore=wagtail*"
STEPS = (
    ("migrate", "--no-input", "--verbosity=0"),
    ("setup_site",),
    ("load_school_content",),
    ("load_sample_courses", "--force"),
)


def prepare(*, admin: bool) -> None:
    """Take every step from an empty database to the school's content with sample courses."""
    from django.core.management import call_command

    for step in (COLLECT if admin else (*COLLECT, ONLY_VISITORS), *STEPS):
        # What they say is of no use here; standard output is for the result.
        call_command(*step, stdout=StringIO())


if __name__ == "__main__":
    django.setup()
    from bench.site.data import fill

    prepare(admin="--admin" in sys.argv)
    print(fill(int(sys.argv[1])).as_json())  # noqa: T201
