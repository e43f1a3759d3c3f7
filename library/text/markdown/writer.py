"""The writer of a document's plain text: the words of each block, and the spans of their styles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from library.text.cleaning import clean_address, clean_text
from library.text.document import BETWEEN_BLOCKS, TO_FOOTNOTE, Block, Document, Span, SpanStyle

if TYPE_CHECKING:
    from markdown_it.token import Token

_STYLES = {
    "strong": SpanStyle.STRONG,
    "em": SpanStyle.EMPHASIS,
    "s": SpanStyle.STRIKE,
    "link": SpanStyle.LINK,
}
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass
class Writer:
    """Collector of the text of a document, block by block."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)

    def write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def write_separator(self) -> None:
        """Write the separator before the next block, unless there is no text yet."""
        if self.length:
            self.write(BETWEEN_BLOCKS)

    def document(self) -> Document:
        spans = sorted(self.spans, key=lambda span: (span.start, -span.end))
        return Document("".join(self.parts), tuple(self.blocks), tuple(spans))


def write_words(writer: Writer, inline: Iterable[Token]) -> None:
    """Write the words of a block and the spans of their styles."""
    opened: dict[SpanStyle, list[tuple[int, str]]] = {}
    for token in _joined(inline):
        style = _STYLES.get(token.type.removesuffix("_open").removesuffix("_close"))
        if style and token.nesting == 1:
            target = clean_address(str(token.attrGet("href") or ""))
            opened.setdefault(style, []).append((writer.length, target))
        elif style and token.nesting == -1:
            start, target = opened[style].pop()
            # A style nested in itself has no effect.
            if writer.length > start and not opened[style]:
                writer.spans.append(Span(start, writer.length, style, target))
        else:
            _write_token(writer, token)


def _write_token(writer: Writer, token: Token) -> None:
    match token.type:
        case "softbreak":
            writer.write(" ")
        case "hardbreak":
            writer.write("\n")
        case "image":
            writer.write(picture_words(token))
        case "footnote_ref":
            start, sign = writer.length, superscript(token.meta["id"] + 1)
            writer.write(sign)
            writer.spans.append(Span(start, writer.length, SpanStyle.REFERENCE, f"{TO_FOOTNOTE}{sign}"))
        case "code_inline":
            start = writer.length
            writer.write(_one_line(token.content))
            if writer.length > start:
                writer.spans.append(Span(start, writer.length, SpanStyle.CODE))
        case _:
            writer.write(_one_line(token.content))


def _joined(inline: Iterable[Token]) -> Iterator[Token]:
    """Yield the tokens of ``inline`` with adjacent plain text joined, so that it is cleaned as one."""
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


def superscript(number: int) -> str:
    """Return the number of a footnote in the form in which it appears in the text."""
    return str(number).translate(_SUPERSCRIPT)


def _one_line(text: str) -> str:
    return clean_text(text).replace("\n", " ").replace("\t", " ")


def picture_words(token: Token) -> str:
    """Return the description of a picture, and its title if that differs."""
    description = _one_line("".join(child.content or " " for child in token.children or ())).strip()
    title = _one_line(str(token.attrGet("title") or "")).strip()
    if not title or title == description:
        return description
    return f"{description}\n{title}" if description else title
