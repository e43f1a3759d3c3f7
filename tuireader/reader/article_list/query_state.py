"""The query of the list, and the previous one while another is being typed."""

from __future__ import annotations

from dataclasses import dataclass, field

from library.query import Query


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
