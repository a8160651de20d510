"""Errors, reported to Sentry or whatever speaks its protocol, where SENTRY_DSN names one."""

from typing import Any

import sentry_sdk
from sentry_sdk.integrations.django import DjangoIntegration
from sentry_sdk.integrations.logging import LoggingIntegration
from sentry_sdk.types import Event, Hint

from cms.operations.observability.logs import clean_path, hide_secrets

_KEPT_HEADERS = {"accept", "content-type", "host", "x-request-id"}


def start_reporting(dsn: str, *, environment: str, release: str | None = None) -> None:
    """Report unhandled exceptions: what broke and where, not who met it.

    No bodies, cookies, users, addresses or local variables leave; nothing is measured.
    """
    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        release=release,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        traces_sample_rate=0,
        auto_session_tracking=False,
        send_client_reports=False,
        server_name="",
        before_send=scrub,
        default_integrations=False,
        integrations=[DjangoIntegration(), LoggingIntegration(event_level=None)],
    )


def report(error: Exception) -> None:
    """Report an error that was answered all the same. Does nothing where nothing is reported."""
    sentry_sdk.capture_exception(error)


def scrub(event: Event, hint: Hint) -> Event | None:
    """Return a report with nothing in it that the log would not hold either."""
    request: dict[str, Any] = event.get("request") or {}
    if request:
        headers = request.get("headers") or {}
        event["request"] = {
            "method": request.get("method"),
            "url": clean_path(request.get("url", "")),
            "headers": {k: v for k, v in headers.items() if k.lower() in _KEPT_HEADERS},
        }
    event.pop("user", None)
    event.pop("server_name", None)
    extra = event.get("extra")
    if isinstance(extra, dict):
        event["extra"] = dict(hide_secrets(None, "", dict(extra)))
    return event
