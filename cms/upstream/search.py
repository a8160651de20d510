"""The database's own search, for as many words as it can look for.

Wagtail 8.0.1 with modelsearch 1.3.2; no issue known. Wagtail hands on whatever is pasted into a
search field of the admin. A database refuses a query of several hundred words, or its compiler
recurses too deeply.

Changed: the backend that modelsearch has for the database looks for the first 32 words.

Delete when a search for 2,000 words has a response.
"""

from copy import copy
from typing import Any, cast

from modelsearch.query import And, Fuzzy, Phrase, PlainText, SearchQuery
from wagtail.search.backends.database import SearchBackend as DatabaseSearchBackend

MOST_WORDS = 32


def shortened[Q: str | SearchQuery | None](query: Q, most_words: int = MOST_WORDS) -> Q:
    """Return `query` with its first `most_words` words, at most.

    An `Or` is left as it is: nobody can type one, and `cms.search.query` keeps its own short.
    """
    if isinstance(query, str):
        return cast("Q", " ".join(query.split()[:most_words]))
    if isinstance(query, And):
        parts = query.subqueries[:most_words]
        return cast("Q", And([shortened(part, most_words // len(parts)) for part in parts]))
    if isinstance(query, PlainText | Phrase | Fuzzy):
        short = copy(query)
        short.query_string = shortened(query.query_string, most_words)
        return cast("Q", short)
    return query


class _FewWords:
    def _search(self, compiler: type, query: Any, *args: Any, **kwargs: Any) -> Any:
        return super()._search(compiler, shortened(query), *args, **kwargs)  # type: ignore[misc]


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 The name that Wagtail looks for.
    """Return the backend of the default database, which shortens what it is asked for."""
    kind = type(DatabaseSearchBackend(params))
    return type(f"Few{kind.__name__}", (_FewWords, kind), {})(params)
