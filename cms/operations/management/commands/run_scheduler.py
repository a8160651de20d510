"""The process that makes pages go live and expire on time."""

import logging
import signal
import threading
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections, connection

from cms.accounts.personal_data.retention import forget
from cms.media.renditions import retry_broken_images
from cms.publishing.scheduling import publish_scheduled

logger = logging.getLogger(__name__)

A_DAY = 24 * 60 * 60
# A page is waiting to be published: after a failure, sooner than after a run that went well.
RETRY_SECONDS = 5.0


class Command(BaseCommand):
    """Publish and expire what is due, every minute, until told to stop.

    Tries images again that could not be shown, and forgets old sessions.
    """

    help = "Publishes and expires scheduled pages every minute until SIGTERM or SIGINT."
    # They load all views, which it has no use for: a third of its memory. `migrate` has checked.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="Run once and end.")
        parser.add_argument(
            "--interval", type=float, default=60.0, help="Seconds between runs. Default: 60."
        )

    def handle(self, *args: Any, once: bool, interval: float, **options: Any) -> None:
        if once:
            self.stdout.write(f"{publish_scheduled()} objects published or expired.")
            retry_broken_images()
            forget()
            return
        stop = threading.Event()
        self._clean_at = time.monotonic()

        def on_signal(signum: int, frame: FrameType | None) -> None:
            stop.set()

        signal.signal(signal.SIGTERM, on_signal)
        signal.signal(signal.SIGINT, on_signal)
        while not stop.is_set():
            stop.wait(interval if self._run() else min(interval, RETRY_SECONDS))

    def _run(self) -> bool:
        """Run once. Return whether the database could be used."""
        close_old_connections()
        try:
            changed = publish_scheduled()
            retry_broken_images()
            self._clean()
        except Error:
            logger.warning("The database cannot be used; trying again.", exc_info=True)
            connection.close()
            return False
        if changed:
            logger.info("%d objects published or expired.", changed)
        return True

    def _clean(self) -> None:
        """Forget what has ended, at the start and then once a day."""
        if time.monotonic() >= self._clean_at:
            forget()
            self._clean_at = time.monotonic() + A_DAY
