#!/usr/bin/env python
"""Django's command line for this project; development settings unless told otherwise."""

import gc
import os
import sys


def main() -> None:
    # A command is short and holds many objects for all of it, migrations most of all: looking
    # through them again and again was a fifth of the time that `migrate` takes.
    gc.set_threshold(200_000, 50, 100)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.development")
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit("Django is not installed in this Python. Run `make start`, or activate .venv.")
    from cms.settings.environment import EnvironmentIncomplete

    try:
        execute_from_command_line(sys.argv)
    except EnvironmentIncomplete as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
