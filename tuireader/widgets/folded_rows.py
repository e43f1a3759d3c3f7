"""Rows that can stand for several articles: the list as far as it knows of stories."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tuireader.folding import Folding
from tuireader.widgets.row_list import RowList


class FoldedRows(RowList):
    """A window of ids, some of them folded under others."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._folding = Folding()
        self._selected: frozenset[str] = frozenset()

    @property
    def _ids(self) -> tuple[str, ...]:
        return self._folding.rows

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the rows, in their order."""
        return self._folding.rows

    @property
    def folding(self) -> Folding:
        """All articles of the window, and which of them are folded under others."""
        return self._folding

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return len(self._ids)

    def set_folding(self, folding: Folding, *, keep: str | None = None, near: bool = True) -> None:
        """Show other articles, or others of them folded."""
        raise NotImplementedError

    def _row_to_keep(self, folding: Folding, wanted: str | None, near: bool) -> int:
        new = folding.rows
        if wanted is None or not new:
            return 0
        wanted = folding.first(wanted) if folding.hides(wanted) else wanted
        if wanted in new:
            return new.index(wanted)
        present = frozenset(new) if near else frozenset()
        for neighbour in self._neighbours():
            if neighbour in present:
                return new.index(neighbour)
        return 0

    def _neighbours(self) -> Iterator[str]:
        """The present articles by their distance from the cursor: those after it, then those before."""
        yield from self._ids[self.cursor_row :]
        yield from reversed(self._ids[: self.cursor_row])

    def open_story(self) -> bool:
        """Give the others of the story under the cursor rows of their own; False where it hides none."""
        here = self._ids[self.cursor_row] if self._ids else ""
        if not self._folding.hidden(here):
            return False
        self.set_folding(self._folding.with_story(here, opened=True))
        return True

    def close_story(self) -> bool:
        """Hide the others of the story under the cursor; False where none of them has a row."""
        first = self._folding.first(self._ids[self.cursor_row]) if self._ids else ""
        if not self._folding.is_open(first):
            return False
        self.set_folding(self._folding.with_story(first, opened=False), keep=first)
        return True

    def _standing_for(self, rows: Iterable[str]) -> frozenset[str]:
        """The articles that ``rows`` stand for: their own, and those they hide."""
        return frozenset(key for row in rows for key in (row, *self._folding.hidden(row)))

    def selected_in_words(self) -> str:
        """How many articles are selected, and how many of them are not to be seen; empty where none are."""
        if not self._selected:
            return ""
        hidden = sum(map(self._folding.hides, self._selected))
        return f"{len(self._selected):,} selected{f', {hidden:,} folded' if hidden else ''}"
