"""Aliases among pages that are published together.

Wagtail 8.0.1; no issue known. Publishing many pages, or one with what is below it, saves a version
of each that has none. An alias has none and takes none: the whole action is an error.

Changed: nobody has the right to publish an alias, which is published with its source.

Delete when publishing a page with an unpublished alias below it leaves the alias out.
"""

from functools import wraps

from wagtail.models import PagePermissionTester


def guard() -> None:
    """Put the guard in its place."""
    ask = PagePermissionTester.can_publish

    @wraps(ask)
    def can_publish(self: PagePermissionTester) -> bool:
        return not self.page.alias_of_id and bool(ask(self))

    PagePermissionTester.can_publish = can_publish
