"""The lines of a layout, and the pieces they consist of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from heapq import heappop, heappush
from itertools import islice

from library.text.cells import Measure, is_simple
from library.text.document import BlockKind, Document, Span, SpanStyle
from library.text.layout.line_breaking import HYPHEN, LineRange

REPLACEMENT = "…"
"""Replacement for a character that is wider than the whole line."""

WIDEST_STRETCH = 2
"""Maximum average number of cells added to each space of a line; if more are missing, it stays ragged."""

_SPACES = re.compile(" +")

_NO_STYLES: frozenset[SpanStyle] = frozenset()


class Decoration(StrEnum):
    """The kind of a piece that is not text of the document."""

    INDENT = "indent"
    MARKER = "marker"
    BAR = "bar"
    RULE = "rule"
    PICTURE = "picture"
    CONTINUED = "continued"
    """Mark before a line that continues the previous line of code."""
    HYPHEN = "hyphen"
    """Hyphen after the first part of a divided word."""
    STRETCH = "stretch"
    """Extra width of the space before it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line in one style.

    ``start`` is the offset of its first character in the document's text, or None for a decoration. The
    characters of ``text`` are contiguous there.
    """

    text: str
    start: int | None = None
    styles: frozenset[SpanStyle] = _NO_STYLES
    target: str = ""
    decoration: Decoration | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the layout.

    All its offsets are between ``start`` and ``end``; in a table, offsets of other lines are, too. A line
    without text, such as a blank one between two blocks, has ``start == end``. ``right`` is True if the
    paragraph begins in a right-to-left script, so that the line is aligned right. ``wide`` is the width in
    cells of a table that is wider than the layout and shown in part; otherwise 0.
    """

    pieces: tuple[Piece, ...] = ()
    start: int = 0
    end: int = 0
    kind: BlockKind | None = None
    level: int = 0
    right: bool = False
    wide: int = 0

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    def cells_of(self, start: int, end: int, measure: Measure) -> tuple[int, int]:
        """Return first and last cell (exclusive) of the characters ``start`` to ``end``; (0, 0) for none."""
        taken: list[int] = []
        cell = 0
        for piece in self.pieces:
            if piece.start is not None and piece.start < end and piece.start + len(piece.text) > start:
                before, until = max(0, start - piece.start), end - piece.start
                taken += [cell + measure(piece.text[:before]), cell + measure(piece.text[:until])]
            cell += measure(piece.text)
        return (taken[0], taken[-1]) if taken else (0, 0)


@dataclass(frozen=True, slots=True)
class StyledRange:
    """A range of characters with the same ``styles``."""

    start: int
    end: int
    styles: frozenset[SpanStyle]
    target: str


class StyledText:
    """The text of a document, with its spans as ranges that do not overlap.

    ``begin`` selects the block for the next pieces; no span extends from one block into another.
    """

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self._spans = document.spans
        self.begin(0, len(document.text) if len(document.blocks) < 2 else 0)

    def begin(self, start: int, end: int) -> None:
        """Select the block from ``start`` to ``end`` for the next pieces."""
        first = bisect_left(self._spans, start, key=_span_start)
        last = bisect_left(self._spans, end, lo=first, key=_span_start)
        self._rest = _flatten(self._spans[first:last])
        self._ranges: list[StyledRange] = []
        self._ends: list[int] = []

    def _read_on(self, end: int) -> None:
        """Read the ranges up to ``end``, and no more, because a block can have very many."""
        while not self._ranges or self._ranges[-1].start < end:
            following = next(self._rest, None)
            if following is None:
                return
            self._ranges.append(following)
            self._ends.append(following.end)

    def has_style(self, style: SpanStyle, start: int, end: int) -> bool:
        """Return True if any of the characters ``start`` to ``end`` has ``style``."""
        return any(style in piece.styles for piece in self.pieces(start, end))

    def pieces(self, start: int, end: int) -> list[Piece]:
        """Return the characters ``start`` to ``end`` as pieces."""
        self._read_on(end)
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


def _span_start(span: Span) -> int:
    return span.start


def _target(active: Mapping[SpanStyle, str]) -> str:
    return active.get(SpanStyle.REFERENCE) or active.get(SpanStyle.LINK, "")


def _flatten(spans: Iterable[Span]) -> Iterator[StyledRange]:
    active: dict[SpanStyle, str] = {}
    closing: list[tuple[int, SpanStyle]] = []
    before = 0

    def up_to(position: int) -> Iterator[StyledRange]:
        nonlocal before
        if active and position > before:
            yield StyledRange(before, position, frozenset(active), _target(active))
        before = position

    for span in (*spans, None):
        while closing and (span is None or closing[0][0] <= span.start):
            end, style = heappop(closing)
            yield from up_to(end)
            active.pop(style, None)
        if span is not None:
            yield from up_to(span.start)
            active[span.style] = span.target
            heappush(closing, (span.end, span.style))


def line_pieces(styled: StyledText, line: LineRange, width: int, measure: Measure) -> list[Piece]:
    """Return the pieces of a line; a character wider than the whole line is replaced by an ellipsis."""
    start, end, hyphen = line
    if width < 2 and not is_simple(styled.text, start, end) and measure(styled.text[start:end]) > width:
        return [Piece(REPLACEMENT, start)]
    pieces = styled.pieces(start, end)
    if hyphen:
        pieces.append(replace(pieces[-1], text=HYPHEN, start=None, decoration=Decoration.HYPHEN))
    return pieces


def stretched(pieces: Sequence[Piece], missing: int) -> list[Piece]:
    """Return the pieces of a line with ``missing`` cells distributed evenly over its spaces.

    The pieces are unchanged if there are too few spaces for that many cells.
    """
    gaps = sum(len(_SPACES.findall(piece.text)) for piece in pieces if piece.start is not None)
    if not gaps or missing > gaps * WIDEST_STRETCH:
        return list(pieces)
    widths = iter([missing * (gap + 1) // gaps - missing * gap // gaps for gap in range(gaps)])
    return [part for piece in pieces for part in _stretched_piece(piece, widths)]


def _stretched_piece(piece: Piece, widths: Iterator[int]) -> Iterator[Piece]:
    if piece.start is None:
        yield piece
        return
    done = 0
    for match in _SPACES.finditer(piece.text):
        width = next(widths)
        if width:
            yield replace(piece, text=piece.text[done : match.end()], start=piece.start + done)
            yield replace(piece, text=" " * width, start=None, decoration=Decoration.STRETCH)
            done = match.end()
    if done < len(piece.text):
        yield replace(piece, text=piece.text[done:], start=piece.start + done)
