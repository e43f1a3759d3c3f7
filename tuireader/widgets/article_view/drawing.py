"""Draws runs of text as strips, for Textual's line API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tuireader.widgets.article_view.lines import PageLines
from tuireader.widgets.article_view.pane import Canvas
from tuireader.widgets.article_view.pictures import Pictures
from tuireader.widgets.article_view.runs import DOUBLY_UNDERLINED, NOTES_GAP, Margins, Run, cut_runs, runs_of
from tuireader.widgets.article_view.selection import WordSelection

POINTER = "▸"
"""Sign left of the paragraph or annotation on which commands act."""


class LineDrawing:
    """The drawing of lines in the styles of the widget. Lines are cached until they change."""

    def __init__(
        self, lines: PageLines, selection: WordSelection, pictures: Pictures, canvas: Canvas
    ) -> None:
        self._lines = lines
        self._selection = selection
        self._pictures = pictures
        self._canvas = canvas
        self._styles: dict[tuple[str, ...], Style] = {}

    def forget_styles(self) -> None:
        """Discard the cached styles and lines, because the styles of the widget have changed."""
        self._lines.drawn.clear()
        self._styles.clear()

    def strip(self, row: int, width: int, *, pointed: bool = False) -> Strip:
        """Return the line of ``row`` in ``width`` cells, with the pointer in its margin if ``pointed``."""
        drawn = self._lines.drawn
        strip = drawn.get(row)
        if strip is None or strip.cell_length != width:
            words = self._words_and_note(row) if row < len(self._lines.rows) else Strip.blank(0)
            strip = words.crop_extend(0, width, self.style())
            drawn[row] = strip
        return self._with_pointer(strip) if pointed else strip

    def _with_pointer(self, strip: Strip) -> Strip:
        """Return ``strip`` with the pointer left of the margin sign and the words."""
        cell = max(0, self._lines.margins.left - 3)
        if not strip.crop(cell, cell + 1).text.isspace():
            return strip
        sign = Strip([Segment(POINTER, self.style("pointer"))])
        return Strip.join([strip.crop(0, cell), sign, strip.crop(cell + 1)])

    def _words_and_note(self, row: int) -> Strip:
        if (picture := self._lines.rows[row].picture) is not None:
            return self._pictures.strip(picture)
        runs = self._lines.runs(row)
        return Strip([*self._words(row, runs), *self._note(row, runs)])

    def _words(self, row: int, runs: list[Run]) -> list[Segment]:
        """Return the words of a row, with the mouse selection in its own style."""
        selection = self._selection.by_mouse
        span = selection.get_span(row) if selection else None
        if span is None:
            return self._segments(runs)
        length = sum(len(run.text) for run in runs)
        start, end = max(self._lines.margins.left, span[0]), span[1] if span[1] >= 0 else length
        if end <= start:
            return self._segments(runs)
        return [
            *self._segments(cut_runs(runs, 0, start)),
            *self._segments(cut_runs(runs, start, end), self._canvas.selection_style),
            *self._segments(cut_runs(runs, end, length)),
        ]

    def _note(self, row: int, runs: list[Run]) -> list[Segment]:
        """Return the row of a note beside the words, if there is one."""
        note, margins = self._lines.rows.beside.get(row), self._lines.margins
        if note is None:
            return []
        cell = margins.left + margins.column + NOTES_GAP
        gap = max(0, cell - sum(cell_len(run.text) for run in runs))
        words = runs_of(note, Margins(0, margins.room), None)
        return self._segments([Run(" " * gap), *words])

    def _segments(self, runs: Iterable[Run], over: Style | None = None) -> list[Segment]:
        return [self.segment(part, over) for run in runs for part in _without_leading_spaces(run)]

    def segment(self, run: Run, over: Style | None = None) -> Segment:
        """Return ``run`` in its styles, with the style ``over`` on top of them."""
        style = self.style(*run.names)
        if not run.names and run.text.isspace():
            # Spaces get a style of their own: screenshots lose leading spaces of a segment.
            style = Style(bgcolor=style.bgcolor)
        if not DOUBLY_UNDERLINED.isdisjoint(run.names):  # Textual's visual styles do not support it
            style += Style(underline2=True)
        if run.target:
            style += Style.from_meta({"address": run.target})
        if run.term:
            style += Style.from_meta({"term": run.term})
        return Segment(run.text, style + over if over else style)

    def style(self, *names: str) -> Style:
        """Return the combined style of the components ``names``; without names, that of the page."""
        style = self._styles.get(names)
        if style is None:
            style = self._styles[names] = self._canvas.style(*names)
        return style


def _without_leading_spaces(run: Run) -> Iterator[Run]:
    """Yield ``run``, with its leading spaces as a run of their own: screenshots lose those of a segment."""
    spaces = len(run.text) - len(run.text.lstrip(" "))
    if 0 < spaces < len(run.text):
        yield from (replace(run, text=run.text[:spaces]), replace(run, text=run.text[spaces:]))
    else:
        yield run
