"""Saves the reading position of the open article."""

from __future__ import annotations

from functools import partial

from library import Position
from tuireader.delay import Delay
from tuireader.desk import Desk
from tuireader.reader.front import InView
from tuireader.widgets.article_view.view import ArticleView

POSITION_PAUSE = 2.0
"""Seconds without scrolling after which the position is saved."""


class PositionKeeper:
    """The reading position, which is saved after a pause in scrolling or when the article is left."""

    def __init__(self, desk: Desk, in_view: InView) -> None:
        self._desk = desk
        self._in_view = in_view
        self._timer: Delay | None = None
        self.unsaved: tuple[str, Position] | None = None
        """Article and position that are not on disk yet."""

    def moved(self, message: ArticleView.Moved) -> None:
        """Save the position after a pause, because the article was scrolled."""
        if self._in_view.opened_id is None or self._in_view.opened_id != self._in_view.shown_id:
            return
        self.unsaved = (self._in_view.opened_id, Position(message.offset, round(message.share, 4)))
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._desk.jobs.later(POSITION_PAUSE, self.save)

    def save(self) -> None:
        """Save the position now, if it is unsaved."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        unsaved, self.unsaved = self.unsaved, None
        if unsaved is not None and self._desk.library.writable:
            self._desk.changes.start(partial(self._saved, *unsaved))

    async def _saved(self, article_id: str, position: Position) -> None:
        article = self._desk.find_article(article_id)
        if article is not None and article.state.position != position:
            await self._desk.changes.make(self._desk.library.articles.save_position, article_id, position)
