"""The jump list: the places that were left, to come back to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tuireader.reader.article_view.jumps import JumpList, JumpPlace
from tuireader.reader.in_view import InView
from tuireader.widgets.article_view.view import ArticleView


class Jumps:
    """Records the places in the article that is being read."""

    def __init__(self, page: ArticleView, in_view: InView) -> None:
        self.places = JumpList()
        self._page = page
        self._in_view = in_view
        self._is_paused = False

    def record(self) -> None:
        """Keep the present place, to come back to it."""
        place = self.present()
        if place is not None and not self._is_paused:
            self.places.leave(place)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Record nothing meanwhile."""
        self._is_paused = True
        try:
            yield
        finally:
            self._is_paused = False

    def present(self) -> JumpPlace | None:
        """The place in the article that is being read; None while none is, or it is not shown yet."""
        page, shown = self._page.page, self._in_view.shown_id
        if page is None or self._in_view.opened_id != shown or page.article.id != shown:
            return None
        return JumpPlace(page.article.id, self._page.reading_offset)
