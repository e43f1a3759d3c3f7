"""The lines of a layout, and the pieces that they are made of."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from library.text.cells import REPLACEMENT, Measure, Range, is_simple
from library.text.document import BlockKind, Document, SpanStyle

_NO_STYLES: frozenset[SpanStyle] = frozenset()


class Decoration(StrEnum):
    """What a piece is that is no text of the document."""

    INDENT = "indent"
    MARKER = "marker"
    BAR = "bar"
    RULE = "rule"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line in one style.

    ``start`` is the offset of its first character in the document's text, None for a decoration; the
    characters of ``text`` follow one another there.
    """

    text: str
    start: int | None = None
    styles: frozenset[SpanStyle] = _NO_STYLES
    target: str = ""
    decoration: Decoration | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the layout.

    ``start`` and ``end`` hold all its offsets between them (in a table, others too). A line without text,
    such as the blank one between two blocks, has ``start == end``. ``right`` says that the paragraph
    begins in a script written from right to left, so that the line belongs to the right margin.
    """

    pieces: tuple[Piece, ...] = ()
    start: int = 0
    end: int = 0
    kind: BlockKind | None = None
    level: int = 0
    right: bool = False

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class StyledRange:
    """Characters that share ``styles``."""

    start: int
    end: int
    styles: frozenset[SpanStyle]
    target: str


class StyledText:
    """The text of a document, and its spans as ranges that do not overlap."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self._ranges = list(_flatten(document))
        self._ends = [styled.end for styled in self._ranges]

    def pieces(self, start: int, end: int) -> list[Piece]:
        """The characters ``start`` to ``end`` as pieces."""
        index = bisect_right(self._ends, start)
        if index == len(self._ranges) or self._ranges[index].start >= end:
            return [Piece(self.text[start:end], start)] if end > start else []
        pieces: list[Piece] = []
        for styled in islice(self._ranges, index, None):
            if styled.start >= end:
                break
            if styled.start > start:
                pieces.append(Piece(self.text[start : styled.start], start))
                start = styled.start
            stop = min(styled.end, end)
            pieces.append(Piece(self.text[start:stop], start, styled.styles, styled.target))
            start = stop
        if end > start:
            pieces.append(Piece(self.text[start:end], start))
        return pieces


def _flatten(document: Document) -> Iterator[StyledRange]:
    events = [(span.start, 1, span) for span in document.spans]
    events += [(span.end, 0, span) for span in document.spans]
    events.sort(key=lambda event: event[:2])
    active: dict[SpanStyle, str] = {}
    before = 0
    for position, opens, span in events:
        if active and position > before:
            yield StyledRange(before, position, frozenset(active), active.get(SpanStyle.LINK, ""))
        before = position
        if opens:
            active[span.style] = span.target
        else:
            active.pop(span.style, None)


def line_pieces(styled: StyledText, line: Range, width: int, measure: Measure) -> list[Piece]:
    """The pieces of a line; a character wider than the whole line is replaced by an ellipsis."""
    start, end = line
    if width < 2 and not is_simple(styled.text, start, end) and measure(styled.text[start:end]) > width:
        return [Piece(REPLACEMENT, start)]
    return styled.pieces(start, end)
