"""Cleans Markdown of a converter: needless escapes and entities, anchors, page marks, picture notes."""

from __future__ import annotations

import re
from html import unescape

_ENTITY = re.compile(r"(?<!\\)&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_CODE = re.compile(r"(?P<mark>`+)(?!`).*?(?<!`)(?P=mark)(?!`)", re.DOTALL)
_MARKUP = re.compile(r"[\\`*_<\[\]]")
_LINK = re.compile(
    r"!?\[((?:\\.|[^\[\]\\])*)\]\((?:<[^>\n]*>|(?:\\.|[^()\s\\]|\([^()\s]*\))*)(?:\s+\"[^\"]*\")?\)"
)
_EMPHASIS = re.compile(r"(?<![\\\w])(\*{1,3}|_{1,3})(?=[^\s*_])(.{1,400}?)(?<=[^\s\\])\1(?!\w)")
_STARS = re.compile(r"(?<!\\)(\*{1,3})(?=[^\s*])(.{1,400}?)(?<=[^\s\\*])\1")
_LINE_START = re.compile(r"(?m)^(\s*)(?:([#>+=~|-])|(\d{1,9})([.)])(?=\s|$)|(\*)(?=\s))")
_NEAR = 40
"""Number of characters on each side of an escape that decide whether it is needed."""

PLAIN_LIMIT = 10_000
_KEPT = frozenset("\\`<[]*_~")


def _removable(text: str, match: re.Match[str]) -> bool:
    """Return True if the character has the same meaning without its backslash."""
    character = match[1]
    start, end = match.span()
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    line = before.rpartition("\n")[2]
    if character in "#>+-=|~*" and not line.strip():
        return False
    if character in ".)" and re.fullmatch(r"\s*\d{1,9}", line):
        return False
    if character == "_":
        return before[-1:].isalnum() and after[:1].isalnum()
    if character == "*":
        return before[-1:].isspace() and after[:1].isspace()
    if character == "~":
        return not before.endswith("~") and not after.startswith(("~", "\\~"))
    if character == "(":
        return not before.endswith("]")
    if character == "!":
        return not after.startswith("[")
    if character == "&":
        return not _ENTITY.match("&" + after)
    return character not in _KEPT


def _decoded(match: re.Match[str]) -> str:
    """Decode an entity, and escape characters that Markdown would read as markup."""
    text = unescape(match.group())
    if text == match.group():
        return text
    if text == "&":
        rest = match.string[match.end() : match.end() + _NEAR]
        return "\\&" if _ENTITY.match("&" + rest) else "&"
    return _MARKUP.sub(r"\\\g<0>", text)


def _outside_code(text: str) -> list[tuple[bool, str]]:
    """Split ``text`` into pieces of (is code, piece)."""
    pieces, end = [], 0
    for match in _CODE.finditer(text) if "`" in text else ():
        pieces += [(False, text[end : match.start()]), (True, match.group())]
        end = match.end()
    return [*pieces, (False, text[end:])]


def _undone(piece: str) -> str:
    """Remove needless escapes and entities from a ``piece`` of text outside code."""
    text = _ESCAPE.sub(lambda match: match[1] if _removable(piece, match) else match[0], piece)
    return _ENTITY.sub(_decoded, text)


def undo_escapes(paragraph: str) -> str:
    """Remove needless escapes from a ``paragraph`` of Markdown and decode its entities once."""
    if "\\" not in paragraph and "&" not in paragraph:
        return paragraph
    return "".join(piece if is_code else _undone(piece) for is_code, piece in _outside_code(paragraph))


def plain_text(markdown: str) -> str:
    """Return the words of a line or paragraph of Markdown, without markup, escapes and entities.

    Only the first 10,000 characters are read.
    """
    text = _LINK.sub(r"\1", markdown[:PLAIN_LIMIT])
    text = re.sub(r"<(https?://[^\s<>]+)>", r"\1", text)
    for _ in range(3):  # bold inside italics inside a link
        text = _STARS.sub(r"\2", _EMPHASIS.sub(r"\2", text))
    text = _CODE.sub(lambda match: match.group().strip("`").strip(), text)
    return unescape(_ESCAPE.sub(r"\1", text))


def escape_markup(line: str) -> str:
    """Escape a ``line`` of plain text so that Markdown shows it character by character."""
    text = re.sub(r"[\\`*_<\[\]]|~(?=~)", r"\\\g<0>", line)
    text = re.sub(r"(?<=\w)\\_(?=\w)", "_", text)
    text = re.sub(r"&(?=#?\w{1,31};)", r"\\&", text)
    return _LINE_START.sub(_escape_start, text)


def _escape_start(match: re.Match[str]) -> str:
    space, mark, number, stop, star = match.groups()
    if number:
        return f"{space}{number}\\{stop}"
    return f"{space}\\{mark or star}"


_ANCHOR = re.compile(
    r"<(?P<tag>span|a)\s+(?:id|name)=[\"'][^\"'<>]{0,200}[\"']\s*>\s*</(?P=tag)>", re.IGNORECASE
)
_PAGE_MARK = re.compile(
    r"""(?m)^[ \t]*(?:
      \{\d{1,5}\}-{6,}
    | -{2,}\s*(?:(?:end|start|begin)\s+of\s+)?page\s*[=:]?\s*\d{1,5}\s*-{2,}
    | \[{1,2}\s*page\s*(?:break|\d{1,5})\s*\]{1,2} | \*{2}\[?page\s+\d{1,5}\]?\*{2}
    | <!--\s*(?:page|new\s?page)\s*-?\s*(?:break|number|header|footer|start|end|\d)[^>]{0,200}-->
    | \\(?:newpage|pagebreak|clearpage) | <page_number>[^<\n]*</page_number> | <page_break\s*/?>
    | <(?:div|p)\s[^>]{0,200}?(?:page-break|break-(?:after|before):\s*page)[^>]{0,200}>\s*(?:</(?:div|p)>)?
    )[ \t]*$""",
    re.VERBOSE | re.IGNORECASE,
)
_NOTE = re.compile(
    r"(?m)^[ \t]*(?:<!--\s*(?:image|picture|figure|formula|table|chart|column)[^>]{0,200}-->"
    r"|\**==>[^\n]{0,80}(?:picture|image|intentionally)[^\n]{0,80}<==\**"
    r"|<watermark>[^<\n]*</watermark>)[ \t]*$",
    re.IGNORECASE,
)
_PICTURE = re.compile(
    r"!\[\]\(<?(?!https?:|data:)[^()\s<>]*"
    r"(?:_page_\d+_(?:picture|figure)_\d+|page_?\d+_im(?:g|age)_?\d+|image_\d{4,}_[0-9a-f]{16,}|img-\d+"
    r"|[0-9a-f]{32,64}|\.pdf-\d+-\d+)\.\w{3,4}>?\)",
    re.IGNORECASE,
)
"""A picture without a description, under the name that a converter gave it."""


def without_converter_marks(text: str) -> str:
    """Return ``text`` without a converter's own marks; its page marks become form feeds."""
    text = _PAGE_MARK.sub("\f", _ANCHOR.sub("", text))
    return _NOTE.sub("", text)


def is_nameless_picture(block: str) -> bool:
    """Return True if ``block`` is only a picture that a converter extracted, without a description."""
    return _PICTURE.fullmatch(block.strip()) is not None
