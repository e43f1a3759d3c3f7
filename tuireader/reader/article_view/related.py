"""Finds the related articles of an article, shows them below it, and lists them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from library import Article, LibraryError
from tuireader.commands.binding import Bound, once
from tuireader.delay import Delay
from tuireader.desk import Desk
from tuireader.reader.article_view.jumps import Jumps
from tuireader.reader.front import InView
from tuireader.related.rows import ArticleRow, Related, Row, reason_in_words, timeline_rows

if TYPE_CHECKING:
    from tuireader.related.screen import Chosen

RELATED_PAUSE = 0.3
"""Seconds that an article is shown before the search for related ones starts."""

LISTED = 20
"""Maximum number of related articles."""


class RelatedArticles:
    """The search for related articles."""

    def __init__(self, desk: Desk, in_view: InView) -> None:
        self._desk = desk
        self._in_view = in_view
        self._found = Related("")
        self._timer: Delay | None = None

    def look(self, article_id: str) -> None:
        """Find the related articles of an article in a worker, once it has been shown for a moment."""
        if self._timer is not None:
            self._timer.stop()
        if self._found.article_id != article_id:
            self._timer = self._desk.jobs.later(RELATED_PAUSE, partial(self._find, article_id))

    def _find(self, article_id: str) -> None:
        if self._in_view.shown_id == article_id:
            self._desk.jobs.load("related", partial(self.of, article_id), self._show)

    def _show(self, found: Related) -> None:
        if found.article_id == self._in_view.shown_id:
            self._found = found
            if found.rows():
                self._in_view.refresh()

    def of(self, article_id: str) -> Related:
        """Return the related articles of an article. Reads its text and queries the full-text index."""
        try:
            others = [key for key in self._desk.library.stories.of(article_id).ids if key != article_id]
            found = self._desk.library.stories.related(article_id, LISTED)
        except LibraryError:  # it is no longer in the library
            return Related(article_id)
        reasons = dict.fromkeys(others, "") | {one.id: reason_in_words(one) for one in found}
        rows = {
            key: ArticleRow(article, why)
            for key, why in reasons.items()
            if (article := self._desk.find_article(key))
        }
        story = tuple(rows.pop(key) for key in others if key in rows)
        return Related(article_id, story, tuple(rows.values()))

    def below(self, article: Article) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the rows below an article: its related articles, if they have been found already."""
        known = self._found
        return known.below(self._desk.library.calendar.today()) if known.article_id == article.id else ()


class RelatedCommands:
    """The commands that show the related articles and the timeline of the article in front."""

    def __init__(
        self,
        desk: Desk,
        related: RelatedArticles,
        jumps: Jumps,
        open_at: Callable[[str, int | None], None],
    ) -> None:
        self._desk = desk
        self._related = related
        self._jumps = jumps
        self._open_at = open_at

    def commands(self) -> Iterable[Bound]:
        yield once("go-related", lambda: self._open(timeline=False))
        yield once("go-timeline", lambda: self._open(timeline=True))

    def _open(self, *, timeline: bool) -> None:
        from tuireader.related.screen import RelatedScreen, Side

        article = self._desk.article_in_front()
        if article is None:
            return

        def read(wanted: Side) -> tuple[Row, ...]:
            if wanted is Side.TIMELINE:
                return self._timeline(article.id)
            return self._related.of(article.id).rows()

        side = Side.TIMELINE if timeline else Side.RELATED
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
        self._open_at(chosen.article_id, chosen.at)
