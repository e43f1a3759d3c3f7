"""Renders the Markdown of a note: as one plain line, or with styles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from textual.content import Content

from library.text.document import Block, BlockKind, Document, SpanStyle
from library.text.markdown import parse_document
from tuireader.presentation import shown

_BAR, _RULE = "│ ", "───"
_STYLES = {
    SpanStyle.STRONG: "bold",
    SpanStyle.EMPHASIS: "italic",
    SpanStyle.STRIKE: "strike",
    SpanStyle.CODE: "on $panel",
    SpanStyle.LINK: "underline $text-accent",
    SpanStyle.REFERENCE: "$text-accent",
}
_BLOCK_STYLES = {BlockKind.HEADING: "bold", BlockKind.CODE: "on $panel"}

_UNMARKED = re.compile(r"[^\W\d_]([^\W_]|[ ,.;?!'’“”#–…-])*")
"""A line that cannot contain Markdown. Most notes are like this and need no parsing."""


def note_words(body: str) -> str:
    """Return the words of the note ``body`` on one line."""
    if _UNMARKED.fullmatch(body):
        return " ".join(body.split())
    document = parse_document(shown(body))
    parts = (f"{block.marker} {_words(document, block)}" for block in document.blocks)
    return " ".join(" ".join(parts).split())


def note_content(body: str) -> Content:
    """Render the note ``body`` with its paragraphs, lists and styles; links show their text."""
    document = parse_document(shown(body))
    return Content("").join(list(_set_blocks(document)))


def _set_blocks(document: Document) -> Iterator[Content]:
    for number, block in enumerate(document.blocks):
        if number:
            yield Content("\n" if block.tight else "\n\n")
        depth = "  " * max(0, block.list_depth - 1)
        marker = f"{block.marker} " if block.marker else ""
        yield Content(_BAR * block.quote_depth + depth + marker)
        yield _set_words(document, block)


def _set_words(document: Document, block: Block) -> Content:
    words = Content.styled(_words(document, block), _BLOCK_STYLES.get(block.kind, ""))
    for span in document.spans:
        if block.start <= span.start < block.end:
            words = words.stylize(_STYLES[span.style], span.start - block.start, span.end - block.start)
    return words


def _words(document: Document, block: Block) -> str:
    if block.kind is BlockKind.RULE:
        return _RULE
    return document.text[block.start : block.end].replace("\t", " ")
