"""Imports the dump format: headline, byline, date line, photo credit, sections, original address.

::

    # Harbour Strike Enters Third Week

    By [Jane Roe for AFP](#)

    4 March 2021

    An empty quay on Thursday.

    **AP / John Doe**

    The text, with sections as ## **Section**.

    Original url

    <https://news.example.org/2021/03/04/harbour-strike>
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from library.importing.fields.heads import says_head, take_head
from library.importing.formats.dump.pictures import take_lead_picture, take_nameless_pictures, take_pictures
from library.importing.markdown_escapes import plain_text, undo_escapes, without_converter_marks
from library.importing.paragraphs.blocks import bold_line, is_running_text, split_blocks
from library.importing.paragraphs.joins import PAGE_BREAK, join_paragraphs
from library.importing.registry import Fit, Reader, single
from library.importing.source import Source
from library.models import ParsedArticle
from library.text.cleaning import TITLE_LIMIT, clean_line, clean_text

SUMMARY_LENGTH = 300
SNIFFED = 4096
HEAD_LINES = 7
HEADING_LIMIT = 90

_HEADING = re.compile(r"(?P<level>#{1,6})\s+(?P<text>\S.*?)\s*#*\s*")
_BOLD_HEADING = re.compile(r"(\*\*|__)(?P<text>(?:(?!\1).)+)\1")
_SOFT_HYPHEN_AT_END = re.compile("\u00ad(?=[ \t]*(?:\n|\f|$))")
_ORIGINAL_URL = re.compile(r"(?im)^[\s*_>\[(\\#]*original[\s_-]*(?:url|link)\b")
_LINKED_BYLINE = re.compile(r"\W*(?:by|von|par|por|door|di|av)\s+\[[^\]\n]+\]\(", re.IGNORECASE)


def looks_like_dump(text: str, today: date) -> bool:
    """Return True if ``text`` is a dump: a headline, and a byline, a date line or “Original url”.

    A first-level heading is a headline. A lower heading or a bold, underlined or plain line is one only if a
    byline or a date line comes next.
    """
    lines = [line.strip() for line in text[:SNIFFED].splitlines() if line.strip()][:HEAD_LINES]

    def is_head(line: str) -> bool:
        return says_head(line, today)

    headed = any(line.startswith("# ") for line in lines[:3])
    if headed and (_ORIGINAL_URL.search(text[-SNIFFED:]) or any(map(is_head, lines[1:]))):
        return True
    blocks = split_blocks(text[:SNIFFED])[:HEAD_LINES]
    if any(map(_LINKED_BYLINE.match, blocks[:4])):
        return True
    marked = bool(blocks) and (_heading_text(blocks[0].split("\n")[0]) or not is_running_text(blocks[0]))
    title = _take_headline(blocks, frozenset(), is_head).title if marked or _is_underlined(blocks) else ""
    credited = any(bold_line(block) for block in blocks[1:])
    if not title and credited and _ORIGINAL_URL.search(text[-SNIFFED:]):
        title = _take_headline(blocks, frozenset(), is_head).title
    return bool(title) and any(map(is_head, lines[1:]))


def _is_underlined(blocks: list[str]) -> bool:
    return bool(blocks) and re.search(r"\n(?:=+|-{3,})\s*$", blocks[0]) is not None


def clean_pages(text: str) -> str:
    """Return ``text`` cleaned as a body. Form feeds become blocks, and soft hyphens at line ends hyphens."""
    pages = _SOFT_HYPHEN_AT_END.sub("-", text).split("\f")
    return f"\n\n{PAGE_BREAK}\n\n".join(clean_text(page) for page in pages)


def summarize(blocks: list[str]) -> str:
    """Return the first paragraph as plain text, cut at a word boundary at about 300 characters."""
    for block in blocks:
        text = clean_line(plain_text(block), SUMMARY_LENGTH * 10) if is_running_text(block) else ""
        if any(character.isalnum() for character in text):
            return shorten(text)
    return ""


def shorten(text: str) -> str:
    """Return ``text``; if it exceeds 300 characters, cut it at a space if possible and add “…”."""
    if len(text) <= SUMMARY_LENGTH:
        return text
    cut = text[:SUMMARY_LENGTH]
    words, space, _ = cut.rpartition(" ")
    return (words if space and len(words) > SUMMARY_LENGTH // 2 else cut).rstrip(" ,;:–—-") + "…"


def title_from_name(name: str) -> str:
    """Return a title from a file's name, for a text without one."""
    stem = re.split(r"[/\\]", name)[-1].rsplit(".", 1)[0]
    return clean_line(re.sub(r"[_\s]+", " ", stem), TITLE_LIMIT)


def _single_headings(blocks: list[str]) -> tuple[list[str], frozenset[int]]:
    """Put each heading line in a block of its own; also return the indexes of blocks directly below one."""
    separated: list[str] = []
    glued: set[int] = set()
    for block in blocks:
        first, newline, rest = block.partition("\n")
        while newline and _HEADING.fullmatch(first):
            separated.append(first)
            glued.add(len(separated))
            first, newline, rest = rest.partition("\n")
        separated.append(f"{first}{newline}{rest}")
    return separated, frozenset(glued)


def _tidy(block: str) -> str:
    """Return a block of the body without needless markup: bold in headings, escapes in paragraphs."""
    heading = _HEADING.fullmatch(block)
    if heading is not None:
        bold = _BOLD_HEADING.fullmatch(heading["text"])
        text = undo_escapes(bold["text"].strip() if bold else heading["text"])
        return f"{heading['level']} {clean_line(text, TITLE_LIMIT * 2)}"
    if block == PAGE_BREAK or block.lstrip().startswith(("```", "~~~")) or block.startswith(("    ", "\t")):
        return block
    return clean_text(undo_escapes(block))  # an entity may decode to a control character


def _with_headings(blocks: list[str]) -> list[str]:
    """Return ``blocks`` with bold lines between paragraphs turned into headings."""
    found = list(blocks)
    bold = [index for index in range(len(blocks) - 1) if _is_bold_heading(blocks, index)]
    for index in bold if any(bold) else ():  # the first block alone may be a lead in bold
        text = bold_line(blocks[index])
        found[index] = f"## {clean_line(undo_escapes(text), TITLE_LIMIT * 2)}"
    return found


def _is_bold_heading(blocks: list[str], index: int) -> bool:
    """Return True if a block is a short bold line without a full stop, between text and a paragraph."""
    text = bold_line(blocks[index])
    if not text or len(text) > HEADING_LIMIT or text[-1] in ".!:;,…":
        return False
    above = blocks[index - 1] if index else ""
    fits = not above or is_running_text(above) or above.startswith(("-", ">", "*", "!", "|"))
    return fits and is_running_text(blocks[index + 1])


def parse_dump(text: str, *, today: date, name: str = "") -> ParsedArticle:
    """Return the article in ``text``, a dump.

    Dates too far after ``today`` are rejected. ``name`` (of the file) is the fallback for title and date.
    """
    text = without_converter_marks(text)
    separated, glued = _single_headings(split_blocks(clean_pages(text)))
    headline = _take_headline(separated, glued, lambda line: says_head(line, today))
    title = headline.title
    head = take_head(headline.blocks, today=today, name=name, skip=headline.before)
    tidy = [_tidy(block) for block in head.blocks]
    pictured, led = take_lead_picture(tidy[head.lead :])
    text_blocks, nameless = take_nameless_pictures(pictured)
    joined = join_paragraphs(text_blocks, head.fields.language, title)
    body, images = (joined.blocks, led) if led else take_pictures(joined.blocks)
    lead = [block for block in tidy[: head.lead] if block != PAGE_BREAK]
    body = _with_headings(lead + body)
    return head.article(
        title or title_from_name(name),
        body,
        summary=summarize(body),
        joined=joined.count,
        images=(*images, *nameless),
    )


def _sniff(source: Source, today: date) -> Fit:
    return Fit.LIKELY if looks_like_dump(source.repaired_text, today) else Fit.NO


def _parse(source: Source, today: date) -> ParsedArticle:
    article = parse_dump(source.repaired_text, today=today, name=source.name)
    return replace(article, found=source.pictures)


READER = Reader(_sniff, single(_parse))


_TITLE_WITHIN = 4
_PLAIN_LIMIT = 200
_MORE_LIMIT = 100

_UNDERLINED = re.compile(r"(?P<title>[^\n]+(?:\n[^\n]+)?)\n(?:=+|-{3,})\s*")
_BOLD_LINES = re.compile(r"(\*\*|__)(?P<text>(?:(?!\1).)+)\1", re.DOTALL)

_IsHead = Callable[[str], bool]
"""A function that returns True for a byline or a date line."""


@dataclass(frozen=True, slots=True)
class _Headline:
    """The headline, the blocks without it, and the number of blocks before its position."""

    title: str
    blocks: list[str]
    before: int = 0


def _heading_text(block: str) -> str:
    """Return the words of a heading line, or an empty string for any other block."""
    match = _HEADING.fullmatch(block.strip())
    return match["text"] if match else ""


def _level(block: str) -> int:
    match = _HEADING.fullmatch(block.strip())
    return len(match["level"]) if match else 0


def _marked(block: str) -> str:
    """Return the words of a block marked as a headline without ``#``: underlined or bold."""
    underlined = _UNDERLINED.fullmatch(block.strip())
    if underlined is not None:
        return underlined["title"].replace("\n", " ")
    if len(block) > _PLAIN_LIMIT:
        return ""
    lines = [bold_line(line) for line in block.strip().split("\n")]
    if all(lines):
        return " ".join(lines)
    match = _BOLD_LINES.fullmatch(block.strip())
    return " ".join(match["text"].split()) if match else ""


def _is_rest_of_title(title: str, block: str, is_head: _IsHead) -> bool:
    """Return True if ``block``, directly below a heading, is the second line of the heading."""
    if "\n" in block or len(block) > _MORE_LIMIT or title.rstrip()[-1:] in ".!?:" or is_head(block):
        return False
    return is_running_text(block) and block.rstrip()[-1:] not in ".!?:,;"


def _take_headline(blocks: list[str], glued: frozenset[int], is_head: _IsHead) -> _Headline:
    """Return the headline, and ``blocks`` without it and its repetitions at the head of other pages.

    Args:
        blocks: The blocks of the dump, with each heading line in a block of its own.
        glued: The indexes of blocks directly below a heading, without a blank line.
        is_head: A function that returns True for a byline or a date line.
    """
    for index, block in enumerate(blocks[:_TITLE_WITHIN]):
        if _level(block) == 1:
            return _with_second_line(blocks, index, glued, is_head)
    if blocks and _level(blocks[0]):
        return _with_second_line(blocks, 0, glued, is_head)
    if blocks and not is_head(blocks[0]):
        title = _marked(blocks[0])
        followed = any(map(is_head, blocks[1:_TITLE_WITHIN]))
        if not title and followed and "\n" not in blocks[0] and len(blocks[0]) <= _PLAIN_LIMIT:
            title = blocks[0] if is_running_text(blocks[0]) and blocks[0].rstrip()[-1:] not in ".,;:" else ""
        if title:
            return _Headline(_clean(title), [block for block in blocks if block.strip() != blocks[0].strip()])
    return _Headline("", blocks)


def _with_second_line(blocks: list[str], index: int, glued: frozenset[int], is_head: _IsHead) -> _Headline:
    title, end = _heading_text(blocks[index]), index + 1
    if end < len(blocks) and end in glued:
        more = _heading_text(blocks[end]) if _level(blocks[end]) == _level(blocks[index]) else ""
        if more or (not _level(blocks[end]) and _is_rest_of_title(title, blocks[end], is_head)):
            title, end = f"{title} {more or blocks[end]}", end + 1
    repeated = {block.strip() for block in blocks[index:end]} if end - index == 1 else set()
    after = [block for block in blocks[end:] if block.strip() not in repeated]
    return _Headline(_clean(title), blocks[:index] + after, index)


def _clean(title: str) -> str:
    return clean_line(plain_text(title), TITLE_LIMIT)
