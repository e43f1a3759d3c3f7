"""The selected articles of a list, including the range up to the cursor."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tuireader.widgets.article_list.folding import Folding


class Selection:
    """Selects articles. What a row hides is selected with it; what is no longer listed is not selected.

    Args:
        changed: Called with the selected articles when they are others.
    """

    def __init__(self, changed: Callable[[frozenset[str]], object]) -> None:
        self._changed = changed
        self._folding = Folding()
        self._before: frozenset[str] = frozenset()
        """What was selected when the range began."""
        self._from: str | None = None
        self.ids: frozenset[str] = frozenset()
        """The selected articles, also those without a row of their own."""

    @property
    def in_range(self) -> bool:
        """Whether the cursor selects what it passes over."""
        return self._from is not None

    def in_words(self) -> str:
        """How many articles are selected, and how many of those have no row of their own; empty for none."""
        hidden = sum(map(self._folding.hides, self.ids & self._folding.firsts.keys()))
        words = f"{len(self.ids):,} selected" if self.ids else ""
        return f"{words}, {hidden:,} folded" if hidden else words

    def listed(self, folding: Folding) -> None:
        """Other articles are listed."""
        self._folding = folding
        if self.ids:
            self._before &= frozenset(folding.found)
            self._select(self.ids & frozenset(folding.found))

    def toggle(self, rows: Sequence[str]) -> None:
        """Select some rows; where the first of them is selected, take them out."""
        chosen = self._standing_for(rows)
        if chosen:
            self._select(self.ids | chosen if rows[0] not in self.ids else self.ids - chosen)

    def toggle_range(self, row: int) -> None:
        """Select from ``row`` on, wherever the cursor goes, until this is asked for again."""
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
        """Select everything that is listed, hidden articles too; nothing where all was selected."""
        everything = frozenset(self._folding.found)
        self._select(frozenset() if self.ids == everything else everything)

    def clear(self) -> None:
        """Select nothing."""
        self._from = None
        self._select(frozenset())

    def _standing_for(self, rows: Sequence[str]) -> frozenset[str]:
        """The articles of some rows, with those that they hide."""
        return frozenset(key for row in rows for key in (row, *self._folding.hidden(row)))

    def _select(self, selected: frozenset[str]) -> None:
        if selected != self.ids:
            self.ids = selected
            self._changed(selected)
