"""Pages as the admin names them: by the title of the latest draft, to whoever reads it.

Wagtail 8.0.1; no issue known. Breadcrumbs, choosers, lists and messages name a page by
`get_admin_display_title` or by `str`, which know of no reader: who may work on one page in a tree
reads what others are about to call theirs.

Changed: while somebody is answered, both give what `named_by` was told that they may read.

Delete when Wagtail asks who reads before it names a page.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps

from django.utils.translation import gettext as _
from wagtail.models import AbstractPage, Page

# Takes a page and what Wagtail would call it, and returns what to call it; None to name it not.
type Naming = Callable[[Page, str], str | None]

_naming: ContextVar[Naming | None] = ContextVar("naming_for_the_reader", default=None)


@contextmanager
def named_by(naming: Naming) -> Iterator[None]:
    """Have pages named by `naming` within."""
    token = _naming.set(naming)
    try:
        yield
    finally:
        _naming.reset(token)


def is_hidden(page: Page) -> bool:
    """Return whether the page is not named to whoever is answered."""
    naming = _naming.get()
    return naming is not None and naming(page, page.title) is None


def guard() -> None:
    """Put the guard in its place."""
    for name in ("get_admin_display_title", "__str__"):
        setattr(AbstractPage, name, _for_the_reader(getattr(AbstractPage, name)))


def _for_the_reader(name: Callable[[Page], str]) -> Callable[[Page], str]:
    @wraps(name)
    def named(self: Page) -> str:
        naming = _naming.get()
        if naming is None:
            return name(self)
        return naming(self, name(self)) or _("A page that is not public")

    return named
