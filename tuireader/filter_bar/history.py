"""The search history, for stepping through previous queries."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST = 50
"""Maximum number of remembered queries."""


class QueryHistory:
    """Previous queries, the latest first, and the position while stepping through them."""

    def __init__(self, queries: Iterable[str] = ()) -> None:
        self.queries = tuple(queries)[:LONGEST]
        self._place = -1
        self._typed = ""

    def keep(self, query: str) -> None:
        """Remember a query as the latest."""
        self._place = -1
        if query.strip():
            self.queries = (query, *(one for one in self.queries if one != query))[:LONGEST]

    @property
    def is_under_way(self) -> bool:
        """True while a previous query is shown instead of the typed text."""
        return self._place >= 0

    def leave(self) -> None:
        """Stop stepping; the text in the line counts as typed."""
        self._place = -1

    def older(self, shown: str) -> str:
        """Return the query before ``shown``, or ``shown`` itself if it is the oldest."""
        if not self.is_under_way:
            self._typed = shown
        for place in range(self._place + 1, len(self.queries)):
            if self.queries[place] != shown:
                self._place = place
                return self.queries[place]
        return shown

    def newer(self) -> str:
        """Return the query after the one shown, or the typed text after the latest."""
        self._place -= 1
        return self.queries[self._place] if self.is_under_way else self._typed
