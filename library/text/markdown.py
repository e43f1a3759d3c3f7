"""Markdown into a ``Document``, by way of markdown-it-py's tokens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from library.text.cleaning import clean_address, clean_text
from library.text.document import (
    BETWEEN_BLOCKS,
    BETWEEN_CELLS,
    BETWEEN_ROWS,
    Block,
    BlockKind,
    Cell,
    Document,
    Span,
    SpanStyle,
    plain_document,
)

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

NESTING_LIMIT = 60
"""How deep quotes and lists are followed; the parser calls itself for each level."""

OPEN_BRACKET_LIMIT = 50
"""A paragraph with more brackets that nothing closes is plain text: the search for links is quadratic."""

BRACKET_LIMIT = 2000
"""The same for brackets of any kind."""

TAB_SIZE = 4

_INLINE_MARK = re.compile(r"[\n\\`*_~\[\]<&]")
"""Where a rule for the words within a block may begin; a block without any is one text."""

_STYLES = {
    "strong": SpanStyle.STRONG,
    "em": SpanStyle.EMPHASIS,
    "s": SpanStyle.STRIKE,
    "link": SpanStyle.LINK,
}
_BULLETS = "•◦"


class TooDeep(ValueError):
    """The text is nested deeper than the parser follows, so that words would be lost."""


def parse_document(markdown: str) -> Document:
    """The document that ``markdown`` describes; any text is one, and none raises.

    The text is cleaned first, and again where an entity has put a character into it. A body nested
    deeper than the parser follows is shown as plain paragraphs.
    """
    source = clean_text(markdown)
    try:
        return _read_blocks(source)
    except Exception:  # whatever the parser stumbles over, the words must be shown
        return plain_document(source)


def _read_blocks(source: str) -> Document:
    """The document of ``source``, which is clean. Raises ``TooDeep``, and what the parser raises."""
    parser = _parser()
    tokens = parser.parse(source)
    if any(token.nesting == 1 and token.level >= NESTING_LIMIT - 1 for token in tokens):
        raise TooDeep
    reader = _BlockReader(parser, tokens)
    for index, token in enumerate(tokens):
        reader.take(index, token)
    return reader.writer.document()


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": NESTING_LIMIT})
    # The words within a block are read one block at a time, by _read_inline.
    parser.enable(["table", "strikethrough"]).disable(["inline", "text_join"])
    # Its lists of rules are made at the first use, which is here, so that threads can share it.
    parser.parse("a")
    parser.inline.parse("a", parser, {}, [])
    return parser


@dataclass
class _Writer:
    """Collects the text, block after block."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)

    def write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def write_separator(self) -> None:
        """What stands between two blocks that have text, before the second one."""
        if self.length:
            self.write(BETWEEN_BLOCKS)

    def document(self) -> Document:
        spans = sorted(self.spans, key=lambda span: (span.start, -span.end))
        return Document("".join(self.parts), tuple(self.blocks), tuple(spans))


@dataclass
class _List:
    """A list that is being read: ``width`` columns for its markers; the ``number`` of the next item."""

    width: int
    number: int | None
    bullet: str
    nested: bool
    items: int = 0
    pending: str = ""

    def next_marker(self) -> str:
        self.items += 1
        if self.number is None:
            return self.bullet
        self.number += 1
        return f"{self.number - 1}.".rjust(self.width - 1)


class _BlockReader:
    """Turns the block tokens into blocks, one after the other."""

    def __init__(self, parser: MarkdownIt, tokens: Sequence[Token]) -> None:
        self.writer = _Writer()
        self._parser = parser
        self._marker_widths = _marker_widths(tokens)
        self._containers: list[_List | None] = []
        self._heading_level = 0
        self._loose_item = True
        self._rows: list[list[Cell]] = []
        self._alignments: list[str] = []
        self._in_table = False

    def take(self, index: int, token: Token) -> None:
        match token.type:
            case "inline":
                self._take_words(token)
            case "paragraph_open":
                self._loose_item = not token.hidden
            case "heading_open":
                self._heading_level = int(token.tag[1:])
            case "heading_close":
                self._heading_level = 0
            case "blockquote_open":
                self._containers.append(None)
            case "bullet_list_open" | "ordered_list_open":
                self._open_list(index, token)
            case "list_item_open":
                self._open_item()
            case "list_item_close":
                self._flush_marker()
            case "blockquote_close" | "bullet_list_close" | "ordered_list_close":
                self._containers.pop()
            case "fence" | "code_block":
                self._take_code(token)
            case "hr":
                self._add(BlockKind.RULE, self.writer.length)
            case _:
                self._take_table_token(token)

    def _take_table_token(self, token: Token) -> None:
        match token.type:
            case "table_open":
                self._in_table = True
                self._rows, self._alignments = [], []
                self.writer.write_separator()
            case "tr_open":
                self._rows.append([])
            case "th_open":
                self._alignments.append(str(token.attrGet("style") or "").removeprefix("text-align:"))
            case "table_close":
                self._close_table()

    def _open_list(self, index: int, token: Token) -> None:
        self._flush_marker()
        depth = sum(1 for container in self._containers if container)
        ordered = token.type == "ordered_list_open"
        number = int(token.attrGet("start") or 0) if token.attrGet("start") is not None else 1
        self._containers.append(
            _List(
                width=self._marker_widths[index],
                number=number if ordered else None,
                bullet=_BULLETS[depth % len(_BULLETS)],
                nested=depth > 0,
            )
        )

    def _innermost_list(self) -> _List | None:
        return next((container for container in reversed(self._containers) if container), None)

    def _open_item(self) -> None:
        innermost = self._innermost_list()
        if innermost:
            innermost.pending = innermost.next_marker()

    def _flush_marker(self) -> None:
        """An item without a word, or with a list as its first block, stands by its marker alone."""
        innermost = self._innermost_list()
        if innermost and innermost.pending:
            self._add(BlockKind.LIST_ITEM, self.writer.length)

    def _add(self, kind: BlockKind, start: int, *, level: int = 0) -> None:
        """Adds the block of what was written from ``start`` on."""
        innermost = self._innermost_list()
        marker = innermost.pending if innermost else ""
        if innermost:
            innermost.pending = ""
        if kind is BlockKind.PARAGRAPH and marker:
            kind = BlockKind.LIST_ITEM
        self.writer.blocks.append(
            Block(
                kind=kind,
                start=start,
                end=self.writer.length,
                level=level,
                frame=tuple(container.width if container else 0 for container in self._containers),
                marker=marker,
                tight=bool(innermost and marker and self._is_tight(innermost)),
                rows=tuple(map(tuple, self._rows)) if kind is BlockKind.TABLE else (),
                alignments=tuple(self._alignments) if kind is BlockKind.TABLE else (),
            )
        )

    def _is_tight(self, innermost: _List) -> bool:
        """An item of a compact list follows the item before at once, and a nested list its item."""
        return not self._loose_item and (innermost.nested or innermost.items > 1)

    def _take_words(self, token: Token) -> None:
        inline = self._read_inline(token.content)
        if self._in_table:
            self._take_cell(inline)
            return
        pictures_only = bool(inline) and all(
            child.type in {"image", "softbreak"} or (child.type == "text" and not child.content.strip())
            for child in inline
        )
        if pictures_only:
            self._take_pictures(inline)
            return
        kind = BlockKind.HEADING if self._heading_level else BlockKind.PARAGRAPH
        self._write_block(kind, inline, level=self._heading_level)

    def _read_inline(self, content: str) -> list[Token]:
        from markdown_it.token import Token

        if not _INLINE_MARK.search(content):
            return [Token("text", "", 0, content=content)] if content else []
        brackets = content.count("[")
        if brackets > BRACKET_LIMIT or brackets - content.count("]") > OPEN_BRACKET_LIMIT:
            return [Token("text", "", 0, content=content.replace("\n", " "))]
        children: list[Token] = []
        self._parser.inline.parse(content, self._parser, {}, children)
        return children

    def _write_block(self, kind: BlockKind, inline: Iterable[Token], *, level: int = 0) -> None:
        before = len(self.writer.parts), self.writer.length
        self.writer.write_separator()
        start = self.writer.length
        _write_words(self.writer, inline)
        if self.writer.length > start:
            self._add(kind, start, level=level)
        else:
            del self.writer.parts[before[0] :]
            self.writer.length = before[1]

    def _take_pictures(self, inline: Iterable[Token]) -> None:
        for picture in (child for child in inline if child.type == "image"):
            count = len(self.writer.blocks)
            self._write_block(BlockKind.IMAGE, [picture])
            if len(self.writer.blocks) == count:
                self._add(BlockKind.IMAGE, self.writer.length)

    def _take_cell(self, inline: Iterable[Token]) -> None:
        row = self._rows[-1]
        if row:
            self.writer.write(BETWEEN_CELLS)
        elif len(self._rows) > 1:
            self.writer.write(BETWEEN_ROWS)
        start = self.writer.length
        _write_words(self.writer, inline)
        row.append(Cell(start, self.writer.length))

    def _close_table(self) -> None:
        self._in_table = False
        self._add(BlockKind.TABLE, self._rows[0][0].start)

    def _take_code(self, token: Token) -> None:
        code = clean_text(token.content).expandtabs(TAB_SIZE).strip("\n")
        if not code.strip():
            return
        self.writer.write_separator()
        start = self.writer.length
        self.writer.write(code)
        self._add(BlockKind.CODE, start)


def _marker_widths(tokens: Sequence[Token]) -> dict[int, int]:
    """For the index of each list's opening token, the columns of its widest marker and a space."""
    widths: dict[int, int] = {}
    opened: list[tuple[int, int]] = []
    for index, token in enumerate(tokens):
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            start = token.attrGet("start")
            opened.append((index, int(start) if start is not None else 1))
        elif token.type == "list_item_open":
            opened[-1] = (opened[-1][0], opened[-1][1] + 1)
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            opening, following = opened.pop()
            ordered = token.type == "ordered_list_close"
            widths[opening] = len(f"{following - 1}. ") if ordered else 2
    return widths


def _write_words(writer: _Writer, inline: Iterable[Token]) -> None:
    """Writes the words of a block, and the spans of their styles."""
    opened: dict[SpanStyle, list[tuple[int, str]]] = {}
    for token in _joined(inline):
        style = _STYLES.get(token.type.removesuffix("_open").removesuffix("_close"))
        if style and token.nesting == 1:
            target = clean_address(str(token.attrGet("href") or ""))
            opened.setdefault(style, []).append((writer.length, target))
        elif style and token.nesting == -1:
            start, target = opened[style].pop()
            # A style within itself changes nothing.
            if writer.length > start and not opened[style]:
                writer.spans.append(Span(start, writer.length, style, target))
        else:
            _write_token(writer, token)


def _write_token(writer: _Writer, token: Token) -> None:
    match token.type:
        case "softbreak":
            writer.write(" ")
        case "hardbreak":
            writer.write("\n")
        case "image":
            writer.write(_picture_words(token))
        case "code_inline":
            start = writer.length
            writer.write(_one_line(token.content))
            if writer.length > start:
                writer.spans.append(Span(start, writer.length, SpanStyle.CODE))
        case _:
            writer.write(_one_line(token.content))


def _joined(inline: Iterable[Token]) -> Iterator[Token]:
    """``inline`` with neighbouring pieces of plain text as one, so that they are cleaned as one."""
    from markdown_it.token import Token

    texts: list[str] = []
    for token in inline:
        if token.type in {"text", "text_special"}:
            texts.append(token.content)
            continue
        if texts:
            yield Token("text", "", 0, content="".join(texts))
            texts = []
        yield token
    if texts:
        yield Token("text", "", 0, content="".join(texts))


def _one_line(text: str) -> str:
    return clean_text(text).replace("\n", " ").replace("\t", " ")


def _picture_words(token: Token) -> str:
    """What is said about a picture: its description, and its title where that says something else."""
    description = _one_line("".join(child.content or " " for child in token.children or ())).strip()
    title = _one_line(str(token.attrGet("title") or "")).strip()
    if not title or title == description:
        return description
    return f"{description}\n{title}" if description else title
