"""What of a page is on the screen: its rows, its words, its links, and letters over these to choose one."""

from __future__ import annotations

from abc import abstractmethod
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from rich.cells import cell_len
from textual.cache import LRUCache
from textual.scroll_view import ScrollView
from textual.strip import Strip

from library.text.document import Document, SpanStyle
from tuireader.widgets.article_view.page import Page, Sheet
from tuireader.widgets.article_view.runs import Run, cut_cells

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""The letters of hints: those under the resting fingers first."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link in view: where its first cell is (row of the page, cell of the pane), and its words."""

    row: int
    cell: int
    target: str
    words: str


@dataclass(frozen=True, slots=True)
class _Part:
    """The part of a link in one run."""

    row: int
    cell: int
    run: Run


def hint_names(count: int) -> list[str]:
    """``count`` names of one letter each, or where these do not suffice of two."""
    if count <= len(LETTERS):
        return list(LETTERS[:count])
    return ["".join(pair) for pair in product(LETTERS, repeat=2)][:count]


class InView(ScrollView):
    """A pane that shows the rows of a page, each as runs."""

    _page: Page | None
    _sheet: Sheet
    _is_partial: bool
    _strips: LRUCache[int, Strip]
    _hints: Mapping[tuple[int, int], str] = {}  # replaced, never changed

    @abstractmethod
    def _runs(self, row: int) -> list[Run]:
        """The runs of a row, from the left edge of the pane on."""

    @property
    def is_beginning(self) -> bool:
        """Whether only a part of the body is here, or laid out, as yet."""
        return self._is_partial or (self._page is not None and not self._page.complete)

    def redraw(self) -> None:
        """Redraws all rows."""
        self._strips.clear()
        self.refresh()

    def rows_in_view(self) -> range:
        """The rows of the page that are on the screen."""
        top = self.scroll_offset.y
        return range(top, min(top + self.size.height, len(self._sheet)))

    def is_in_view(self, offset: int) -> bool:
        """Whether the words at ``offset`` of the body are on the screen."""
        return self._sheet.row_of(offset) in self.rows_in_view()

    def links_in_view(self, document: Document) -> list[Link]:
        """The links on the screen, from the top on; one that is broken into lines is one."""
        links: list[Link] = []
        for parts in self._link_parts():
            first = parts[0]
            words = _words(document, first.run) or " ".join(part.run.text.strip() for part in parts)
            links.append(Link(first.row, first.cell, first.run.target, words))
        return links

    def _link_parts(self) -> Iterator[Sequence[_Part]]:
        parts: list[_Part] = []
        for row in self.rows_in_view():
            cell = 0
            for run in self._runs(row):
                if parts and run.text.strip() and run.target != parts[-1].run.target:
                    yield parts
                    parts = []
                if run.target and run.text.strip():
                    parts.append(_Part(row, cell, run))
                cell += cell_len(run.text)
        if parts:
            yield parts

    def show_hints(self, hints: Mapping[tuple[int, int], str]) -> None:
        """Shows letters over the page, each from a row and a cell on; none for an empty mapping."""
        self._hints = hints
        self.redraw()

    def with_hints(self, row: int, runs: list[Run]) -> list[Run]:
        """The runs of ``row`` with the hints over them."""
        for (hinted, cell), hint in self._hints.items():
            if hinted == row:
                # In the space before the link, where there is one, it covers no letter of it.
                if "".join(run.text for run in cut_cells(runs, cell - 1, cell)) == " ":
                    cell -= 1
                end, width = cell + len(hint), sum(cell_len(run.text) for run in runs)
                runs = [
                    *cut_cells(runs, 0, cell),
                    Run(hint, ("hint",)),
                    *cut_cells(runs, end, max(end, width)),
                ]
        return runs


def _words(document: Document, run: Run) -> str:
    """All words of the link of the body that ``run`` is a part of; empty where it is of no such link."""
    if run.start is None:
        return ""
    for index in reversed(range(bisect_right(document.spans, run.start, key=lambda span: span.start))):
        span = document.spans[index]
        if span.style is SpanStyle.LINK:  # the nearest: none stands in another
            here = run.start < span.end and span.target == run.target
            return document.text[span.start : span.end] if here else ""
    return ""
