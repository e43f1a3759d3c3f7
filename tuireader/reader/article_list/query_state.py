"""The query of the list, and the previous one while another is being typed."""

from __future__ import annotations

from dataclasses import dataclass, field

from library.query import Query


@dataclass(slots=True)
class BeforeTyping:
    """What was listed before a query was typed: the query, the article at the cursor.

    ``last_found`` is the last query that found anything, None if there was none.
    """

    query: str
    row: str | None = None
    last_found: str | None = None


@dataclass(slots=True)
class QueryState:
    """What is listed.

    Attributes:
        text: The query as it was typed.
        listed: The query as it is understood, in the order of the list.
        before: What to come back to while a query is being typed; otherwise None.
    """

    text: str = ""
    listed: Query = field(default_factory=Query)
    before: BeforeTyping | None = None

    @property
    def before_typing(self) -> str:
        """The query that is carried out; while another is being typed, the one before that."""
        return self.text if self.before is None else self.before.query
