"""The site as visitors meet it: a server of its own, files as production serves them."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test.testcases import LiveServerThread
from django.test.utils import override_settings

HOST = "127.0.0.1"
# Nobody here opens the admin, whose files are many.
NOT_COLLECTED = ["wagtailadmin/*", "wagtailimages/*", "wagtaildocs/*", "rest_framework/*"]


class _OneByOne:
    """Answers one request at a time.

    All threads share one connection to a database in memory, and with it one transaction.
    """

    def __init__(self, application: Any) -> None:
        self.application = application
        self.lock = threading.Lock()

    def __call__(self, environ: Any, start_response: Any) -> list[bytes]:
        with self.lock:
            response = self.application(environ, start_response)
            try:
                return list(response)
            finally:
                if hasattr(response, "close"):
                    response.close()


class _Server(LiveServerThread):
    """Django's, without its own way of serving static files: WhiteNoise is to do it."""

    def __init__(self, connections_override: dict[str, Any]) -> None:
        super().__init__(HOST, cast("Any", _OneByOne), connections_override)
        self.daemon = True

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"


@contextmanager
def production_files(directory: Path) -> Iterator[None]:
    """Collect static files under `directory` and serve them by the names of their contents."""
    (directory / "media").mkdir()
    with override_settings(
        STATIC_ROOT=directory / "static",
        MEDIA_ROOT=directory / "media",
        STORAGES=settings.STORAGES
        | {
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
        },
        WHITENOISE_AUTOREFRESH=False,
    ):
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=NOT_COLLECTED)
        yield


@contextmanager
def admin_files() -> Iterator[None]:
    """Serve static files straight from their packages: the admin has too many to collect."""
    with override_settings(
        STORAGES=settings.STORAGES
        | {
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
        WHITENOISE_AUTOREFRESH=True,
        WHITENOISE_USE_FINDERS=True,
    ):
        yield


@contextmanager
def serving() -> Iterator[str]:
    """Serve the site from a thread; give its address."""
    shared = {
        connection.alias: connection
        for connection in connections.all()
        if connection.vendor == "sqlite" and connection.is_in_memory_db()  # type: ignore[attr-defined]
    }
    for connection in shared.values():
        connection.inc_thread_sharing()
    server = _Server(shared)
    server.start()
    server.is_ready.wait()
    try:
        if server.error:
            raise server.error
        yield server.url
    finally:
        # The connections stay shared: a thread that is still answering closes them in its own time.
        server.terminate()
