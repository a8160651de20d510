"""The database's own search, for as many words as it can look for, and for nothing but words.

Wagtail 8.0.1 with modelsearch 1.3.2. Wagtail hands on whatever is pasted into a search field of
the admin. A database refuses a query of several hundred words, or its compiler recurses too deeply;
in SQLite a quotation mark or a NUL ends the word, and the query with it (modelsearch#98, open).
Where no word is left, the results do not know their model, which lists of snippets ask for.

Changed: the backend that modelsearch has for the database looks for the first 32 words, in `clean`
text and without quotation marks. No results have a model too.

Delete when a search for 2,000 words, and one for a quotation mark, has a response.
"""

from copy import copy
from typing import Any

from modelsearch.backends.base import EmptySearchResults
from modelsearch.query import And, Fuzzy, Phrase, PlainText, SearchQuery
from wagtail.search.backends.database import SearchBackend as DatabaseSearchBackend

from cms.upstream.characters import clean

MOST_WORDS = 32

type Query = str | SearchQuery | None


def shortened(query: Query, most_words: int = MOST_WORDS) -> Query:
    """Return `query` with its first `most_words` words, at most; an empty text where it has none.

    An `Or` is left as it is: nobody can type one, and `cms.search.query` keeps its own short.
    """
    if isinstance(query, str):
        return " ".join(clean(query).replace('"', " ").split()[:most_words])
    if isinstance(query, And):
        most_each = most_words // min(len(query.subqueries), most_words)
        parts = (shortened(part, most_each) for part in query.subqueries[:most_words])
        words = [part for part in parts if part]
        return And(words) if words else ""
    if isinstance(query, PlainText | Phrase | Fuzzy):
        short = copy(query)
        short.query_string = shortened(query.query_string, most_words)
        return short if short.query_string else ""
    return query


class _Nothing(EmptySearchResults):
    def __init__(self, model: Any) -> None:
        super().__init__()
        self.model = model

    def _clone(self) -> "_Nothing":
        return _Nothing(self.model)


class _FewWords:
    def _search(self, compiler: type, query: Any, searched: Any, **kwargs: Any) -> Any:
        found = super()._search(compiler, shortened(query), searched, **kwargs)  # type: ignore[misc]
        is_nothing = isinstance(found, EmptySearchResults)
        return _Nothing(getattr(searched, "model", searched)) if is_nothing else found


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 The name that Wagtail looks for.
    """Return the backend of the default database, which shortens what it is asked for."""
    kind = type(DatabaseSearchBackend(params))
    return type(f"Few{kind.__name__}", (_FewWords, kind), {})(params)
