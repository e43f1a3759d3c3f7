"""The orders in which the list can stand, and how they are told."""

from __future__ import annotations

from dataclasses import dataclass, replace

from library.search import Query
from library.search.tree import SortKey

_WORDS = {
    ("date", True): "newest first",
    ("date", False): "oldest first",
    ("title", False): "by headline",
    ("title", True): "by headline, reversed",
    ("source", False): "by source",
    ("source", True): "by source, reversed",
    ("words", True): "longest first",
    ("words", False): "shortest first",
    ("added", True): "last added first",
    ("added", False): "first added first",
    ("noted", True): "last noted first",
    ("noted", False): "first noted first",
    ("opened", True): "last opened first",
    ("opened", False): "first opened first",
    ("relevance", False): "best match first",
    ("relevance", True): "best match last",
}
_CYCLE = (
    SortKey("date", descending=True),
    SortKey("title"),
    SortKey("source"),
    SortKey("words", descending=True),
    SortKey("added", descending=True),
)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The order that the reader has chosen; a query's own ``sort:`` comes before it."""

    key: SortKey = _CYCLE[0]

    def next(self) -> Arrangement:
        """The order after this one."""
        names = [key.name for key in _CYCLE]
        return Arrangement(_CYCLE[(names.index(self.key.name) + 1) % len(_CYCLE)])

    def reversed(self) -> Arrangement:
        """The same the other way round."""
        return Arrangement(replace(self.key, descending=not self.key.descending))

    def applied(self, query: Query) -> Query:
        """``query`` in this order, unless it names one itself."""
        return query if query.has_order else replace(query, sort=(self.key,))


def order_in_words(query: Query) -> str:
    """The order of ``query``, in words."""
    first = query.sort[0]
    return _WORDS[first.name, first.descending]
