"""Converts the main text that trafilatura found to Markdown blocks.

Its tree of ``head``, ``p``, ``list``, ``item``, ``quote``, ``table``, ``code``, ``hi`` (emphasis), ``ref``
(links) and ``lb`` (line breaks) becomes CommonMark with tables. Text of the page is escaped, so that it is
not read as markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from library.text.cleaning import clean_text, is_openable

Element = Any
"""An lxml element; lxml has no complete type annotations."""

_BLOCK_TAGS = frozenset({"head", "p", "list", "item", "quote", "table", "row", "cell", "div", "fw", "ab"})
PARAGRAPH_MARK = "\uf8fe"
"""Mark for a paragraph break (two or more line breaks in a row) in the text of the tree."""

_EMPHASIS = {"#b": "**", "#i": "*"}
_NOT_IN_TARGET = str.maketrans({character: f"%{ord(character):02X}" for character in "()<>\\|`"})
_SUPERSCRIPT = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_SUBSCRIPT = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_RAISED = {"#sup": _SUPERSCRIPT, "#sub": _SUBSCRIPT}

_MARKUP = re.compile(
    r"""\\(?=[!-/:-@\[-`{-~]|$)     # a backslash that would escape
      | `
      | (?<![^\s])\*(?=\S) | (?<=\S)\*   # a star that touches a word
      | (?<![^\W_])_ | _(?![^\W_])     # an underscore at the edge of a word
      | ~(?=~) | (?<=~)~
      | <(?=[A-Za-z/!?])
      | &(?=\#?\w{1,32};)
      | !(?=\[) | \](?=[(\[:])
    """,
    re.VERBOSE,
)
_BRACKET = re.compile(r"[\[\]]")
_BLOCK_START = re.compile(
    r"^(?=[#>]|[-+*](?:\s|$)|=+\s*$|(?:-\s*){2,}$|(?:_\s*){3,}$|~~~)|^(\d{1,9})(?=[.)](?:\s|$))"
)
_SPACE = re.compile(rf"[\s{PARAGRAPH_MARK}]+")
_CLOSING_HASHES = re.compile(r"(?<=\s)(#+)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBlock:
    """A block of the main text.

    ``text`` is its visible text on one line; ``linked`` is the share of that in links, 0.0 to 1.0.
    ``again`` marks an intended repetition of a neighbouring block. ``caption`` and ``note`` are the number of
    the caption or note that the block is. ``references`` are the numbers of the notes that it refers to.
    """

    markdown: str
    text: str
    heading: bool = False
    linked: float = 0.0
    again: bool = False
    caption: int | None = None
    note: int | None = None
    references: tuple[int, ...] = ()


def append_text(element: Element, text: str) -> None:
    """Append ``text`` to the content of ``element``."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def markdown_blocks(parent: Element) -> Iterator[PageBlock]:
    """Yield the blocks in ``parent``, an element of the tree. Loose words between them become paragraphs."""
    loose: list[Element | str] = [parent.text or ""]
    for child in parent:
        if _is_block(child):
            yield from _paragraphs(loose)
            yield from _block(child)
            loose = [child.tail or ""]
        else:
            loose += [child, child.tail or ""]
    yield from _paragraphs(loose)


def _is_block(element: Element) -> bool:
    if element.tag == "code":
        return "\n" in _code_text(element)
    return element.tag in _BLOCK_TAGS or any(child.tag in _BLOCK_TAGS for child in element)


def _block(element: Element) -> Iterator[PageBlock]:
    if element.tag == "head":
        yield from _heading(element)
    elif element.tag == "list":
        yield from _made("\n".join(_list_lines(element)), element)
    elif element.tag == "quote":
        inner = "\n\n".join(block.markdown for block in markdown_blocks(element))
        quoted = "\n".join(f"> {line}".rstrip() for line in inner.split("\n"))
        yield from _made(quoted if inner else "", element)
    elif element.tag == "table":
        yield from _table(element)
    elif element.tag == "code":
        yield from _made(_code_block(_code_text(element)), element)
    else:
        yield from markdown_blocks(element)


def _made(markdown: str, element: Element, *, heading: bool = False) -> Iterator[PageBlock]:
    text = _one_line(" ".join(element.itertext()) if element.tag in {"list", "table"} else _words(element))
    if not markdown.strip() or not text:
        return
    linked = sum(len(_one_line(_words(link))) for link in element.iter("ref"))
    share = min(1.0, linked / len(text))
    yield PageBlock(markdown=clean_text(markdown), text=clean_text(text), heading=heading, linked=share)


def _words(element: Element) -> str:
    parts = [element.text or ""]
    for child in element:
        inner = " " if child.tag == "lb" else _words(child)
        parts += [f" {inner} " if child.tag in _BLOCK_TAGS else inner, child.tail or ""]
    return "".join(parts)


def _one_line(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def _heading(element: Element) -> Iterator[PageBlock]:
    """Yield a heading of level 2 or deeper, because level 1 is the article's own headline."""
    found = re.fullmatch(r"h([1-6])", element.get("rend") or "")
    level = max(2, int(found[1])) if found else 2
    words = _CLOSING_HASHES.sub(r"\\\1", _inline(element, emphasis=False).replace("\\\n", " ").strip())
    yield from _made(f"{'#' * level} {words}" if words else "", element, heading=True)


def _paragraphs(loose: Iterable[Element | str]) -> Iterator[PageBlock]:
    """Yield inline content as paragraphs, split at the paragraph marks."""
    from lxml.etree import Element as make_element

    paragraph = make_element("p")
    for piece in loose:
        if not isinstance(piece, str):
            paragraph.append(_copied(piece))
            continue
        first, *others = piece.split(PARAGRAPH_MARK)
        append_text(paragraph, first)
        for words in others:
            yield from _paragraph(paragraph)
            paragraph = make_element("p")
            append_text(paragraph, words)
    yield from _paragraph(paragraph)


def _copied(element: Element) -> Element:
    from copy import deepcopy

    copied = deepcopy(element)
    copied.tail = None
    return copied


def _paragraph(element: Element) -> Iterator[PageBlock]:
    lines = (line.strip() for line in _inline(element).split("\n"))
    kept = [line for line in lines if line.rstrip("\\")]
    if kept:
        kept[-1] = _without_final_break(kept[-1])
    yield from _made("\n".join(_BLOCK_START.sub(r"\1\\", line) for line in kept), element)


def as_paragraph(markdown: str) -> str:
    """Return the words of a heading, which are already Markdown, as a paragraph."""
    return _BLOCK_START.sub(r"\1\\", markdown)


def _without_final_break(line: str) -> str:
    slashes = len(line) - len(line.rstrip("\\"))
    return line[:-1].rstrip() if slashes % 2 else line


def _list_lines(element: Element) -> list[str]:
    """Return the lines of a list, which is tight if its items are single paragraphs."""
    lines: list[str] = []
    number = 0
    for item in element:
        inner = [block.markdown for block in markdown_blocks(item)]
        if not inner:
            continue
        number += 1
        marker = f"{number}. " if element.get("rend") == "ol" else "- "
        nested = [len(inner) > 1 and not re.match(r"[-\d]", block) for block in inner]
        content = inner[0]
        for block, loose in zip(inner[1:], nested[1:], strict=True):
            content += ("\n\n" if loose else "\n") + block
        indent = " " * len(marker)
        first, *rest = content.split("\n")
        lines += [marker + first, *(indent + line if line else "" for line in rest)]
    return lines


def _table(element: Element) -> Iterator[PageBlock]:
    """Yield a table with the first row as its header. A single column is layout and becomes paragraphs."""
    rows = [[cell for cell in row if cell.tag == "cell"] for row in element.iter("row")]
    rows = [row for row in rows if row]
    width = max(map(len, rows), default=0)
    if width < 2:
        for row in rows:
            yield from markdown_blocks(row[0])
        return
    lines = [_row([_cell(cell) for cell in row], width) for row in rows]
    lines.insert(1, "|" + " --- |" * width)
    yield from _made("\n".join(lines), element)


def _row(cells: list[str], width: int) -> str:
    return "| " + " | ".join(cells + [""] * (width - len(cells))) + " |"


def _cell(cell: Element) -> str:
    text = _one_line(_inline(cell).replace("\\\n", " "))
    return re.sub(r"(?<!\\)\|", r"\\|", text)


def _code_text(element: Element) -> str:
    return "".join([element.text or "", *(_code_part(child) + (child.tail or "") for child in element)])


def _code_part(child: Element) -> str:
    return "\n" if child.tag == "lb" else _code_text(child)


def _fence(text: str, shortest: int) -> str:
    return "`" * max(shortest, 1 + max((len(run) for run in re.findall("`+", text)), default=0))


def _code_block(text: str) -> str:
    fence = _fence(text, 3)
    lines = text.strip("\n").rstrip()
    return f"{fence}\n{lines}\n{fence}" if lines else ""


def _inline(element: Element, *, emphasis: bool = True, before: str = "", after: str = "") -> str:
    """Return the words of ``element`` with markup. ``before`` and ``after`` are the characters around it."""
    written = _escaped(element.text or "")
    for child in element:
        following = child.tail or _next_words(child) or after
        span = _span(child, emphasis, written[-1:] or before, following[:1])
        if span.startswith("[") and written.endswith("!"):
            written = written[:-1] + "\\!"
        if child.tag in _BLOCK_TAGS:
            span = f" {span} "
        written += span + _escaped(child.tail or "")
    return written


def _next_words(element: Element) -> str:
    following = element.getnext()
    return "" if following is None else "\n" if following.tag == "lb" else _words(following)


def _escaped(text: str) -> str:
    return _MARKUP.sub(lambda found: "\\" + found[0], _SPACE.sub(" ", text))


def _span(element: Element, emphasis: bool, before: str, after: str) -> str:
    if element.tag == "lb":
        return "\\\n"
    if element.tag == "graphic":
        return ""
    if element.tag == "code" or element.get("rend") == "#t":
        return _code_span(_one_line(_code_text(element)))
    if element.tag == "ref":
        return _link(element)
    if element.get("rend") in _RAISED and element.tag == "hi":
        return _escaped(_raised(_words(element), _RAISED[element.get("rend")]))
    mark = "~~" if element.tag == "del" else _EMPHASIS.get(element.get("rend") or "", "")
    if not mark or not emphasis or element.tag not in {"hi", "del"}:
        return _inline(element, emphasis=emphasis, before=before, after=after)
    return _emphasised(_inline(element, before=mark[0], after=mark[0]), mark, before, after)


def _raised(text: str, table: dict[int, int]) -> str:
    return text.translate(table) if all(ord(character) in table for character in text.strip()) else text


def _code_span(text: str) -> str:
    if not text:
        return ""
    fence = _fence(text, 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _link(element: Element) -> str:
    return link_markdown(_inline(element), element.get("target") or "")


def link_markdown(written: str, target: str) -> str:
    """Return ``written``, words in Markdown, as a link to ``target`` if that may be opened."""
    written = written.replace("\\\n", " ")
    words = _one_line(written)
    if not words or not is_openable(target):
        return written
    label = words if "](" in words else _BRACKET.sub(_bracket_escape, words)
    lead, trail = (" " if edge.isspace() else "" for edge in (written[:1], written[-1:]))
    destination = re.sub(r"&(?=#?\w+;)", "&amp;", target.translate(_NOT_IN_TARGET))
    return f"{lead}[{label}]({destination}){trail}"


def _bracket_escape(found: re.Match[str]) -> str:
    head = found.string[: found.start()]
    escaped = (len(head) - len(head.rstrip("\\"))) % 2
    return found[0] if escaped else "\\" + found[0]


def _emphasised(written: str, mark: str, before: str, after: str) -> str:
    """Put ``written`` between marks, or return it unchanged if CommonMark's flanking rules forbid marks."""
    words = written.strip()
    if not words or before == "*" or words.startswith("\\\n") or words.endswith("\\"):
        return written
    lead = written[: len(written) - len(written.lstrip())]
    trail = written[len(written.rstrip()) :]
    opens = _works(words[0], " " if lead else before)
    closes = _works(words[-1], " " if trail else after)
    return f"{lead}{mark}{words}{mark}{trail}" if opens and closes else written


def _works(inner: str, outer: str) -> bool:
    """Return True if a mark works between ``inner``, a character of the emphasis, and ``outer`` beside it."""
    return inner.isalnum() or not outer.isalnum()
