"""The number of listed articles, at the right end of the filter bar."""

from __future__ import annotations

from collections.abc import Callable

from textual.widget import Widget

from library.text.amounts import counted
from tuireader.filter_bar.line import FilterLine
from tuireader.reader.article_list.order import QueryState, order_in_words
from tuireader.views import is_in_trash, name_of
from tuireader.widgets.article_list.view import ArticleList


class CountLine:
    """The count of the list in the filter bar, with more details if there is room."""

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
        """Number of texts that were not searched because they are not indexed yet."""
        self.indexing = ""
        """Progress of the indexing of texts and the time left, in words; empty if it is not running."""
        self.changing = ""
        """Progress of a long-running change, in words; empty if there is none."""

    def show_found(self, total: int, unsearched: int) -> None:
        """Show the count of a finished search in a library of ``total`` articles."""
        self._total, self.unsearched = total, unsearched
        self.show()

    def show_change(self, words: str) -> None:
        """Show the progress of a change; empty when it is over."""
        self.changing = words
        self.show()

    def show(self) -> None:
        """Show the number of listed articles, and as many details as fit, in a fixed order."""
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
        for part in (chosen, missing, self.indexing):
            if part and len(count) + len(part) < room:
                count = f"{count} · {part}" if count else part
        order = order_in_words(self._state.listed)
        self._line.show_count(count, order if len(count) + len(order) < room else "")

    def _change_in_words(self) -> str:
        """Return the progress of a change, with “Esc stops” if that is true and fits."""
        words = f"{self.changing} · Esc stops"
        fits = len(words) <= self._screen.size.width - 16
        return words if fits and self._can_stop() else self.changing
