"""`manage.py start`: from an empty directory to a served site in one command."""

import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.management.commands.runserver import Command as RunserverCommand
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import autoreload
from django.utils.autoreload import DJANGO_AUTORELOAD_ENV

from cms.i18n.catalogues import compile_outdated
from cms.models import User
from cms.operations.observability.logs import kept_in
from cms.operations.observability.runserver import Server

logger = logging.getLogger(__name__)

PORTS_TO_TRY = 100
LINE_LENGTH = 80
# The status with which Django's autoreloader asks to be started again.
CODE_CHANGED = 3


class Command(RunserverCommand):
    """Django's development server, which first sets up what is missing and repeats nothing.

    One process sets up and then serves: loading the code and the models takes longer than all
    the rest of a second start. When code changes, it replaces itself by a new one.
    """

    help = "Set up database, site, content and administrator where missing, then serve the site."
    server_cls = Server

    def handle(self, *args: Any, **options: Any) -> None:
        # The autoreloader's mark: this process has set up, or comes after one that has.
        self.is_first = os.environ.get(DJANGO_AUTORELOAD_ENV) != "true"
        if self.is_first:
            if not settings.DEBUG:
                raise CommandError(
                    "This command serves development only; in production gunicorn serves the site."
                )
            port = find_port(settings.PORT)
            if port != settings.PORT:
                self.stdout.write(f"Port {settings.PORT} is taken; using {port}.")
                self.stdout.flush()
                # Addresses in the settings hold the port, so they have to be read anew.
                replace_process(PORT=str(port))
            self.set_up(port, Path(settings.VAR_DIR) / "start.log", options["skip_checks"])
            os.environ[DJANGO_AUTORELOAD_ENV] = "true"
        try:
            super().handle(*args, **options | {"addrport": str(settings.PORT)})
        except SystemExit as end:
            # make passes on what the terminal has sent to everybody: once is enough.
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            if end.code != CODE_CHANGED:
                raise
            replace_process()

    def set_up(self, port: int, log: Path, skip_checks: bool = False) -> None:
        """Bring database, site, content and administrator to where a visitor can come."""
        with kept_in(log):
            self.step("Texts", compile_texts)
            if not skip_checks:
                # Here, where what is wrong ends the command; later it waits for a change.
                self.step("Checks", self.run_checks)
            self.step("Database", self.migrate)
            self.step("", command("setup_site", base_url=f"http://localhost:{port}"))
            self.step("", command("load_school_content"))
            self.step("", command("load_sample_courses"))
            # Last, so that a generated password stands right above the addresses.
            said = command("ensure_admin")()
        self.stdout.write(f"Details are in {relative(log)}.")
        if said:
            self.stdout.write(f"\n{said}")
        # The server's threads open connections of their own.
        connections.close_all()

    def step(self, name: str, run: Callable[[], str]) -> None:
        """Run a part of setting up; say in one line how it went, and how long it took."""
        started = time.perf_counter()
        said = run()
        text = f"{name}: {said}" if name else said
        logger.info("%s", " ".join(text.split()))
        if len(text) > LINE_LENGTH:
            text = text.partition(":")[0] + "."
        self.stdout.write(f"{text.removesuffix('.')} ({time.perf_counter() - started:.1f} s).")
        self.stdout.flush()

    def run_checks(self) -> str:
        """Run Django's and Wagtail's checks, which show what is wrong by themselves."""
        self.check()
        return "nothing is wrong."

    def migrate(self) -> str:
        executor = MigrationExecutor(connection)
        missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        if not missing:
            return "up to date."
        self.stdout.write(f"Database: applying {missing} migrations, a moment please …")
        self.stdout.flush()
        call_command("migrate", interactive=False, verbosity=0)
        return "migrated."

    def inner_run(self, *args: Any, **options: Any) -> None:
        autoreload.raise_last_exception()
        # The first process has checked all this a moment ago.
        if not self.is_first and not options["skip_checks"]:
            self.check()
        super().inner_run(*args, **options | {"skip_checks": True})

    def check_migrations(self) -> None:
        """Look for migrations that are missing, unless they have just been applied."""
        if not self.is_first:
            super().check_migrations()

    def on_bind(self, server_port: int) -> None:
        """The last lines before the log of requests: where everything is."""
        if not self.is_first:
            self.stdout.write("The code has changed, and is loaded.")
            self.stdout.flush()
            return
        site = f"http://localhost:{server_port}/"
        admin = User.objects.filter(is_superuser=True, is_active=True).order_by("pk").first()
        connections.close_all()
        name = f"   (administrator: {admin.get_username()})" if admin else ""
        self.stdout.write(
            f"\n"
            f"  Site   {site}\n"
            f"  Admin  {site}{settings.ADMIN_PATH}{name}\n"
            f"  API    {site}api/v2/pages/\n"
            f"\n"
            f"Stop with Ctrl+C."
        )
        self.stdout.flush()


def command(name: str, **options: Any) -> Callable[[], str]:
    """Return a function that runs a management command, and returns what it said."""

    def run() -> str:
        said = StringIO()
        call_command(name, stdout=said, **options)
        return said.getvalue().strip()

    return run


def compile_texts() -> str:
    """Compile the translated texts that changed."""
    languages = sorted({source.parts[-3] for source in compile_outdated()})
    return f"compiled for {', '.join(languages)}." if languages else "up to date."


def relative(path: Path) -> Path:
    """Return a path as somebody in the directory of the project would type it."""
    return path.relative_to(settings.BASE_DIR) if path.is_relative_to(settings.BASE_DIR) else path


def replace_process(**environment: str) -> None:
    """Start this command again in the place of this process: same id, same terminal, new code."""
    arguments = [str(argument) for argument in autoreload.get_child_arguments()]
    # What is ignored stays ignored in what comes next.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # Nothing of a shell's is in it: these are the arguments that this process was given.
    os.execve(sys.executable, arguments, os.environ | environment)  # noqa: S606 # nosec B606


def find_port(wanted: int) -> int:
    """The wanted port, or the next one after it that nobody listens on."""
    for port in range(wanted, min(wanted + PORTS_TO_TRY, 65536)):
        if is_free(port):
            return port
    raise CommandError(f"No free port from {wanted} on. Choose another: make start PORT=9000")


def is_free(port: int) -> bool:
    """Return whether nobody listens on `port` of this machine."""
    # Another address family's listener would answer to “localhost”, though binding succeeds.
    try:
        with socket.create_connection(("localhost", port), timeout=1):
            return False
    except OSError:
        pass
    with socket.socket() as candidate:
        # As the server does it, or a port that was in use a minute ago seems taken.
        candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            candidate.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
