"""Actions in the article list: jump, select, expand and collapse stories."""

from __future__ import annotations

from collections.abc import Callable

from tuireader.widgets.article_list.view import ArticleList


class ArticleListActions:
    """Carries out commands in ``articles``."""

    def __init__(self, articles: ArticleList) -> None:
        self._articles = articles

    def next_match(self, matches: Callable[[str], bool], *, step: int, count: int = 1) -> None:
        """Move to the ``count``-th match after the cursor (``step`` 1) or before it (-1), or to the last.

        Nothing moves where there is none.
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
        """Move to the unread article before."""
        self.next_match(self._has_unread, step=-1, count=count)

    def _has_unread(self, row: str) -> bool:
        """Whether an article that the row stands for was not read."""
        return any(map(self._articles.painter.is_unread, (row, *self._articles.folding.hidden(row))))

    def select(self, count: int = 1) -> None:
        """Select or deselect articles from the cursor on, and move the cursor past them.

        What a row hides goes with it.
        """
        articles, first = self._articles, self._articles.cursor_row
        articles.selection.toggle(articles.ids[first : first + count])
        articles.move_to(first + count)

    def select_range(self) -> None:
        """Select from the cursor on, wherever it goes, until this is asked for again."""
        self._articles.selection.toggle_range(self._articles.cursor_row)

    def open_story(self) -> bool:
        """Give the others of the story under the cursor rows of their own; False where it hides none."""
        here, folding = self._articles.cursor_id, self._articles.folding
        if here is None or not folding.hidden(here):
            return False
        self._articles.set_folding(folding.with_story(here, opened=True))
        return True

    def close_story(self) -> bool:
        """Hide the others of the story under the cursor; False where none of them has a row."""
        here, folding = self._articles.cursor_id, self._articles.folding
        first = folding.first(here) if here else ""
        if not folding.is_open(first):
            return False
        self._articles.set_folding(folding.with_story(first, opened=False), keep=first)
        return True
