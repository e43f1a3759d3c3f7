"""The document model: a Markdown body as plain text with blocks and styled spans.

``Document.text`` is the article's plain text, to which notes, highlights and reading positions are anchored.
Offsets are counted in code points. The text contains everything that a reader sees of the body exactly once,
but no decoration (bullets, numbers, bars of quotes).

The Markdown is CommonMark with tables, strike-through and footnotes. The texts of footnotes are at the end.
Raw HTML stays text.
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
    """The kind of a block. Of a list item or footnote, only the first block has that kind."""

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
    """The characters ``start`` to ``end`` (exclusive) in ``style``; ``target`` is the address of a link.

    The target of a reference to a footnote is ``TO_FOOTNOTE`` followed by the marker of the footnote.
    """

    start: int
    end: int
    style: SpanStyle
    target: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: the characters ``start`` to ``end`` (exclusive)."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block, such as a paragraph or heading: the characters ``start`` to ``end`` (exclusive).

    A rule, an empty list item and a picture without words have no characters.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    """Level of a heading, 1 to 6."""
    frame: tuple[int, ...] = ()
    """Containers of the block, outermost first: 0 is a quote, n > 0 a list whose markers take n columns."""
    marker: str = ""
    """Bullet or number of the innermost list, shown before the block."""
    tight: bool = False
    """True if no blank line separates it from the previous block, as in a compact list."""
    rows: tuple[tuple[Cell, ...], ...] = ()
    """Cells of a table; the first row is the header."""
    alignments: tuple[str, ...] = ()
    """Alignment of each column of a table: "left", "right", "center" or ""."""
    target: str = ""
    """Address of a picture, as written in the Markdown."""

    @property
    def quote_depth(self) -> int:
        return self.frame.count(0)

    @property
    def list_depth(self) -> int:
        return len(self.frame) - self.frame.count(0)


@dataclass(frozen=True)
class Document:
    """A body as plain ``text``, with its ``blocks`` in order and its ``spans`` sorted by start."""

    text: str = ""
    blocks: tuple[Block, ...] = ()
    spans: tuple[Span, ...] = ()

    def paragraph_at(self, offset: int) -> Block | None:
        """Return the block with the character ``offset``; between two blocks, the first of them.

        None if the document has no text.
        """
        if not self._filled:
            return None
        index = bisect_right(self._filled, offset, key=lambda block: block.start) - 1
        return self._filled[max(0, index)]

    def block_index_at(self, offset: int) -> int:
        """Return the index of the last block that begins at or before ``offset``; 0 if there is none."""
        return max(0, bisect_right(self.blocks, offset, key=lambda block: block.start) - 1)

    def headings(self) -> tuple[Block, ...]:
        """Return the headings, in order."""
        return tuple(block for block in self.blocks if block.kind is BlockKind.HEADING)

    def footnote(self, target: str) -> Block | None:
        """Return the first block of the footnote that ``target`` refers to; None if there is none."""
        for block in self.blocks if target.startswith(TO_FOOTNOTE) else ():
            if block.kind is BlockKind.FOOTNOTE and block.marker.strip() == target.removeprefix(TO_FOOTNOTE):
                return block
        return None

    @cached_property
    def _filled(self) -> tuple[Block, ...]:
        return tuple(block for block in self.blocks if block.end > block.start)


def plain_document(text: str) -> Document:
    """Return a document with the words of ``text``, without markup; blank lines separate its paragraphs."""
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
