"""Reads the dump form: headline, byline, date line, photo credit, sections, and the original address last.

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
from datetime import date

from library.importing.blocks import is_running_text, split_blocks
from library.importing.credits import take_pictures
from library.importing.escapes import plain_text, undo_escapes
from library.importing.heads import take_head
from library.importing.joins import PAGE_BREAK, join_paragraphs
from library.models import ParsedArticle
from library.text.cleaning import TITLE_LIMIT, clean_line, clean_text

SUMMARY_LENGTH = 300
TITLE_WITHIN = 4

_TITLE = re.compile(r"#\s+(?P<title>.+?)\s*#*\s*")
_HEADING = re.compile(r"(?P<level>#{1,6})\s+(?P<text>\S.*?)\s*#*\s*")
_BOLD_HEADING = re.compile(r"(\*\*|__)(?P<text>(?:(?!\1).)+)\1")
_SOFT_HYPHEN_AT_END = re.compile("\u00ad(?=[ \t]*(?:\n|\f|$))")


def clean_pages(text: str) -> str:
    """``text`` cleaned as a body; a form feed becomes a block, a soft hyphen at a line's end a hyphen."""
    pages = _SOFT_HYPHEN_AT_END.sub("-", text).split("\f")
    return f"\n\n{PAGE_BREAK}\n\n".join(clean_text(page) for page in pages)


def summarize(blocks: list[str]) -> str:
    """The first paragraph as plain text, cut at a word's edge at about 300 characters."""
    for block in blocks:
        text = clean_line(plain_text(block), SUMMARY_LENGTH * 10) if is_running_text(block) else ""
        if any(character.isalnum() for character in text):
            return shorten(text)
    return ""


def shorten(text: str) -> str:
    """``text`` of at most about 300 characters; cut at a space where there is one, with … at the end."""
    if len(text) <= SUMMARY_LENGTH:
        return text
    cut = text[:SUMMARY_LENGTH]
    words, space, _ = cut.rpartition(" ")
    return (words if space and len(words) > SUMMARY_LENGTH // 2 else cut).rstrip(" ,;:–—-") + "…"


def title_from_name(name: str) -> str:
    """A title for a text that has none, from the name of its file."""
    stem = re.split(r"[/\\]", name)[-1].rsplit(".", 1)[0]
    return clean_line(re.sub(r"[_\s]+", " ", stem), TITLE_LIMIT)


def _single_headings(blocks: list[str]) -> list[str]:
    """``blocks`` with each heading line in a block of its own."""
    separated: list[str] = []
    for block in blocks:
        first, newline, rest = block.partition("\n")
        if newline and _HEADING.fullmatch(first):
            separated += [first, *_single_headings([rest])]
        else:
            separated.append(block)
    return separated


def _take_title(blocks: list[str]) -> tuple[str, list[str]]:
    """The headline, and ``blocks`` without it and without its repetitions at the head of other pages."""
    for block in blocks[:TITLE_WITHIN]:
        match = _TITLE.fullmatch(block)
        if match is not None:
            return clean_line(plain_text(match["title"]), TITLE_LIMIT), [
                other for other in blocks if other.strip() != block.strip()
            ]
    return "", blocks


def _tidy(block: str) -> str:
    """One block of the body: a heading without its stars, a paragraph without needless escapes."""
    heading = _HEADING.fullmatch(block)
    if heading is not None:
        bold = _BOLD_HEADING.fullmatch(heading["text"])
        text = undo_escapes(bold["text"].strip() if bold else heading["text"])
        return f"{heading['level']} {clean_line(text, TITLE_LIMIT * 2)}"
    if block == PAGE_BREAK or block.lstrip().startswith(("```", "~~~")) or block.startswith(("    ", "\t")):
        return block
    return clean_text(undo_escapes(block))  # an entity may stand for a control character


def parse_dump(text: str, *, today: date, name: str = "") -> ParsedArticle:
    """The article that ``text`` in the dump form holds.

    ``today`` bounds the dates that are believed; ``name`` (of the file) is the last witness of both
    title and date.
    """
    blocks = _single_headings(split_blocks(clean_pages(text)))
    title, blocks = _take_title(blocks)
    head = take_head(blocks, today=today, name=name)
    joined = join_paragraphs([_tidy(block) for block in head.blocks], head.language, title)
    body, images = take_pictures(joined.blocks)
    return ParsedArticle(
        title=title or title_from_name(name),
        body="\n\n".join(body),
        authors=head.byline.authors,
        agency=head.byline.agency,
        source=head.source,
        url=head.url,
        published=head.published,
        date_guessed=head.date_guessed,
        updated=head.updated,
        language=head.language,
        summary=summarize(body),
        images=images,
        joined=joined.count,
    )
