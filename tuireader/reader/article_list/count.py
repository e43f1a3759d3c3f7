"""The number of listed articles, at the right end of the filter line."""

from __future__ import annotations

from collections.abc import Callable

from textual.widget import Widget

from library.text.amounts import counted
from tuireader.filter_bar.line import FilterLine
from tuireader.reader.article_list.order import order_in_words
from tuireader.reader.article_list.query_state import QueryState
from tuireader.views import is_in_trash, name_of
from tuireader.widgets.article_list.view import ArticleList


class CountLine:
    """Shows the count of the list, and as much else as there is room for."""

    def __init__(
        self,
        screen: Widget,
        line: FilterLine,
        articles: ArticleList,
        state: QueryState,
        can_stop: Callable[[], bool],
    ) -> None:
        self._screen = screen
        self._line = line
        self._articles = articles
        self._can_stop = can_stop
        self._state = state
        self._total = 0
        self.unsearched = 0
        """How many texts the query has not looked at, because they are not indexed yet."""
        self.indexing = ""
        """How far the indexing of texts is, and how long it will take; empty if none is under way."""
        self.changing = ""
        """How far a change of many articles is; empty if none is under way that takes long."""

    def show_found(self, total: int, unsearched: int) -> None:
        """The query was carried out in a library of ``total`` articles."""
        self._total, self.unsearched = total, unsearched
        self.show()

    def show_change(self, words: str) -> None:
        """Show how far a change is; with no words it is over."""
        self.changing = words
        self.show()

    def show(self) -> None:
        """Show how many articles are listed, as much of the rest as there is room for, in this order."""
        if self.changing:
            self._line.show_count(self._change_in_words())
            return
        width, listed = self._screen.size.width, len(self._articles.folding.found)
        text = self._state.text
        name = name_of(text)
        self._line.show_name(name, counted(listed, "article"))
        count = f"{listed:,} of {self._total:,}" if text.strip() else counted(self._total, "article")
        if is_in_trash(text):
            count = counted(listed, "article")
        if name and self._state.before is None:
            count = ""
        chosen = self._articles.selection.in_words()
        missing = f"{counted(self.unsearched, 'text')} not searched yet" if self.unsearched else ""
        room = width // 2 if width >= 60 else 0
        for part in (chosen, missing, self.indexing, order_in_words(self._state.listed)):
            if part and len(count) + len(part) < room:
                count = f"{count} · {part}" if count else part
        self._line.show_count(count)

    def _change_in_words(self) -> str:
        """How far a change is, and that Esc stops it where there is room and Esc does so."""
        words = f"{self.changing} · Esc stops"
        fits = len(words) <= self._screen.size.width - 16
        return words if fits and self._can_stop() else self.changing
