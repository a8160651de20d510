"""Logs as lines of JSON, or in colours for a person; the same for our code and everybody else's."""

import logging
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

HIDDEN = "[hidden]"
_SECRET_NAME = re.compile(
    r"pass(word|wd)?|secret|token|cookie|authorization|session|csrf|api_?key|dsn", re.IGNORECASE
)
# What stands behind these words of an address lets its reader set a password or confirm an e-mail.
_SECRET_PATH = re.compile(r"(/(?:confirm|key|reset|confirm-email)/)[^?\s]+")
_QUERY = re.compile(r"\?[^\s\"']*")
_URL_PASSWORD = re.compile(r"(://[^\s:/@]*:)[^\s@/]+@")


def clean_path(path: str) -> str:
    """Return an address without its query, which holds what people search for, and without keys."""
    return _SECRET_PATH.sub(rf"\1{HIDDEN}", path.partition("?")[0])


def hide_secrets(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Processor: replace what a log must not hold, wherever it was put."""
    for name, value in event.items():
        if name.startswith("_"):
            continue
        if _SECRET_NAME.search(name):
            event[name] = HIDDEN
        elif isinstance(value, str):
            event[name] = _URL_PASSWORD.sub(
                rf"\1{HIDDEN}@", _SECRET_PATH.sub(rf"\1{HIDDEN}", value)
            )
    return event


def _without_queries(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Processor: Django names the address of each request that failed, in the text itself."""
    if event.get("logger") in {"django.request", "django.security.DisallowedHost"}:
        event["event"] = _QUERY.sub("", str(event["event"]))
    return event


def _name_request(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Processor: Django notes a response that is an error after the request has been forgotten."""
    request = getattr(event.get("_record"), "request", None)
    if request is not None and "request_id" not in event and hasattr(request, "META"):
        event["request_id"] = request.META.get("HTTP_X_REQUEST_ID")
    return event


def processors() -> list[Any]:
    """Return what is done to each event, whoever logs it, before it is written."""
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]


def configure() -> None:
    """Let structlog's loggers write through the standard library's handlers. May be repeated."""
    structlog.configure(
        processors=[*processors(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def formatter(*, as_json: bool, colors: bool = False) -> logging.Formatter:
    """Return the formatter of every handler. Stack traces are text, without local variables."""
    last: list[Any] = (
        [
            structlog.processors.format_exc_info,
            hide_secrets,
            _without_queries,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
        if as_json
        else [
            hide_secrets,
            structlog.dev.ConsoleRenderer(
                colors=colors, exception_formatter=structlog.dev.plain_traceback, pad_event_to=0
            ),
        ]
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=processors(),
        processors=[
            _name_request,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            *last,
        ],
    )


def logging_settings(level: str, *, as_json: bool) -> dict[str, Any]:
    """Return LOGGING: everything to standard error, where whoever runs the site keeps it."""
    # For libraries that tell much: warnings, unless more is asked for, or less.
    detail = {"level": level if level in {"DEBUG", "ERROR", "CRITICAL"} else "WARNING"}
    # A file or a pipe is no place for the codes of a terminal.
    colors = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    settings: dict[str, Any] = {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"event": {"()": formatter, "as_json": as_json, "colors": colors}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "event"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Django's own handlers would mail administrators; the root's is enough. What was
            # asked for in vain is in the list of requests already.
            "django": {"handlers": [], "propagate": True, "level": level},
            "django.request": {"level": "ERROR"},
            # Only there to give each request its id; the server and Django say the rest.
            "django_structlog": {"level": "CRITICAL"},
            # Every save runs small tasks, each worth two lines otherwise.
            "django_tasks": detail,
            # What it says of each page, and of each redirect, is an `audit` event already, which
            # has no titles in it.
            "wagtail": detail,
        },
    }
    if not as_json:
        settings["formatters"]["line"] = {"format": "%(message)s"}
        settings["handlers"]["requests"] = {"class": "logging.StreamHandler", "formatter": "line"}
        settings["loggers"] |= {
            "django.server": {"handlers": ["requests"], "propagate": False, "level": level},
            # It says that it watches files, and each of the thousands that it watches.
            "django.utils.autoreload": {"level": "WARNING"},
            # Its details are the variables that templates may well leave out.
            "django.template": {"level": "INFO" if level == "DEBUG" else level},
        }
    return settings


@contextmanager
def kept_in(path: Path) -> Iterator[None]:
    """Meanwhile, write the log into `path`; show a person only what is a warning or worse."""
    root = logging.getLogger()
    shown = [(handler, handler.level) for handler in root.handlers]
    path.parent.mkdir(parents=True, exist_ok=True)
    file = logging.FileHandler(path, encoding="utf-8")
    file.setFormatter(formatter(as_json=False))
    for handler, level in shown:
        handler.setLevel(max(level, logging.WARNING))
    root.addHandler(file)
    try:
        yield
    finally:
        root.removeHandler(file)
        file.close()
        for handler, level in shown:
            handler.setLevel(level)
