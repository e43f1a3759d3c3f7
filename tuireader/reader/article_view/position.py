"""The place in the article that is being read."""

from __future__ import annotations

from functools import partial

from library import Position
from tuireader.delay import Delay
from tuireader.desk import Desk
from tuireader.reader.front import InView
from tuireader.widgets.article_view.view import ArticleView

POSITION_PAUSE = 2.0
"""Seconds without scrolling after which the place is kept."""


class PositionKeeper:
    """Puts the place on the disk when the article has not been scrolled for a while, or is left."""

    def __init__(self, desk: Desk, in_view: InView) -> None:
        self._desk = desk
        self._in_view = in_view
        self._timer: Delay | None = None
        self.unkept: tuple[str, Position] | None = None
        """The place that is not on the disk yet."""

    def moved(self, message: ArticleView.Moved) -> None:
        """The article was scrolled."""
        if self._in_view.opened_id is None or self._in_view.opened_id != self._in_view.shown_id:
            return
        self.unkept = (self._in_view.opened_id, Position(message.offset, round(message.share, 4)))
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._desk.jobs.later(POSITION_PAUSE, self.keep)

    def keep(self) -> None:
        """Put the place in the article that is being read on the disk."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        place, self.unkept = self.unkept, None
        if place is not None and self._desk.library.writable:
            self._desk.changes.start(partial(self._kept, *place))

    async def _kept(self, article_id: str, position: Position) -> None:
        article = self._desk.find_article(article_id)
        if article is not None and article.state.position != position:
            await self._desk.changes.make(self._desk.library.articles.save_position, article_id, position)
