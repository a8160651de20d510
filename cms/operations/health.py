"""Probes for whoever runs the site: a load balancer, an orchestrator, a monitor.

`/-/live` answers 200 as long as the process can answer at all; it looks at nothing else. A
failure means: restart me.

`/-/ready` answers 200 where the process can serve everything, else 503; its JSON body names each
check and its result, `ok` or what is wrong. A failure means: send nobody here, but do not
restart me. A cache that is out of order or a scheduler that has gone silent is reported as
`degraded` and does not fail the probe: the site is slower or late, but right.
"""

from collections.abc import Callable
from functools import cache
from uuid import uuid4

from django.core.cache import caches
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from cms.publishing.page_cache import PAGE_CACHE_ALIAS
from cms.publishing.scheduling import scheduler_is_alive

OK = "ok"


@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """Answer that the process is alive."""
    return JsonResponse({"status": OK})


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Answer whether the database, its schema, the cache and the scheduler are in order."""
    needed = {"database": _check(_database), "migrations": _check(_migrations)}
    wanted = {"cache": _check(_cache), "scheduler": _check(_scheduler)}
    if any(result != OK for result in needed.values()):
        status, code = "unavailable", 503
    elif any(result != OK for result in wanted.values()):
        status, code = "degraded", 200
    else:
        status, code = OK, 200
    return JsonResponse({"status": status, "checks": needed | wanted}, status=code)


class ProbeMiddleware:
    """Answers the probes before anything else looks at the request.

    They ask from inside, by address and over plain HTTP: neither host name nor scheme is checked,
    and no part of the site that may be broken stands before their response.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.probes = {"/-/live": live, "/-/ready": ready}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer `request`."""
        probe = self.probes.get(request.path_info)
        if probe is None:
            return self.get_response(request)
        response = probe(request)
        response.headers["Cache-Control"] = "no-store"
        return response


class _CheckFailedError(Exception):
    """A check found what its text says."""


def _check(check: Callable[[], None]) -> str:
    try:
        check()
    except _CheckFailedError as failure:
        return str(failure)
    except (DatabaseError, OSError) as error:
        # The kind of error only: its text can hold addresses and user names.
        return type(error).__name__
    return OK


def _database() -> None:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT 1")


@cache
def _migrations() -> None:
    """Looked at until it is so once: a process never gets newer migrations than it started with.

    (`cache` keeps no exceptions.)
    """
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise _CheckFailedError("not all migrations are applied")


def _cache() -> None:
    key, value = f"ready-{uuid4()}", "written"
    pages = caches[PAGE_CACHE_ALIAS]
    pages.set(key, value, timeout=10)
    if pages.get(key) != value:
        raise _CheckFailedError("what is written cannot be read")
    pages.delete(key)


def _scheduler() -> None:
    if not scheduler_is_alive():
        raise _CheckFailedError("no scheduled publishing in the last minutes")
