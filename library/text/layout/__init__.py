"""Layout of a document as lines of a given width, with the text offset of each character."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, takewhile

from library.text.cells import Measure, cells, is_simple
from library.text.document import Block, BlockKind, Document, SpanStyle
from library.text.layout.line_breaking import Hyphenator, LineRange, break_hard, break_lines
from library.text.layout.lines import Decoration, Line, Piece, StyledText, line_pieces, stretched
from library.text.layout.table import table_lines

__all__ = ["Decoration", "Layout", "Line", "Piece", "Setting", "lay_out"]

MINIMUM_TEXT = 12
"""Minimum number of cells that bars and indentation leave for the text, if the width allows it."""

_BAR = "│ "
_PICTURE = "▣ "
_RULE = "─"
_CONTINUED = "↳ "

_SET = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.FOOTNOTE})
"""Kinds of blocks that are running text, which can be justified and hyphenated."""

LONG_BLOCK = 20_000
"""Number of characters above which only a part of a block is laid out; see ``lay_out``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Options for running text: ragged or ``justified`` lines, whole or hyphenated words.

    With ``wide_tables``, a table that does not fit keeps its columns, and its lines are wider than the width.
    """

    justified: bool = False
    hyphenator: Hyphenator | None = None
    wide_tables: bool = False


RAGGED = Setting()


@dataclass(frozen=True)
class Layout:
    """The ``lines`` of a document at a ``width`` in cells."""

    width: int
    lines: Sequence[Line]
    length: int
    """Number of characters of the document's text."""
    start: int = 0
    """Offset of the first character of the lines."""

    @cached_property
    def _filled(self) -> list[int]:
        return [index for index, line in enumerate(self.lines) if line.end > line.start]

    @cached_property
    def _starts(self) -> list[int]:
        return [self.lines[index].start for index in self._filled]

    def line_at(self, offset: int) -> int:
        """Return the index of the line with the character ``offset``; 0 if there is no text."""
        place = bisect_right(self._starts, offset) - 1
        if place < 0:
            return self._filled[0] if self._filled else 0
        index = self._filled[place]
        if self.lines[index].kind is BlockKind.TABLE:
            return self._table_line_at(offset, place)
        return index

    def _table_line_at(self, offset: int, place: int) -> int:
        """Search a table backwards: a later line may have an earlier part of a neighbouring cell."""
        for before in range(place, -1, -1):
            line = self.lines[self._filled[before]]
            if line.kind is not BlockKind.TABLE:
                break
            if any(
                piece.start is not None and piece.start <= offset < piece.start + len(piece.text)
                for piece in line.pieces
            ):
                return self._filled[before]
        return self._filled[place]

    def offset_of(self, index: int) -> int:
        """Return the offset of the first character on line ``index``, or on the next line with text."""
        place = bisect_left(self._filled, index)
        return self._starts[place] if place < len(self._filled) else self.length


def lay_out(
    document: Document,
    width: int,
    measure: Measure = cells,
    limit: int | None = None,
    *,
    start: int = 0,
    setting: Setting = RAGGED,
    cancelled: Callable[[], bool] | None = None,
) -> Layout:
    """Lay out ``document`` in lines of at most ``width`` cells (at least 1); only wide tables are wider.

    ``measure`` returns the width of a text. With ``limit``, at most that many lines are made, and the layout
    ends before a very long table, because its first line takes as long as all its cells. The lines begin with
    the block at the character ``start``; in a very long block, with that character, as if no text came before
    it. ``cancelled`` is called at each line; once it returns True, the layout ends.
    """
    width = max(1, width)
    first = document.block_index_at(start) if start > 0 else 0
    setter = _Setter(document, width, measure, setting)
    wanted = islice(setter.lines(first, start, brief=limit is not None), limit)
    lines = tuple(takewhile(lambda _: not cancelled(), wanted) if cancelled else wanted)
    beginning = lines[0].start if lines else 0
    # A table may begin with an empty cell, before the first visible character.
    return Layout(width, lines, len(document.text), min(beginning, max(0, start)))


class _Setter:
    """The layout process of one document at one width."""

    def __init__(self, document: Document, width: int, measure: Measure, setting: Setting) -> None:
        self._document = document
        self._width = width
        self._measure = measure
        self._setting = setting
        self._styled = StyledText(document)

    def lines(self, first: int, start: int, *, brief: bool) -> Iterator[Line]:
        """Yield the lines from block ``first`` with ``start`` on; with ``brief``, only up to a long table."""
        for index, block in enumerate(islice(self._document.blocks, first, None), first):
            if brief and block.kind is BlockKind.TABLE and block.end - block.start > LONG_BLOCK:
                return
            if index > first and not block.tight:
                yield Line(start=block.start, end=block.start)
            if index == first and self._begins_within(block, start):
                block = replace(block, start=start)
            yield from self._block_lines(block)

    def _begins_within(self, block: Block, start: int) -> bool:
        return (
            LONG_BLOCK < start - block.start < block.end - block.start and block.kind is not BlockKind.TABLE
        )

    def _block_lines(self, block: Block) -> Iterator[Line]:
        first, following = self._edges(block)
        width = self._width - self._measure("".join(piece.text for piece in first))
        self._styled.begin(block.start, block.end)
        match block.kind:
            case BlockKind.RULE:
                lines = iter([self._rule(block, width)])
            case BlockKind.TABLE:
                lines = table_lines(self._styled, block, width, self._measure, wide=self._setting.wide_tables)
            case _:
                lines = self._text_lines(block, width)
        edge = first
        for line in lines:
            wide = line.wide and line.wide + self._width - width
            yield replace(line, pieces=edge + line.pieces, wide=wide) if edge else line
            edge = following

    def _edges(self, block: Block) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
        """Return the decoration left of the first line and of the following lines; both are equally wide."""
        frame = self._narrowed(block.frame)
        last_list = max((index for index, columns in enumerate(frame) if columns), default=-1)
        first: list[Piece] = []
        following: list[Piece] = []
        for index, columns in enumerate(frame):
            if not columns:
                first.append(Piece(_BAR, decoration=Decoration.BAR))
                following.append(first[-1])
                continue
            following.append(Piece(" " * columns, decoration=Decoration.INDENT))
            marked = index == last_list and block.marker
            marker = Piece(block.marker.ljust(columns), decoration=Decoration.MARKER)
            first.append(marker if marked else following[-1])
        if block.kind is BlockKind.IMAGE and self._width >= MINIMUM_TEXT:
            first.append(Piece(_PICTURE, decoration=Decoration.PICTURE))
            following.append(Piece(" " * len(_PICTURE), decoration=Decoration.INDENT))
        return tuple(first), tuple(following)

    def _narrowed(self, frame: tuple[int, ...]) -> tuple[int, ...]:
        """Return ``frame`` without the outer parts that would leave too few cells for the text."""
        room = self._width - min(MINIMUM_TEXT, (self._width + 1) // 2)
        kept: list[int] = []
        for columns in reversed(frame):
            room -= columns or len(_BAR)
            if room < 0:
                break
            kept.insert(0, columns)
        return tuple(kept)

    def _rule(self, block: Block, width: int) -> Line:
        length = max(1, width // 4)
        indent = Piece(" " * ((width - length) // 2), decoration=Decoration.INDENT)
        rule = Piece(_RULE * length, decoration=Decoration.RULE)
        return Line((indent, rule), block.start, block.start, block.kind)

    def _text_lines(self, block: Block, width: int) -> Iterator[Line]:
        if block.kind is BlockKind.CODE:
            yield from self._code_lines(block, width)
            return
        styled = self._styled
        right = is_right_to_left(styled.text, block.start, block.end)
        hyphenate = self._points if self._setting.hyphenator and block.kind in _SET else None
        justified = self._setting.justified and block.kind in _SET
        for line in break_lines(styled.text, block.start, block.end, width, self._measure, hyphenate):
            pieces = line_pieces(styled, line, width, self._measure)
            if justified and not self._ends_paragraph(line, block):
                pieces = stretched(pieces, width - self._measure("".join(piece.text for piece in pieces)))
            yield Line(tuple(pieces), line.start, line.end, block.kind, block.level, right)

    def _code_lines(self, block: Block, width: int) -> Iterator[Line]:
        """Yield the lines of code unchanged; the rest of a line that is too long follows after a mark."""
        styled = self._styled
        mark = _CONTINUED if width >= MINIMUM_TEXT else ""
        for line in break_hard(styled.text, block.start, block.end, width, self._measure, len(mark)):
            pieces = line_pieces(styled, line, width, self._measure)
            if mark and line.start > block.start and styled.text[line.start - 1] != "\n":
                pieces.insert(0, Piece(mark, decoration=Decoration.CONTINUED))
            yield Line(tuple(pieces), line.start, line.end, block.kind)

    def _points(self, start: int, end: int) -> Sequence[int]:
        """Return the offsets where the word from ``start`` to ``end`` may be hyphenated; code stays whole."""
        hyphenator = self._setting.hyphenator
        if hyphenator is None or self._styled.has_style(SpanStyle.CODE, start, end):
            return ()
        return [start + point for point in hyphenator(self._styled.text[start:end])]

    def _ends_paragraph(self, line: LineRange, block: Block) -> bool:
        """Return True if the end of the block or a line break in the text follows the line."""
        text = self._styled.text
        following = line.end
        while following < block.end and text[following] == " ":
            following += 1
        return following == block.end or text[following] == "\n"


def is_right_to_left(text: str, start: int, end: int) -> bool:
    """Return True if the first strong character (rules P2 and P3 of UAX #9) is of a right-to-left script."""
    if is_simple(text, start, min(end, start + 80)):
        return False
    for index in range(start, end):
        direction = unicodedata.bidirectional(text[index])
        if direction in {"R", "AL"}:
            return True
        if direction == "L":
            return False
    return False
