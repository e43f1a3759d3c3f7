"""Copies selected words with their citation."""

from __future__ import annotations

from collections.abc import Iterable

from tuireader.citations.copying import Citations
from tuireader.commands import Context
from tuireader.commands.binding import Bound, once
from tuireader.desk import Desk
from tuireader.reader.panes import Panes
from tuireader.widgets.article_view.view import ArticleView


class CitationCommands:
    """The commands that copy the citation of the article in front."""

    def __init__(self, desk: Desk, panes: Panes, page: ArticleView, citations: Citations) -> None:
        self._desk = desk
        self._panes = panes
        self._page = page
        self._citations = citations

    def commands(self) -> Iterable[Bound]:
        yield once("copy-citation", lambda: self._cite_front(choose=False))
        yield once("choose-citation", lambda: self._cite_front(choose=True))

    def _cite_front(self, *, choose: bool) -> None:
        article = self._desk.article_in_front()
        if article is not None:
            words = self._words_in_front() if self._panes.current is Context.PAGE else ""
            self._page.selection.stop()
            self._citations.copy(article, words, choose=choose)

    def _words_in_front(self) -> str:
        """Return the selected words, otherwise those of the annotation in front."""
        page, chosen = self._page.page, self._page.selection.span()
        if page is None:
            return ""
        if chosen:
            return page.document.text[slice(*chosen)]
        front = self._page.pointer.annotation(page.annotations)
        return front.quote.exact if front and front.quote else ""
