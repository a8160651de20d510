"""Versions of pages: what the history says of them, and when they can be published."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Self

from django.db.models import ForeignKey
from wagtail.log_actions import log
from wagtail.models import Page, Revision, Workflow

from cms.pages.checks.gone import Place, gone_since
from cms.pages.checks.reach import unpublished_above
from cms.publishing.scheduling import is_over
from cms.translations.synchronised_fields import holder_of_facts

# What belongs to the page, whatever its version.
_OF_NO_VERSION = frozenset({"content_type", "latest_revision", "live_revision", "locale"})

# In the tree, where the name of the home page comes first; a redirect holds 255 characters.
_LONGEST_PATH = 250


class VersionsMixin:
    """Has the history name every version of a page, and publishes none whose time is over."""

    # By the names of their fields.
    _gone: Sequence[tuple[str, Place]] = ()

    @property
    def gone(self) -> list[Place]:
        """What the version that this page was made of names, and is no longer there."""
        page: Any = self
        taken_over = page.fact_fields if self._gone and holder_of_facts(page) else ()
        return [place for name, place in self._gone if name not in taken_over]

    @property
    def waits_for_pages(self) -> bool:
        """Whether visitors do not find the page before another one above it is published."""
        return bool(unpublished_above(self))

    @cached_property
    def _workflow(self) -> Workflow | None:
        """The workflow in use for the page, asked for once: Wagtail's editor asks six times."""
        above = self.get_ancestors(inclusive=True)  # type: ignore[attr-defined] # The page's own.
        workflows = Workflow.objects.active().filter(workflow_pages__page__in=above)
        nearest: Workflow | None = workflows.order_by("-workflow_pages__page__depth").first()
        return nearest

    @property
    def has_workflow(self) -> bool:
        """Whether the page is published after moderation."""
        return self._workflow is not None

    def get_workflow(self) -> Workflow | None:
        """Return the workflow that is set for the page, or else for the nearest above it."""
        return self._workflow

    def get_route_paths(self) -> list[str]:
        """Return the paths from which a redirect leads on when the page's address changes.

        None while no version was ever public: nobody knows the address, or is to know it. None
        either where the address is longer than a redirect can hold.
        """
        page: Any = self
        was_public = page.live or page.first_published_at
        has_place = len(page.url_path) <= _LONGEST_PATH
        return super().get_route_paths() if was_public and has_place else []  # type: ignore[misc]

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """Return the page as a version has it, without asking for what the page has at hand.

        Wagtail asks whether whatever the version refers to is still there, also for what it then
        takes from the page, such as its locale.
        """
        fields = self._meta.concrete_fields  # type: ignore[attr-defined] # The page's own.
        own = [field for field in fields if field.name in _OF_NO_VERSION]
        own += [field for field in fields if _is_shared(field, self, content)]
        left_out = {field.name for field in own}
        page: Self = super().with_content_json(  # type: ignore[misc] # The page's own.
            {name: value for name, value in content.items() if name not in left_out}
        )
        for field in own:
            setattr(page, field.attname, getattr(self, field.attname))
            if field.is_cached(self):
                field.set_cached_value(page, field.get_cached_value(self))
        page._gone = list(gone_since(page, content))
        # As Wagtail does for pages that it lists: it is read for the address, then to check it.
        page._cached_parent_obj = self.get_parent()  # type: ignore[attr-defined]
        if "pages_above" in self.__dict__:
            page.__dict__["pages_above"] = self.__dict__["pages_above"]
        return page

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

    def update_aliases(self, **kwargs: Any) -> None:
        """Publish what shows this page; Wagtail reads all of it first, also where nothing does."""
        if Page.objects.filter(alias_of=self).exists():
            super().update_aliases(**kwargs)  # type: ignore[misc] # The page's own.

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


def _is_shared(field: Any, page: Any, content: dict[str, Any]) -> bool:
    """Return whether a version refers to the very object that `page` has at hand."""
    is_reference = isinstance(field, ForeignKey) and not field.remote_field.parent_link
    return (
        is_reference
        and field.name not in _OF_NO_VERSION
        and field.is_cached(page)
        and content.get(field.name) == getattr(page, field.attname)
    )
