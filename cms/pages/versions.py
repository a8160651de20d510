"""Versions of pages: what the history says of them, and when they can be published."""

from typing import Any

from wagtail.log_actions import log
from wagtail.models import Page, Revision

from cms.pages.checks.reach import unpublished_above
from cms.publishing.scheduling import is_over


class VersionsMixin:
    """Has the history name every version of a page, and publishes none whose time is over."""

    @property
    def waits_for_pages(self) -> bool:
        """Whether visitors do not find the page before another one above it is published."""
        return bool(unpublished_above(self))

    def get_route_paths(self) -> list[str]:
        """Return the paths from which a redirect leads on when the page's address changes.

        None while no version was ever public: nobody knows the address, or is to know it.
        """
        was_public = self.live or self.first_published_at  # type: ignore[attr-defined]
        return super().get_route_paths() if was_public else []  # type: ignore[misc]

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Publish a version; of one that has expired, leave the page as it would be by now.

        A scheduler that was away, or a moderator who comes late, would have it public until the
        scheduler's next run.
        """
        if not is_over(revision):
            super().publish(revision, *args, **kwargs)  # type: ignore[misc] # The page's own.
            return
        page = Page.objects.get(pk=revision.object_id)
        page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        page.revisions.update(approved_go_live_at=None)
        Page.objects.filter(pk=page.pk).update(expired=True)

    def save_revision(self, *args: Any, log_action: bool | str = False, **kwargs: Any) -> Revision:
        """Save the page as a version, as Wagtail does, and log it in any case.

        Wagtail's own views say so themselves. Its copies and translations do not, and code has to
        ask for it; a version that the history does not name cannot be compared or restored there.
        """
        revision: Revision = super().save_revision(  # type: ignore[misc] # The page's own.
            *args, log_action=log_action, **kwargs
        )
        if not log_action:
            log(self, "wagtail.edit", user=revision.user, revision=revision, content_changed=True)
        return revision
