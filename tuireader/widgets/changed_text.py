"""What has become of a former text, as a document to read: removed and added words side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from library.text.document import BETWEEN_BLOCKS, Block, BlockKind, Document
from tuireader.widgets.page import Mark

if TYPE_CHECKING:
    from library.text.difference import ParagraphDifference

_PARAGRAPH_ENDS = " ¶ "
_NAMES = {"removed": ("removed", "−"), "added": ("added", "+")}
"""The kinds of words that are marked: how, and with what in the margin."""


@dataclass(frozen=True, slots=True)
class ChangedText:
    """``document`` has the words of both texts, ``marks`` are on those that changed.

    ``changes`` are the offsets of the changes; a removal and the addition in its place are one.
    """

    document: Document
    marks: tuple[Mark, ...]
    changes: tuple[int, ...]


def changed_text(paragraphs: Sequence[ParagraphDifference]) -> ChangedText:
    """The paragraphs of both texts, the words that changed marked."""
    parts: list[str] = []
    blocks: list[Block] = []
    marks: list[Mark] = []
    changes: list[int] = []
    position = 0
    for paragraph in paragraphs:
        if parts:
            parts.append(BETWEEN_BLOCKS)
            position += len(BETWEEN_BLOCKS)
        begin, is_change = position, False
        for run in paragraph.runs:
            words = run.text.replace(BETWEEN_BLOCKS, _PARAGRAPH_ENDS).replace("\t", "  ")
            parts.append(words)
            if run.kind in _NAMES:
                marks.append(Mark(position, position + len(words), *_NAMES[run.kind]))
                changes += [] if is_change else [position]
            is_change = run.kind in _NAMES
            position += len(words)
        blocks.append(Block(kind=BlockKind.PARAGRAPH, start=begin, end=position))
    return ChangedText(Document("".join(parts), tuple(blocks)), tuple(marks), tuple(changes))
