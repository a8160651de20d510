"""Titles of pages in the admin, which are those of their latest drafts, whoever reads them.

Wagtail 8.0.1; no issue known. Breadcrumbs, choosers, lists and messages name a page by
`get_admin_display_title` or by `str`, which know of no reader: who may work on one page in a tree
reads what others are about to call theirs.

Changed: while somebody is answered, both give what `shown_by` was told that they may read.

Delete when Wagtail asks who reads before it names a page.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps

from wagtail.models import AbstractPage, Page

# Takes a page and the title that Wagtail would show, and returns the one to show.
type Title = Callable[[Page, str], str]

_title: ContextVar[Title | None] = ContextVar("title_for_the_reader", default=None)


@contextmanager
def shown_by(title: Title) -> Iterator[None]:
    """Have pages named by `title` within."""
    token = _title.set(title)
    try:
        yield
    finally:
        _title.reset(token)


def guard() -> None:
    """Put the guard in its place."""
    for name in ("get_admin_display_title", "__str__"):
        setattr(AbstractPage, name, _for_the_reader(getattr(AbstractPage, name)))


def _for_the_reader(name: Callable[[Page], str]) -> Callable[[Page], str]:
    @wraps(name)
    def named(self: Page) -> str:
        title = _title.get()
        return title(self, name(self)) if title else name(self)

    return named
