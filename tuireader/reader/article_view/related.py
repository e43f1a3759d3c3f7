"""Related articles of the article that is shown, found when it has been shown for a moment."""

from __future__ import annotations

from functools import partial

from library import Article, LibraryError
from tuireader.delay import Delay
from tuireader.desk import Desk
from tuireader.reader.in_view import InView
from tuireader.related.rows import ArticleRow, Related, reason_in_words

RELATED_PAUSE = 0.3
"""Seconds that an article is shown before related ones are looked for."""

LISTED = 20
"""How many related articles are listed."""


class RelatedArticles:
    """Finds what belongs to an article."""

    def __init__(self, desk: Desk, in_view: InView) -> None:
        self._desk = desk
        self._in_view = in_view
        self._found = Related("")
        self._timer: Delay | None = None

    def look(self, article_id: str) -> None:
        """Find what belongs to an article, in a worker, once it has stood on the page for a moment."""
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
        """What belongs to an article. Reads its text and asks the index of words."""
        try:
            others = [key for key in self._desk.library.stories.of(article_id).ids if key != article_id]
            found = self._desk.library.stories.related(article_id, LISTED)
        except LibraryError:  # it is no longer there
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
        """What stands below the page of an article: what belongs to it, as far as that has been found."""
        known = self._found
        return known.below(self._desk.library.calendar.today()) if known.article_id == article.id else ()
