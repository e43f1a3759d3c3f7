"""The article in front, which commands act on."""

from __future__ import annotations

from library import Passage
from tuireader.commands import Context
from tuireader.events import Signal
from tuireader.reader.panes import Panes
from tuireader.widgets.article_list.view import ArticleList
from tuireader.widgets.article_view.view import ArticleView


class InView:
    """The article of the article view. Parts that show it subscribe to ``refreshed``."""

    def __init__(self) -> None:
        self.shown_id: str | None = None
        """Id of the article that is shown."""
        self.opened_id: str | None = None
        """Id of the article that is being read; None while the view only follows the cursor of the list."""
        self.refreshed: Signal[None] = Signal()

    def refresh(self) -> None:
        """Show the article again, at the same words."""
        self.refreshed.publish(None)


class ReaderFront:
    """The articles and words in front, according to the current pane."""

    def __init__(self, panes: Panes, articles: ArticleList, page: ArticleView, in_view: InView) -> None:
        self._panes = panes
        self._articles = articles
        self._page = page
        self._in_view = in_view

    def article_ids(self) -> list[str]:
        """Return the selected articles in the order of the list, otherwise the one in front."""
        found, selected = self._articles.folding.found, self._articles.selection.ids
        if self._panes.current is Context.LIST and selected:
            if len(selected) == len(found):
                return list(found)
            return [key for key in found if key in selected]
        key = self.article_id()
        return [key] if key else []

    def article_id(self) -> str | None:
        """Return the article of the article view if that is current, otherwise the one under the cursor."""
        reading = self._panes.current is Context.PAGE
        return self._in_view.shown_id if reading else self._articles.cursor_id

    def passage(self) -> Passage | None:
        """Return the selected words of the article view, otherwise those of the paragraph in front."""
        span, page = self._page.selection.span() or self._page.pointer.paragraph(), self._page.page
        text = page.document.text[slice(*span)] if page and span else ""
        words = text.strip()
        return Passage(words, span[0] + text.index(words)) if span and words else None
