"""The selected articles of a list, including the range up to the cursor."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tuireader.widgets.article_list.folding import Folding


class Selection:
    """The selected articles. A row is selected with the articles it hides; only listed ones stay selected.

    Args:
        changed: Called with the selected articles when they change.
    """

    def __init__(self, changed: Callable[[frozenset[str]], object]) -> None:
        self._changed = changed
        self._folding = Folding()
        self._before: frozenset[str] = frozenset()
        """Articles that were selected when the range was started."""
        self._from: str | None = None
        self.ids: frozenset[str] = frozenset()
        """Ids of the selected articles, including those without a row."""

    @property
    def in_range(self) -> bool:
        """True while the cursor extends a range."""
        return self._from is not None

    def in_words(self) -> str:
        """Return the number of selected articles, and of those without a row; empty if none are selected."""
        hidden = sum(map(self._folding.hides, self.ids & self._folding.firsts.keys()))
        words = f"{len(self.ids):,} selected" if self.ids else ""
        return f"{words}, {hidden:,} folded" if hidden else words

    def listed(self, folding: Folding) -> None:
        """Use the rows of ``folding``, and deselect articles that it does not list."""
        self._folding = folding
        if self.ids:
            self._before &= frozenset(folding.found)
            self._select(self.ids & frozenset(folding.found))

    def toggle(self, rows: Sequence[str]) -> None:
        """Select ``rows``, or deselect them if the first one is selected."""
        chosen = self._standing_for(rows)
        if chosen:
            self._select(self.ids | chosen if rows[0] not in self.ids else self.ids - chosen)

    def toggle_range(self, row: int) -> None:
        """Start a range from ``row`` to wherever the cursor moves, or end it."""
        rows = self._folding.rows
        self._from = None if self._from is not None or not rows else rows[row]
        self._before = self.ids
        self.extend(row)

    def extend(self, row: int) -> None:
        """Extend a range to the cursor at ``row``."""
        rows = self._folding.rows
        if self._from is not None and self._from in rows:
            first, last = sorted((rows.index(self._from), row))
            self._select(self._before | self._standing_for(rows[first : last + 1]))

    def toggle_all(self) -> None:
        """Select all listed articles, including hidden ones, or deselect all if all are selected."""
        everything = frozenset(self._folding.found)
        self._select(frozenset() if self.ids == everything else everything)

    def clear(self) -> None:
        """Deselect everything."""
        self._from = None
        self._select(frozenset())

    def _standing_for(self, rows: Sequence[str]) -> frozenset[str]:
        """Return the articles of ``rows`` and those that they hide."""
        return frozenset(key for row in rows for key in (row, *self._folding.hidden(row)))

    def _select(self, selected: frozenset[str]) -> None:
        if selected != self.ids:
            self.ids = selected
            self._changed(selected)
