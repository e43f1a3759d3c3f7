"""The marks on words in the article view: annotations, search hits, changes, the selection."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from library.models import HIGHLIGHT_COLOURS, Annotation, AnnotationKind
from tuireader.widgets.article_view.page import Mark, Page, is_placed

HIGHLIGHT_GLYPHS = dict(zip(HIGHLIGHT_COLOURS, "▌┃║█┇", strict=True))
"""Margin signs of highlights, by colour."""

HIGHLIGHT_STYLES = {
    "yellow": "underline",
    "green": "underline",
    "blue": "underline italic",
    "red": "underline bold",
    "purple": "underline bold",
}
"""Text styles of highlighted words, by colour."""

HIGHLIGHT_INKS = {
    "yellow": "$text-warning",
    "green": "$text-success",
    "blue": "$text-primary",
    "red": "$text-error",
    "purple": "#7d46a6",
}
"""Colours of words and signs, with enough contrast to read. Dark themes have another purple."""

_PURPLE_IN_THE_DARK = "#c39be3"


def tag_colours_for(widget: str) -> str:
    """Return the CSS of the classes ``widget--tag-yellow`` and so on, for coloured tags."""
    rules = [f"& .{widget}--tag-{name} {{ color: {ink}; }}" for name, ink in HIGHLIGHT_INKS.items()]
    return "\n".join([*rules, f"&:dark .{widget}--tag-purple {{ color: {_PURPLE_IN_THE_DARK}; }}"])


NOTE_GLYPH, BOOKMARK_GLYPH, FOLLOWING_GLYPH = "✎", "★", "╎"


def colour_of(highlight: Annotation) -> str:
    """Return the colour in which a highlight is shown: its own if that is one of the five, else the first."""
    return highlight.colour if highlight.colour in HIGHLIGHT_GLYPHS else HIGHLIGHT_COLOURS[0]


class Marks:
    """The marks on the body of a page: annotations, matches and the keyboard selection."""

    def __init__(self, page: Page) -> None:
        self._others = page.marks
        self._starts = [mark.start for mark in page.marks]
        self.notes = [_mark_of(note) for note in page.annotations if is_placed(note)]
        self.chosen: tuple[Mark, ...] = ()

    def on(self, start: int, end: int) -> list[Mark]:
        """Return the marks on the characters ``start`` to ``end``; later ones are drawn over earlier ones."""
        first = max(0, bisect_right(self._starts, start) - 1)
        last = bisect_left(self._starts, end)
        marks = [*self.notes, *self._others[first:last], *self.chosen]
        return [mark for mark in marks if mark.start < end and mark.end > start]


def _mark_of(note: Annotation) -> Mark:
    assert note.quote is not None
    start, end = note.quote.start, note.quote.end
    if note.kind is not AnnotationKind.HIGHLIGHT:
        glyph = BOOKMARK_GLYPH if note.kind is AnnotationKind.BOOKMARK else NOTE_GLYPH
        return Mark(start, end, "annotated", glyph, FOLLOWING_GLYPH)
    colour = colour_of(note)
    glyph = HIGHLIGHT_GLYPHS[colour]
    return Mark(start, end, f"highlight-{colour}", glyph, glyph)
