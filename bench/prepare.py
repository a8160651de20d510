"""Prepares an empty database and the static files: `python -m bench.prepare 1000`.

One process for all steps, because loading the code takes longer than most of them.
Prints which course to measure, as `bench.data` does.
"""

import sys
from io import StringIO

import django

STEPS = (
    # Only visitors' pages are measured. The admin's files are most of the work, and a visitor's
    # page that asked for one of them would fail for lack of it.
    ("collectstatic", "--no-input", "--verbosity=0", "--ignore=wagtail*"),
    ("migrate", "--no-input", "--verbosity=0"),
    ("setup_site",),
    ("load_school_content",),
    ("load_sample_courses", "--force"),
)


def prepare() -> None:
    """Take every step from an empty database to the school's content with sample courses."""
    from django.core.management import call_command

    for step in STEPS:
        # What they say is of no use here; standard output is for the result.
        call_command(*step, stdout=StringIO())


if __name__ == "__main__":
    django.setup()
    from bench.data import fill

    prepare()
    print(fill(int(sys.argv[1])).as_json())  # noqa: T201
