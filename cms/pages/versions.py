"""Versions of pages: every one stands in the history, from where it can be brought back."""

from typing import Any

from wagtail.log_actions import log
from wagtail.models import Revision


class VersionsMixin:
    """Has the history name every version of a page, whoever or whatever saved it.

    Wagtail's own views say so themselves. Its copies and translations do not, and code has to ask
    for it; a version that the history does not name cannot be compared or restored there.
    """

    def save_revision(self, *args: Any, log_action: bool | str = False, **kwargs: Any) -> Revision:
        """Save the page as a version, as Wagtail does, and log it in any case."""
        revision: Revision = super().save_revision(  # type: ignore[misc] # The page's own.
            *args, log_action=log_action, **kwargs
        )
        if not log_action:
            log(self, "wagtail.edit", user=revision.user, revision=revision, content_changed=True)
        return revision
