"""Imports plain text: the first line is the headline, and hard-wrapped lines are joined."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise
from statistics import median

from library.importing.fields.heads import says_head, take_head
from library.importing.formats.dump import clean_pages, summarize, title_from_name
from library.importing.markdown_escapes import escape_markup
from library.importing.paragraphs.joins import PAGE_BREAK, count_words_of, join_paragraphs, join_parts
from library.importing.paragraphs.page_marks import is_page_head
from library.importing.registry import Fit, Reader, single
from library.importing.source import Source
from library.models import ParsedArticle
from library.text.cleaning import TITLE_LIMIT, clean_line

HEADLINE_LENGTH = 200
TITLE_LINES = 2
WRAPPED_LINES = 3
WRAP_WIDTHS = (40, 130)
"""Minimum and maximum length of hard-wrapped lines, which also have about the same length."""

FULL_SHARE = 0.65

_LIST_ITEM = re.compile(r"\s*(?:[-*•·–]\s|\d{1,3}[.)]\s)")
_ADDRESS_LINE = re.compile(r"<?https?://\S+>?")


def _paragraphs(text: str) -> list[list[str]]:
    """Return the lines of each paragraph. Blank lines and form feeds separate paragraphs."""
    found: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.strip() == PAGE_BREAK.strip() and PAGE_BREAK in line:
            found += [[PAGE_BREAK], []]
        elif line.strip():
            found[-1].append(line.rstrip())
        elif found[-1]:
            found.append([])
    return [paragraph for paragraph in found if paragraph]


def _wrap_width(paragraphs: list[list[str]]) -> float:
    """Return the length at which lines were wrapped (the median of all but last lines), or 0."""
    inner = [len(line) for paragraph in paragraphs for line in paragraph[:-1]]
    if len(inner) < WRAPPED_LINES:
        return 0.0
    width = float(median(inner))
    near = sum(abs(length - width) <= width * 0.3 for length in inner)
    return width if WRAP_WIDTHS[0] <= width <= WRAP_WIDTHS[1] and near * 3 >= len(inner) * 2 else 0.0


def _unwrapped(paragraph: list[str], width: float, words: Counter[str]) -> list[str]:
    """Return the lines of ``paragraph``, joined where only wrapping separated them."""
    lines = [paragraph[0]]
    for before, line in pairwise(paragraph):
        wrapped = width > 0 and len(before) >= width * FULL_SHARE and not _LIST_ITEM.match(line)
        if not wrapped:
            lines.append(line)
        else:
            lines[-1] = join_parts(lines[-1], line, words)
    return lines


def _without_page_heads(paragraph: list[str], title: str) -> list[list[str]]:
    """Split ``paragraph`` after each page number or repeated headline at its start."""
    count = 0
    while count < len(paragraph) and is_page_head(paragraph[count], title):
        count += 1
    if not count or (count == 1 and len(paragraph) > 1 and paragraph[0].strip().isdigit()):
        return [paragraph]
    return [[line] for line in paragraph[:count]] + ([paragraph[count:]] if count < len(paragraph) else [])


def _as_markdown(block: str) -> str:
    """Return a plain-text ``block`` as Markdown that shows it as written, line by line."""
    lines = [line.strip() for line in block.split("\n")]
    shown = (
        f"<{line.strip('<>')}>" if _ADDRESS_LINE.fullmatch(line) else escape_markup(line) for line in lines
    )
    return "\\\n".join(shown)


def _take_title(paragraphs: list[list[str]], today: date) -> tuple[str, list[list[str]]]:
    """Return the headline, if the first paragraph has one, and the paragraphs without it."""
    lines = paragraphs[0]
    below = next((place for place in range(1, len(lines)) if says_head(lines[place].strip(), today)), 0)
    if (
        0 < below <= TITLE_LINES
        and len(title := " ".join(line.strip() for line in lines[:below])) <= HEADLINE_LENGTH
    ):
        return clean_line(title, TITLE_LIMIT), [lines[below:], *paragraphs[1:]]
    first = " ".join(line.strip() for line in paragraphs[0])
    if len(paragraphs[0]) <= 3 and len(first) <= HEADLINE_LENGTH:
        return clean_line(first, TITLE_LIMIT), paragraphs[1:]
    top = paragraphs[0][0].strip()
    if len(top) <= HEADLINE_LENGTH and not top.endswith((".", ",", ";")) and len(paragraphs[0]) > 1:
        following = paragraphs[0][1].strip()
        if following[:1].isupper() and len(top) < len(following):
            return clean_line(top, TITLE_LIMIT), [paragraphs[0][1:], *paragraphs[1:]]
    return "", paragraphs


def parse_plain(text: str, *, today: date, name: str = "") -> ParsedArticle:
    """Return the article in the plain ``text``; its body is Markdown that shows it as written."""
    paragraphs = _paragraphs(clean_pages(text))
    if not paragraphs:
        return ParsedArticle(title=title_from_name(name), body="")
    title, paragraphs = _take_title(paragraphs, today)
    paragraphs = [part for paragraph in paragraphs for part in _without_page_heads(paragraph, title)]
    width = _wrap_width(paragraphs)
    head = take_head(["\n".join(paragraph) for paragraph in paragraphs], today=today, name=name)
    words = count_words_of(text)
    blocks = ["\n".join(_unwrapped(block.split("\n"), width, words)) for block in head.blocks]
    marked = [block if block == PAGE_BREAK else _as_markdown(block) for block in blocks]
    joined = join_paragraphs(marked, head.fields.language, title)
    return head.article(
        title or title_from_name(name), joined.blocks, summary=summarize(joined.blocks), joined=joined.count
    )


def _sniff(source: Source, today: date) -> Fit:
    return Fit.PERHAPS


def _parse(source: Source, today: date) -> ParsedArticle:
    article = parse_plain(source.repaired_text, today=today, name=source.name)
    return replace(article, found=source.pictures)


READER = Reader(_sniff, single(_parse))
