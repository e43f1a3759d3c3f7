"""The Markdown parser: turns Markdown into a ``Document``, with markdown-it-py."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from library.text.cleaning import clean_address, clean_text
from library.text.document import (
    BETWEEN_CELLS,
    BETWEEN_ROWS,
    Block,
    BlockKind,
    Cell,
    Document,
    plain_document,
)
from library.text.markdown.writer import Writer, superscript, write_words

if TYPE_CHECKING:
    from markdown_it.token import Token

    from library.text.markdown.grammar import Grammar

TAB_SIZE = 4

BEGINNING = 8_000
"""Number of characters of Markdown that are parsed as the beginning of a long text."""

DEFINITIONS_LIMIT = 500
"""Maximum number of link definitions from the rest of a long text that its beginning is parsed with."""

_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]+\]:.*$", re.MULTILINE)

_BULLETS = "•◦"

_WIDTH = "width"
"""Key in the ``meta`` of a token that opens a list: columns of the widest marker and a space."""


class TooDeep(ValueError):
    """The text is nested deeper than the parser can follow, so words would be lost."""


def parse_document(markdown: str, *, cancelled: Callable[[], bool] | None = None) -> Document:
    """Parse ``markdown`` into a document. Any text is valid.

    The text is cleaned before parsing, and again afterwards because entities can add characters. A text that
    is nested too deeply for the parser becomes plain paragraphs. ``cancelled`` is called repeatedly; once it
    returns True, the document ends.
    """
    source = clean_text(markdown)
    try:
        return _read_blocks(source, cancelled)
    except Exception:  # the words must be shown whatever the parser fails on
        return plain_document(source)


def parse_beginning(markdown: str) -> Document | None:
    """Parse the first blocks of a long text, to show them while the whole is being parsed.

    Except for its last block, the text of the result is the beginning of the text of the whole document. None
    if the text is short or nested too deeply for the parser.
    """
    if len(markdown) <= 2 * BEGINNING:
        return None
    end = markdown.rfind("\n", 0, BEGINNING)
    source = clean_text(markdown[: end if end > 0 else BEGINNING])
    definitions = islice(_DEFINITION.finditer(markdown, len(source)), DEFINITIONS_LIMIT)
    elsewhere = "\n".join(match.group() for match in definitions)
    try:
        return _read_beginning(source, elsewhere)
    except Exception:  # parsing the whole text deals with it
        return None


def _read_beginning(source: str, definitions: str) -> Document | None:
    """Parse ``source`` without its last block, which is incomplete, unless there is only one."""
    from library.text.markdown.grammar import Grammar

    grammar = Grammar()
    tokens = _bounded(grammar.blocks(source))
    if any(token.type == "definition" for token in tokens):
        return None  # only the whole text shows if a link uses them
    grammar.blocks(clean_text(definitions))
    last = max(
        (index for index, token in enumerate(tokens) if not token.level and token.nesting >= 0), default=0
    )
    del tokens[last or len(tokens) :]
    _measure_markers(tokens)
    reader = _BlockReader(grammar)
    body, _ = _footnotes_apart(tokens)
    reader.take_all(body)
    return reader.writer.document()


def _bounded(tokens: list[Token]) -> list[Token]:
    """Return ``tokens``. Raises ``TooDeep`` if the nesting was too deep for the parser."""
    from library.text.markdown.grammar import NESTING_LIMIT

    if any(token.nesting == 1 and token.level >= NESTING_LIMIT - 1 for token in tokens):
        raise TooDeep
    return tokens


def _read_blocks(source: str, cancelled: Callable[[], bool] | None = None) -> Document:
    """Parse ``source``, which must be clean. Raises ``TooDeep`` and the exceptions of the parser."""
    from library.text.markdown.grammar import Grammar

    grammar = Grammar()
    tokens = grammar.without_used_definitions(_bounded(grammar.blocks(source)))
    _measure_markers(tokens)
    reader = _BlockReader(grammar, cancelled)
    body, footnotes = _footnotes_apart(tokens)
    reader.take_all(body)
    if footnotes:
        reader.take_footnotes(footnotes)
    return reader.writer.document()


def _footnotes_apart(tokens: list[Token]) -> tuple[deque[Token], dict[str, deque[Token]]]:
    """Split the tokens into those of the body and those of each footnote by label; ``tokens`` is emptied."""
    body: deque[Token] = deque()
    footnotes: dict[str, deque[Token]] = {}
    opened = [body]
    for token in tokens:
        if token.type == "footnote_reference_open":
            opened.append(footnotes.setdefault(token.meta["label"], deque()))
        elif token.type == "footnote_reference_close":
            opened.pop()
        else:
            opened[-1].append(token)
    tokens.clear()
    return body, footnotes


@dataclass
class _List:
    """A list that is being read: ``width`` in columns of its markers, and ``number`` of the next item.

    ``first`` is the kind that the first block of an item gets if it is a paragraph.
    """

    width: int
    number: int | None
    bullet: str
    nested: bool
    items: int = 0
    pending: str = ""
    first: BlockKind = BlockKind.LIST_ITEM

    def next_marker(self) -> str:
        self.items += 1
        if self.number is None:
            return self.bullet
        self.number += 1
        return f"{self.number - 1}.".rjust(self.width - 1)


class _BlockReader:
    """Converter of block tokens to blocks, one after the other."""

    def __init__(self, grammar: Grammar, cancelled: Callable[[], bool] | None = None) -> None:
        self.writer = Writer()
        self._cancelled = cancelled
        self._grammar = grammar
        self._containers: list[_List | None] = []
        self._heading_level = 0
        self._loose_item = True
        self._rows: list[list[Cell]] = []
        self._alignments: list[str] = []
        self._in_table = False

    def take_all(self, tokens: deque[Token]) -> None:
        """Read and free one token after the other; freeing all at once would block other threads."""
        while tokens and not (self._cancelled and self._cancelled()):
            self._take(tokens.popleft())

    def take_footnotes(self, footnotes: dict[str, deque[Token]]) -> None:
        """Write the footnotes below a rule, in order of number; those without a reference come last."""
        self._add(BlockKind.RULE, self.writer.length)
        width = len(str(len(footnotes))) + 1
        number = 0
        while footnotes and not (self._cancelled and self._cancelled()):
            number += 1
            label = self._grammar.footnote(number)
            if label is None:
                label = next(iter(footnotes))
                self._grammar.refer_to(label)
            container = _List(width=width, number=None, bullet="", nested=False, items=number)
            container.first, container.pending = BlockKind.FOOTNOTE, superscript(number)
            self._containers.append(container)
            self.take_all(footnotes.pop(label))
            self._flush_marker()
            self._containers.pop()

    def _take(self, token: Token) -> None:
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
                self._open_list(token)
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
            case "definition":
                self._take_definition(token)
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

    def _open_list(self, token: Token) -> None:
        self._flush_marker()
        depth = sum(1 for container in self._containers if container)
        ordered = token.type == "ordered_list_open"
        number = int(token.attrGet("start") or 0) if token.attrGet("start") is not None else 1
        self._containers.append(
            _List(
                width=token.meta[_WIDTH],
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
        """Write a pending marker as a block: that of an empty item, or of one that begins with a list."""
        innermost = self._innermost_list()
        if innermost and innermost.pending:
            self._add(BlockKind.LIST_ITEM, self.writer.length)

    def _add(self, kind: BlockKind, start: int, *, level: int = 0, target: str = "") -> None:
        """Add a block for the text that was written from ``start`` on."""
        innermost = self._innermost_list()
        marker = innermost.pending if innermost else ""
        if innermost:
            innermost.pending = ""
        if kind is BlockKind.PARAGRAPH and innermost and marker:
            kind = innermost.first
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
                target=target,
            )
        )

    def _is_tight(self, innermost: _List) -> bool:
        """Return True if no blank line precedes the item: in compact lists and footnotes."""
        compact = not self._loose_item or innermost.first is BlockKind.FOOTNOTE
        return compact and (innermost.nested or innermost.items > 1)

    def _take_words(self, token: Token) -> None:
        inline = self._grammar.words(token.content)
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

    def _take_definition(self, token: Token) -> None:
        from library.text.markdown.grammar import inline

        self._write_block(BlockKind.PARAGRAPH, inline(token))

    def _write_block(
        self, kind: BlockKind, inline: Iterable[Token], *, level: int = 0, target: str = ""
    ) -> None:
        before = len(self.writer.parts), self.writer.length
        self.writer.write_separator()
        start = self.writer.length
        write_words(self.writer, inline)
        if self.writer.length > start:
            self._add(kind, start, level=level, target=target)
        else:
            del self.writer.parts[before[0] :]
            self.writer.length = before[1]

    def _take_pictures(self, inline: Iterable[Token]) -> None:
        for picture in (child for child in inline if child.type == "image"):
            count = len(self.writer.blocks)
            target = clean_address(str(picture.attrGet("src") or ""))
            self._write_block(BlockKind.IMAGE, [picture], target=target)
            if len(self.writer.blocks) == count:
                self._add(BlockKind.IMAGE, self.writer.length, target=target)

    def _take_cell(self, inline: Iterable[Token]) -> None:
        row = self._rows[-1]
        if row:
            self.writer.write(BETWEEN_CELLS)
        elif len(self._rows) > 1:
            self.writer.write(BETWEEN_ROWS)
        start = self.writer.length
        write_words(self.writer, inline)
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


def _measure_markers(tokens: Iterable[Token]) -> None:
    """Store the width of its markers in each token that opens a list."""
    opened: list[tuple[Token, int]] = []
    for token in tokens:
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            start = token.attrGet("start")
            opened.append((token, int(start) if start is not None else 1))
        elif token.type == "list_item_open":
            opened[-1] = (opened[-1][0], opened[-1][1] + 1)
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            opening, following = opened.pop()
            ordered = token.type == "ordered_list_close"
            opening.meta[_WIDTH] = len(f"{following - 1}. ") if ordered else 2
