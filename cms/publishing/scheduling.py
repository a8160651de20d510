"""Going live and expiring at the time an editor chose."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import DateTimeField
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

from cms.models import Heartbeat

logger = logging.getLogger(__name__)

HEARTBEAT_NAME = "scheduler"
# A run a minute: three missed ones are no longer a slow one.
HEARTBEAT_MAX_AGE = timedelta(minutes=3)
_ADVISORY_LOCK_KEY = 0x41544D51


def publish_scheduled() -> int:
    """Publish and expire everything whose time has come; return how many objects changed.

    Does what Wagtail's `publish_scheduled` command does, with a savepoint for each object: one
    that fails is logged and tried again next time, and holds up no other. Safe to run several
    times at once: a run that finds another at work changes nothing and returns 0.
    """
    with transaction.atomic():
        if not _take_turn():
            return 0
        changed = sum(_succeeds(change) for change in (*_due_expiries(), *_due_publications()))
        Heartbeat.objects.update_or_create(
            name=HEARTBEAT_NAME, defaults={"beat_at": timezone.now()}
        )
    return changed


def end_of(revision: Revision) -> datetime | None:
    """Return until when a version is to be public, None for ever."""
    # Text once it has been stored.
    end: datetime | None = DateTimeField().to_python(revision.content.get("expire_at"))
    return end


def is_over(revision: Revision) -> bool:
    """Return whether the time has passed until which a version was to be public."""
    end = end_of(revision)
    return end is not None and end <= timezone.now()


def scheduler_is_alive() -> bool:
    """Return whether scheduled publishing has run to its end within the last minutes."""
    now = timezone.now()
    # A clock that was put back says nothing of a scheduler that ran before.
    lately = (now - HEARTBEAT_MAX_AGE, now + HEARTBEAT_MAX_AGE)
    return Heartbeat.objects.filter(name=HEARTBEAT_NAME, beat_at__range=lately).exists()


def _take_turn() -> bool:
    """Return whether no other run is at work. SQLite has one writer at a time by itself."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_ADVISORY_LOCK_KEY])
        return bool(cursor.fetchone()[0])


def _due_expiries() -> Iterator[Callable[[], None]]:
    models = [Page] + [
        model
        for model in apps.get_models()
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
    for model in models:
        for instance in model.objects.filter(live=True, expire_at__lt=timezone.now()):
            yield partial(
                instance.unpublish, set_expired=True, log_action="wagtail.unpublish.scheduled"
            )


def _due_publications() -> Iterator[Callable[[], None]]:
    due = Revision.objects.filter(approved_go_live_at__lt=timezone.now())
    for revision in due.order_by("approved_go_live_at"):
        yield partial(revision.publish, log_action="wagtail.publish.scheduled")


def _succeeds(change: Callable[[], None]) -> bool:
    try:
        with transaction.atomic():
            change()
    except Exception:
        # Whatever is wrong with one page must not keep the others from going live.
        logger.exception("A scheduled change could not be made; it is tried again next time.")
        return False
    return True
