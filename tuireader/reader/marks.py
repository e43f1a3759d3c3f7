"""Marks articles as bookmarked, read or trashed. A mark is shown only when it is on the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import NamedTuple

from tuireader.commands import Context
from tuireader.commands.binding import Bound, once
from tuireader.desk import Desk
from tuireader.events import What
from tuireader.jobs.progress import UnderWay
from tuireader.reader.panes import Panes
from tuireader.widgets.article_view.view import ArticleView


class Mark(NamedTuple):
    """A mark: its field of State, and the words for setting and removing it."""

    field: str
    doing: tuple[str, str]
    done: tuple[str, str]


_BOOKMARK = Mark("bookmarked", ("Bookmarking", "Removing bookmarks"), ("Bookmarked", "Bookmark removed"))
_READ = Mark("read", ("Marking as read", "Marking as unread"), ("Marked as read", "Marked as unread"))
_TRASH = Mark(
    "trashed",
    ("Moving to the trash", "Restoring"),
    ("Moved to the trash", "Restored"),
)


class MarkCommands:
    """The commands that set and remove marks of the articles in front."""

    def __init__(
        self, desk: Desk, panes: Panes, page: ArticleView, bookmark_passage: Callable[[], object]
    ) -> None:
        self._desk = desk
        self._panes = panes
        self._page = page
        self._bookmark_passage = bookmark_passage

    def commands(self) -> Iterable[Bound]:
        yield once("bookmark", self.bookmark)
        yield once("toggle-read", lambda: self._toggle(_READ))
        yield once("trash", lambda: self._toggle(_TRASH))

    def bookmark(self) -> None:
        if self._panes.current is Context.PAGE and self._page.selection.span():
            self._bookmark_passage()
            return
        self._toggle(_BOOKMARK)

    def _toggle(self, mark: Mark) -> None:
        """Set ``mark`` on the articles in front, or remove it if all of them have it."""
        ids = self._desk.front.article_ids()
        if ids:
            self._desk.changes.start(partial(self._toggled, mark, ids))

    async def _toggled(self, mark: Mark, ids: list[str]) -> None:
        def toggle(under_way: UnderWay) -> tuple[str, list[str]]:
            known = self._desk.library.articles.known(ids)
            off = self._desk.library.articles.all_marked(known, mark.field)
            under_way.doing = mark.doing[off]
            changed = self._desk.library.articles.mark(known, mark.field, not off, progress=under_way)
            return mark.done[off], changed

        result = await self._desk.changes.many(mark.doing[0], toggle)
        if result is not None:
            done, changed = result
            self._desk.show_changed(changed, done, What.MARKS)
