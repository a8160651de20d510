"""One short line for each request that the development server answers."""

import logging
import time
from typing import Any

from django.core.servers.basehttp import WSGIRequestHandler, WSGIServer

from cms.operations.observability.logs import clean_path

# Django's own name for these lines, so that settings about them go on to hold.
logger = logging.getLogger("django.server")


class RequestHandler(WSGIRequestHandler):
    """Django's, which says how long a response took rather than how many bytes it had."""

    _started = 0.0

    def parse_request(self) -> bool:
        """Start the clock: a kept-alive connection was idle until here."""
        self._started = time.perf_counter()
        return super().parse_request()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Log method, path, status and milliseconds; what went wrong, as a warning or an error."""
        status = int(code) if str(code).isdigit() else 0
        level = (
            logging.ERROR if status >= 500 else logging.WARNING if status >= 400 else logging.INFO
        )
        milliseconds = round((time.perf_counter() - self._started) * 1000)
        # Nobody's terminal is to be steered by what somebody asks for.
        path = clean_path(self.path).encode("unicode_escape").decode()
        logger.log(level, "%s %s %s %d ms", self.command, path, code, milliseconds)


class Server(WSGIServer):
    """Django's server with these lines: the `server_cls` of a command like runserver."""

    def __init__(self, address: tuple[str, int], handler: type, **options: Any) -> None:
        """Take the handler of this module, whichever the caller names."""
        super().__init__(address, RequestHandler, **options)
