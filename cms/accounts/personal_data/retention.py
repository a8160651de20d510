"""Forgets what nobody is waiting for any more, as long as docs/privacy.md says that it is kept."""

from django.core.management import call_command
from wagtail.admin.models import EditingSession, FormState


def forget() -> None:
    """Delete sessions that have ended, and what was typed and left.

    Wagtail deletes the latter itself, but only when somebody opens an editor again.
    """
    call_command("clearsessions")
    EditingSession.objects.stale().delete()
    FormState.objects.stale().delete()
