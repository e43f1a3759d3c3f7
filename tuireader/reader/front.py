"""What the person means: the selected articles, the one in front, the words in front."""

from __future__ import annotations

from library import Passage
from tuireader.commands import Context
from tuireader.reader.in_view import InView
from tuireader.reader.panes import Panes
from tuireader.widgets.article_list.view import ArticleList
from tuireader.widgets.article_view.view import ArticleView


class ReaderFront:
    """Looks at the pane with the focus."""

    def __init__(self, panes: Panes, articles: ArticleList, page: ArticleView, in_view: InView) -> None:
        self._panes = panes
        self._articles = articles
        self._page = page
        self._in_view = in_view

    def article_ids(self) -> list[str]:
        """The selected articles of the list, in its order; otherwise the one in front."""
        found, selected = self._articles.folding.found, self._articles.selection.ids
        if self._panes.current is Context.LIST and selected:
            if len(selected) == len(found):
                return list(found)
            return [key for key in found if key in selected]
        key = self.article_id()
        return [key] if key else []

    def article_id(self) -> str | None:
        """The article that is being read, otherwise the one under the cursor of the list."""
        reading = self._panes.current is Context.PAGE
        return self._in_view.shown_id if reading else self._articles.cursor_id

    def passage(self) -> Passage | None:
        """The selected words of the article view, otherwise those of the paragraph in front."""
        span, page = self._page.selected_range() or self._page.front_paragraph(), self._page.page
        text = page.document.text[slice(*span)] if page and span else ""
        words = text.strip()
        return Passage(words, span[0] + text.index(words)) if span and words else None
