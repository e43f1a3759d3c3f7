"""A revision as a document, with removed and added words marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from library.text.document import BETWEEN_BLOCKS, Block, BlockKind, Document
from tuireader.widgets.article_view.page import Mark

if TYPE_CHECKING:
    from library.text.difference import ParagraphDifference

_PARAGRAPH_ENDS = " ¶ "
_GLYPHS = {"removed": "−", "added": "+"}
"""Glyphs in the margin beside the changed words."""

_REPLACED = "±"


@dataclass(frozen=True, slots=True)
class ChangedText:
    """A document with the words of both texts, and ``marks`` on those that changed.

    ``changes`` are the offsets of the changes; a removal and the addition that replaces it are one.
    """

    document: Document
    marks: tuple[Mark, ...]
    changes: tuple[int, ...]


def changed_text(paragraphs: Sequence[ParagraphDifference], present: Document) -> ChangedText:
    """Combine the paragraphs of both texts, with marks; headings are those of the ``present`` text."""
    headings = {present.text[block.start : block.end]: block.level for block in present.headings()}
    writer = _Writer()
    for paragraph in paragraphs:
        words = "".join(run.text for run in paragraph.runs if run.kind != "removed")
        writer.write_paragraph(paragraph, headings.get(words, 0))
    document = Document("".join(writer.parts), tuple(writer.blocks))
    return ChangedText(document, tuple(writer.marks), tuple(writer.changes))


class _Writer:
    """Collects the words of the paragraphs and the positions of the changes."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.blocks: list[Block] = []
        self.marks: list[Mark] = []
        self.changes: list[int] = []
        self._length = 0

    def _write(self, words: str) -> None:
        self.parts.append(words)
        self._length += len(words)

    def write_paragraph(self, paragraph: ParagraphDifference, level: int) -> None:
        """Write one paragraph, as a heading if ``level`` is not 0."""
        if self.parts:
            self._write(BETWEEN_BLOCKS)
        start, before = self._length, ""
        for run, after in zip_longest(paragraph.runs, paragraph.runs[1:]):
            kind, following = str(run.kind), str(after.kind) if after else ""
            words = run.text.replace(BETWEEN_BLOCKS, _PARAGRAPH_ENDS).replace("\t", "  ")
            if kind == "added" and before == "removed" and not self.parts[-1][-1].isspace():
                self._write(" ")
            if kind in _GLYPHS:
                replaced = (before, kind) == ("removed", "added") or (kind, following) == ("removed", "added")
                glyph = _REPLACED if replaced else _GLYPHS[kind]
                self.marks.append(Mark(self._length, self._length + len(words), kind, glyph))
                if before not in _GLYPHS:
                    self.changes.append(self._length)
            self._write(words)
            before = kind
        kind_of_block = BlockKind.HEADING if level else BlockKind.PARAGRAPH
        self.blocks.append(Block(kind=kind_of_block, start=start, end=self._length, level=level))
