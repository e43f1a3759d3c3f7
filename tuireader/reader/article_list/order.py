"""The query of the list, and its order."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from library.query import Query
from library.query.tree import SortKey, usual_order

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
class ListOrder:
    """The order that the user has chosen; None for the default. A ``sort:`` in the query takes precedence."""

    key: SortKey | None = None

    def next(self, query: Query) -> ListOrder:
        """Return the next order for the list of ``query``. After the last one comes the default."""
        usual = usual_order(query.node)[0]
        cycle = (usual, *(key for key in _CYCLE if key.name != usual.name))
        names = [key.name for key in cycle]
        name = (self.key or usual).name
        key = cycle[(names.index(name) + 1) % len(cycle)] if name in names else usual
        return ListOrder(None if key == usual else key)

    def reversed(self, query: Query) -> ListOrder:
        """Return the reversed order for the list of ``query``."""
        usual = usual_order(query.node)[0]
        key = self.key or usual
        turned = replace(key, descending=not key.descending)
        return ListOrder(None if turned == usual else turned)

    @property
    def name(self) -> str:
        """The order as in ``sort:``; empty for the default."""
        if self.key is None:
            return ""
        return f"-{self.key.name}" if self.key.descending else self.key.name

    @classmethod
    def named(cls, name: str) -> ListOrder:
        """Return the order with the name ``name`` in ``sort:``, or the default if there is none."""
        key = SortKey(name.removeprefix("-"), descending=name.startswith("-"))
        return cls(key) if (key.name, key.descending) in _WORDS else cls()

    def applied(self, query: Query) -> Query:
        """Return ``query`` in this order, unless it specifies one itself."""
        if query.has_order or self.key is None:
            return query
        return replace(query, sort=(self.key,))


def order_in_words(query: Query) -> str:
    """Return the order of ``query``, in words."""
    first = query.sort[0]
    return _WORDS[first.name, first.descending]


@dataclass(slots=True)
class BeforeTyping:
    """The state of the list before a query was typed.

    Attributes:
        query: The query.
        row: The article at the cursor.
        last_found: The last query that had results, also while typing; None if there was none.
    """

    query: str
    row: str | None = None
    last_found: str | None = None


@dataclass(slots=True)
class QueryState:
    """The query of the list.

    Attributes:
        text: The query as it was typed.
        listed: The parsed query whose results are listed, with the order of the list.
        before: The state to restore if typing is cancelled; None if nothing is being typed.
    """

    text: str = ""
    listed: Query = field(default_factory=Query)
    before: BeforeTyping | None = None

    @property
    def before_typing(self) -> str:
        """The current query; while another one is being typed, the previous one."""
        return self.text if self.before is None else self.before.query
