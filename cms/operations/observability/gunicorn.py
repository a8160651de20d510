"""gunicorn's own lines in the shape of all others."""

import logging
import os
from datetime import timedelta
from typing import Any

import structlog
from gunicorn.glogging import Logger

from cms.operations.observability import logs
from cms.publishing.http.client_address import forwarded_address, shortened

_PROBES = "/-/"
_USER_AGENT_LENGTH = 200


class JsonLogger(Logger):
    """`logger_class` of gunicorn.conf.py."""

    def setup(self, cfg: Any) -> None:
        """Set gunicorn's handlers up, then give them the site's formatter."""
        super().setup(cfg)
        logs.configure()
        formatter = logs.formatter(as_json=True)
        for log in (self.error_log, self.access_log):
            for handler in log.handlers:
                handler.setFormatter(formatter)

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: timedelta) -> None:
        """Log one request: what was asked for, from which network, and how it went.

        Without its query, its referrer and its full address. Probes that succeed are not news.
        """
        path = str(environ.get("PATH_INFO", ""))
        status = int(str(resp.status).split(None, 1)[0])
        if path.startswith(_PROBES) and status < 400:
            return
        sent = {name.lower(): value for name, value in resp.headers}
        structlog.get_logger("gunicorn.access").info(
            "request",
            method=environ.get("REQUEST_METHOD"),
            path=logs.clean_path(path),
            status=status,
            bytes=resp.sent,
            milliseconds=round(request_time / timedelta(milliseconds=1)),
            client=shortened(forwarded_address(environ, _trusted_proxies())),
            user_agent=str(environ.get("HTTP_USER_AGENT", ""))[:_USER_AGENT_LENGTH],
            request_id=sent.get("x-request-id"),
            cache=sent.get("cache-status"),
        )


def _trusted_proxies() -> int:
    """Read what the settings have checked; the server starts before they are loaded."""
    try:
        return int(os.environ.get("TRUSTED_PROXIES") or 0)
    except ValueError:
        logging.getLogger("gunicorn.error").debug("TRUSTED_PROXIES is no number.")
        return 0
