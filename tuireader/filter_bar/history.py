"""The search history, for stepping through previous queries."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST = 50
"""Maximum number of remembered queries."""


class QueryHistory:
    """Queries, the latest first, and where in them one is: not in them until one goes back."""

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
        """Whether an earlier query is shown in the place of what was typed."""
        return self._place >= 0

    def leave(self) -> None:
        """The text in the line is now what was typed."""
        self._place = -1

    def older(self, shown: str) -> str:
        """The query before the one that is ``shown``; the oldest stays."""
        if not self.is_under_way:
            self._typed = shown
        for place in range(self._place + 1, len(self.queries)):
            if self.queries[place] != shown:
                self._place = place
                return self.queries[place]
        return shown

    def newer(self) -> str:
        """The query after the one that is shown; after the latest, what was typed."""
        self._place -= 1
        return self.queries[self._place] if self.is_under_way else self._typed
