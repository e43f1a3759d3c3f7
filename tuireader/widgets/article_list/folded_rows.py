"""Rows of articles, some of which stand for others: the window, its cursor, stories that open and close."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from tuireader.widgets.article_list.folding import Folding
from tuireader.widgets.row_list import RowList

_FEW = 20
"""So many rows are redrawn one by one."""


class FoldedRows(RowList):
    """A window of articles under a cursor that stays on its article whatever else changes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._folding = Folding()

    def window_changed(self) -> None:
        """Other articles are shown."""
        raise NotImplementedError

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
    def cursor_id(self) -> str | None:
        """The article under the cursor."""
        return self._ids[self.cursor_row] if self._ids else None

    def set_ids(self, ids: Sequence[str], *, keep: str | None = None, near: bool = True) -> None:
        """Show these articles, with the cursor on ``keep``, or where it was.

        Where that is not among them it comes to the nearest neighbour, or to the first if not ``near``.
        """
        self.set_folding(Folding.of(ids, (), frozenset()), keep=keep, near=near)

    def set_folding(self, folding: Folding, *, keep: str | None = None, near: bool = True) -> None:
        """Show these articles, as ``set_ids`` does. A story that would hide the cursor's is opened."""
        wanted = self.cursor_id if keep is None else keep
        if wanted is not None and folding.hides(wanted) and (near or keep is not None):
            folding = folding.with_story(wanted, opened=True)
        row = self._row_to_keep(folding, wanted, near)
        self._folding = folding
        self.window_changed()
        self.rows_changed(row)
        self.cursor_moved()

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

    def go_to(self, article_id: str) -> bool:
        """Put the cursor on ``article_id``, opening its story if need be; False where it is not there."""
        if self._folding.hides(article_id):
            self.set_folding(self._folding, keep=article_id)
        if article_id not in self._ids:
            return False
        self.move_to(self._ids.index(article_id))
        return True

    def refresh_row(self, article_id: str) -> None:
        """Redraw the row of ``article_id``, or the one that hides it, where it is in the window."""
        row = self._folding.first(article_id) if self._folding.hides(article_id) else article_id
        if row in self._ids:
            self.redraw_row(self._ids.index(row))

    # Stories

    def open_story(self) -> bool:
        """Give the others of the story under the cursor rows of their own; False where it hides none."""
        here = self.cursor_id
        if here is None or not self._folding.hidden(here):
            return False
        self.set_folding(self._folding.with_story(here, opened=True))
        return True

    def close_story(self) -> bool:
        """Hide the others of the story under the cursor; False where none of them has a row."""
        first = self._folding.first(self.cursor_id) if self.cursor_id else ""
        if not self._folding.is_open(first):
            return False
        self.set_folding(self._folding.with_story(first, opened=False), keep=first)
        return True

    def refresh_rows(self, ids: Collection[str]) -> None:
        """Redraw the rows of some articles."""
        if len(ids) > _FEW:
            self.redraw()
        else:
            for article_id in ids:
                self.refresh_row(article_id)

    # Looking for a row

    def find_row(self, matches: Callable[[str], bool], *, step: int, count: int = 1) -> int | None:
        """The row of the ``count``-th match after the cursor (``step`` 1) or before it (-1).

        The last match there is where there are fewer; None where there is none.
        """
        found = None
        end = len(self._ids) if step > 0 else -1
        for row in range(self.cursor_row + step, end, step):
            if matches(self._ids[row]):
                found = row
                count -= 1
                if count <= 0:
                    break
        return found

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return len(self._ids)
