"""The document model: a Markdown body as plain text with blocks and styled spans.

``Document.text`` is the article's plain text, which notes, highlights and reading positions are anchored
on: offsets are code points into it. All that a reader sees of the body is in it exactly once; what only
decorates (bullets, numbers, bars of quotes) is not.

The Markdown is CommonMark with tables, strike-through and footnotes, whose texts are at the end. Raw
HTML stays text.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

BETWEEN_BLOCKS = "\n\n"
BETWEEN_ROWS = "\n"
BETWEEN_CELLS = "\t"


TO_FOOTNOTE = "footnote:"


class BlockKind(StrEnum):
    """What a block is. Only the first block of a list's item is a ``LIST_ITEM``, and so with footnotes."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    FOOTNOTE = "footnote"
    CODE = "code"
    TABLE = "table"
    RULE = "rule"
    IMAGE = "image"


class SpanStyle(StrEnum):
    """The style of a span."""

    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"
    STRIKE = "strike"
    LINK = "link"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Span:
    """The characters ``start`` to ``end`` have ``style``; ``target`` is the address of a link.

    That of a reference to a footnote is ``TO_FOOTNOTE`` and the footnote's marker.
    """

    start: int
    end: int
    style: SpanStyle
    target: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: the characters ``start`` to ``end``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The characters ``start`` to ``end`` (exclusive) form a block: a paragraph, heading, ….

    A rule, an empty list item and a picture without words have no characters.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    """The level of a heading, 1 to 6."""
    frame: tuple[int, ...] = ()
    """What the block is in, from the outside: 0 a quote, n > 0 a list whose markers take n columns."""
    marker: str = ""
    """The bullet or number of the innermost list that is before the block."""
    tight: bool = False
    """Whether it follows the block before without a blank line, as items of a compact list do."""
    rows: tuple[tuple[Cell, ...], ...] = ()
    """The cells of a table; the first row is the header."""
    alignments: tuple[str, ...] = ()
    """The alignment of each column of a table: "left", "right", "center" or ""."""
    target: str = ""
    """The address of a picture, as written in the Markdown."""

    @property
    def quote_depth(self) -> int:
        return self.frame.count(0)

    @property
    def list_depth(self) -> int:
        return len(self.frame) - self.frame.count(0)


@dataclass(frozen=True)
class Document:
    """A body as plain ``text``, its ``blocks`` in order, and its ``spans`` by their start."""

    text: str = ""
    blocks: tuple[Block, ...] = ()
    spans: tuple[Span, ...] = ()

    def paragraph_at(self, offset: int) -> Block | None:
        """The block that holds the character ``offset``; between two blocks, the one before.

        None if the document has no text.
        """
        if not self._filled:
            return None
        index = bisect_right(self._filled, offset, key=lambda block: block.start) - 1
        return self._filled[max(0, index)]

    def block_index_at(self, offset: int) -> int:
        """The index of the last block that begins at or before the character ``offset``; 0 for none."""
        return max(0, bisect_right(self.blocks, offset, key=lambda block: block.start) - 1)

    def headings(self) -> tuple[Block, ...]:
        """The headings, in order."""
        return tuple(block for block in self.blocks if block.kind is BlockKind.HEADING)

    def footnote(self, target: str) -> Block | None:
        """The first block of the footnote that a reference with this ``target`` leads to; None for none."""
        for block in self.blocks if target.startswith(TO_FOOTNOTE) else ():
            if block.kind is BlockKind.FOOTNOTE and block.marker.strip() == target.removeprefix(TO_FOOTNOTE):
                return block
        return None

    @cached_property
    def _filled(self) -> tuple[Block, ...]:
        return tuple(block for block in self.blocks if block.end > block.start)


def plain_document(text: str) -> Document:
    """A document with the words of ``text`` as they are: a paragraph for each blank line in between."""
    blocks: list[Block] = []
    parts: list[str] = []
    position = 0
    for chunk in text.expandtabs(4).split(BETWEEN_BLOCKS):
        words = chunk.strip("\n").rstrip()
        if not words:
            continue
        blocks.append(Block(kind=BlockKind.PARAGRAPH, start=position, end=position + len(words)))
        parts.append(words)
        position += len(words) + len(BETWEEN_BLOCKS)
    return Document(BETWEEN_BLOCKS.join(parts), tuple(blocks))
