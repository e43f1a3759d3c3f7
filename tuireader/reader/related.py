"""The list of related articles, and the timeline."""

from __future__ import annotations

from collections.abc import Iterable

from library import LibraryError
from tuireader.commands.binding import Bound, once
from tuireader.desk import Desk
from tuireader.reader.article_view.jump_list import Jumps
from tuireader.reader.article_view.related import RelatedArticles
from tuireader.reader.opener import ArticleOpener
from tuireader.related.rows import Row, timeline_rows
from tuireader.related.screen import Chosen, RelatedScreen, Side


class RelatedCommands:
    """Shows what belongs to the article in front."""

    def __init__(self, desk: Desk, related: RelatedArticles, jumps: Jumps, opener: ArticleOpener) -> None:
        self._desk = desk
        self._related = related
        self._jumps = jumps
        self._opener = opener

    def commands(self) -> Iterable[Bound]:
        yield once("go-related", lambda: self._open(Side.RELATED))
        yield once("go-timeline", lambda: self._open(Side.TIMELINE))

    def _open(self, side: Side) -> None:
        article = self._desk.article_in_front()
        if article is None:
            return

        def read(wanted: Side) -> tuple[Row, ...]:
            if wanted is Side.TIMELINE:
                return self._timeline(article.id)
            return self._related.of(article.id).rows()

        screen = RelatedScreen(article.title, article.id, side, read, self._desk.library.calendar.today())
        self._desk.app.push_screen(screen, self._open_chosen)

    def _timeline(self, article_id: str) -> tuple[Row, ...]:
        try:
            moments = self._desk.library.stories.timeline(article_id)
        except LibraryError:
            return ()
        return timeline_rows(
            [(one, article) for one in moments if (article := self._desk.find_article(one.id))]
        )

    def _open_chosen(self, chosen: Chosen | None) -> None:
        if chosen is None:
            return
        self._jumps.record()
        self._opener.open(chosen.article_id, at=chosen.at)
