"""`manage.py start`: from an empty directory to a served site in one command."""

import os
import socket
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.management.commands.runserver import Command as RunserverCommand
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import autoreload
from django.utils.autoreload import DJANGO_AUTORELOAD_ENV

from cms.catalogues import compile_outdated
from cms.models import User

PORTS_TO_TRY = 100


class Command(RunserverCommand):
    """Django's development server, which first sets up what is missing and repeats nothing."""

    help = "Set up database, site, content and administrator where missing, then serve the site."

    def handle(self, *args: Any, **options: Any) -> None:
        # The autoreloader runs this command again in a child process for every change of the
        # code; setting up belongs to the parent alone.
        if os.environ.get(DJANGO_AUTORELOAD_ENV) != "true":
            if not settings.DEBUG:
                raise CommandError(
                    "This command serves development only; in production gunicorn serves the site."
                )
            port = find_port(settings.PORT)
            if port != settings.PORT:
                self.stdout.write(f"Port {settings.PORT} is taken; using {port}.")
            self.set_up(port)
            # The child process reads its settings anew and finds the chosen port there.
            os.environ["PORT"] = str(port)
        else:
            port = settings.PORT
        super().handle(*args, **options | {"addrport": str(port)})

    def set_up(self, port: int) -> None:
        """Bring database, site, content and administrator to where a visitor can come."""
        compile_outdated()
        self.migrate()
        output = {"stdout": self.stdout, "stderr": self.stderr}
        call_command("setup_site", base_url=f"http://localhost:{port}", **output)
        call_command("load_school_content", **output)
        call_command("load_sample_courses", **output)
        # Last, so that a generated password stands right above the addresses.
        call_command("ensure_admin", **output)
        # The child process opens its own connections.
        connections.close_all()

    def migrate(self) -> None:
        executor = MigrationExecutor(connection)
        missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        if not missing:
            self.stdout.write("Database: up to date.")
            return
        self.stdout.write(f"Database: applying {missing} migrations, a moment please …")
        call_command("migrate", interactive=False, verbosity=0)

    def inner_run(self, *args: Any, **options: Any) -> None:
        # Silent unless something is wrong, so that the last lines are the addresses.
        autoreload.raise_last_exception()
        if not options["skip_checks"]:
            self.check()
        super().inner_run(*args, **options | {"skip_checks": True})

    def on_bind(self, server_port: int) -> None:
        """The last lines before the log of requests: where everything is."""
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


def find_port(wanted: int) -> int:
    """The wanted port, or the next one after it that nobody listens on."""
    for port in range(wanted, min(wanted + PORTS_TO_TRY, 65536)):
        if is_free(port):
            return port
    raise CommandError(f"No free port from {wanted} on. Choose another: make start PORT=9000")


def is_free(port: int) -> bool:
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
