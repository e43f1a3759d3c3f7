"""Actions in the article list: jump, select, expand and collapse stories."""

from __future__ import annotations

from collections.abc import Callable

from tuireader.widgets.article_list.view import ArticleList


class ArticleListActions:
    """The actions on the rows of ``articles``."""

    def __init__(self, articles: ArticleList) -> None:
        self._articles = articles

    def next_match(self, matches: Callable[[str], bool], *, step: int, count: int = 1) -> None:
        """Move to the ``count``-th match after the cursor (``step`` 1) or before it (-1).

        With fewer matches, move to the last one; without any, do not move.
        """
        rows, found = self._articles.ids, None
        for row in range(self._articles.cursor_row + step, len(rows) if step > 0 else -1, step):
            if matches(rows[row]):
                found = row
                count -= 1
                if count <= 0:
                    break
        if found is not None:
            self._articles.move_to(found)

    def next_unread(self, count: int = 1) -> None:
        """Move to the next unread article."""
        self.next_match(self._has_unread, step=1, count=count)

    def previous_unread(self, count: int = 1) -> None:
        """Move to the previous unread article."""
        self.next_match(self._has_unread, step=-1, count=count)

    def _has_unread(self, row: str) -> bool:
        """Return True if the article of ``row``, or one that the row hides, is unread."""
        return any(map(self._articles.painter.is_unread, (row, *self._articles.folding.hidden(row))))

    def select(self, count: int = 1) -> None:
        """Select or deselect ``count`` rows from the cursor on, and move the cursor past them.

        Articles that a row hides are included.
        """
        articles, first = self._articles, self._articles.cursor_row
        articles.selection.toggle(articles.ids[first : first + count])
        articles.move_to(first + count)

    def select_range(self) -> None:
        """Start a selection from the cursor's row to wherever the cursor moves, or end it."""
        self._articles.selection.toggle_range(self._articles.cursor_row)

    def open_story(self) -> bool:
        """Expand the story under the cursor. Return False if the row hides no articles."""
        here, folding = self._articles.cursor_id, self._articles.folding
        if here is None or not folding.hidden(here):
            return False
        self._articles.set_folding(folding.with_story(here, opened=True))
        return True

    def close_story(self) -> bool:
        """Collapse the story under the cursor. Return False if it is not expanded."""
        here, folding = self._articles.cursor_id, self._articles.folding
        first = folding.first(here) if here else ""
        if not folding.is_open(first):
            return False
        self._articles.set_folding(folding.with_story(first, opened=False), keep=first)
        return True
