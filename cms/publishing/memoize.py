"""Facts that many pages share, worked out once for each row of the publication log.

Navigation, footer, languages and the like are the same for every reader until something is
published, and then are wrong at once. So each process keeps them for as long as the stamp of the
request being answered, and the local day, stay what they are. Requests that have no stamp, such
as previews and those of people who are logged in, work everything out for themselves.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language

from cms.i18n.clock import school_today

if TYPE_CHECKING:
    from cms.publishing.log import Stamp

type _Facts = dict[Hashable, Any]

_in_use: ContextVar[_Facts | None] = ContextVar("facts_in_use", default=None)
_newest: tuple[Hashable, _Facts] = (None, {})


@contextmanager
def as_of(stamp: "Stamp") -> Iterator[None]:
    """Let shared facts be kept and found again for as long as `stamp` is the newest.

    The stamp has to be read before any of the facts: then a fact may be newer than the stamp it
    is kept under, never older.
    """
    global _newest  # noqa: PLW0603 One place for the process, replaced as a whole.
    age = (stamp, school_today())
    kept = _newest
    if kept[0] != age:
        _newest = kept = (age, {})
    token = _in_use.set(kept[1])
    try:
        yield
    finally:
        _in_use.reset(token)


def forget() -> None:
    """Forget every fact. For tests, whose rolled back transactions repeat sequence numbers."""
    global _newest  # noqa: PLW0603 As above.
    _newest = (None, {})


def once_per_publication[**P, T](function: Callable[P, T]) -> Callable[P, T]:
    """Keep what `function` returns, for each language and each set of its arguments.

    For functions whose result only a publication or midnight can change, and whose arguments no
    visitor can make up. Many threads get the same object: nobody may change it.
    """

    @wraps(function)
    def shared(*args: P.args, **kwargs: P.kwargs) -> T:
        facts = _in_use.get()
        if facts is None:
            return function(*args, **kwargs)
        key = (function, get_language(), args, *sorted(kwargs.items()))
        if key not in facts:
            facts[key] = function(*args, **kwargs)
        result: T = facts[key]
        return result

    return shared
