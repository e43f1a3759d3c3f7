"""Finds blocks that only mark the end of a page: numbers, running heads, form feeds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from library.importing.paragraphs.blocks import bold_line, is_running_text

PAGE_BREAK = "\f"
HEADER_LIMIT = 100
REPEATS = 3
PROSE_LENGTH = 64
"""Minimum length of prose; a shorter block may be a line of a poem, and a repeated one its refrain."""

_PAGE = (
    r"(?:page|seite|página|pagina|pàgina|страница|страниця|стр\.|str\.|strana|strona|stran|sida|side"
    r"|sivu|oldal"
    r"|sayfa|puslapis|lappuse|σελίδα|halaman|trang|pág\.|pag\.|p\.|s\.|ページ|页|頁|페이지)"
)
_OF = r"(?:/|\||of|von|de|di|van|av|af|z|ze|iz|din|из|з|от|od|sur)"
_PAGE_LINE = re.compile(
    rf"(?:.{{1,80}}\s[|–—·•-]\s*)?[-–—\[(]*\s*{_PAGE}\s*\d{{1,4}}(?:\s*{_OF}\s*\d{{1,4}})?\s*[-–—\])]*"
    r"(?:\s*[|–—·•-]\s.{1,80})?",
    re.IGNORECASE,
)
_NUMBER_LINE = re.compile(
    r"[-–—\[(|]?\s*(?P<number>\d{1,3})(?:\s*(?:/|of|von|de|sur)\s*\d{1,3})?\s*[-–—\])|]?"
)
_FINISHED = re.compile(r"[.!?…。！？؟।॥۔։።:;；：‽][\"'”’»›)\]*_“\s]*$")

Witness = Callable[[int, int], bool]
"""Returns True if the block at the second index certainly continues the one at the first."""


def page_marks(blocks: list[str], title: str, continues: Witness) -> set[int]:
    """Return the indexes of the blocks that are page marks.

    Args:
        blocks: The blocks of a text in their order.
        title: The headline; a page may repeat it at the top, also in capitals.
        continues: Returns True if one block certainly continues another. Bare numbers are page numbers only
            if one of them splits a sentence: otherwise they may count the sections of an essay.
    """
    marks = {
        index for index, block in enumerate(blocks) if block == PAGE_BREAK or _PAGE_LINE.fullmatch(block)
    }
    headers = Counter(_header_key(block) for block in blocks)
    for index, block in enumerate(blocks):
        key = _header_key(block)
        if not key:
            continue
        inside = headers[key] > 1 and 0 < index < len(blocks) - 1 and len(blocks[index - 1]) >= PROSE_LENGTH
        if inside and continues(index - 1, index + 1):  # two occurrences are then enough
            headers[key] = REPEATS
    for index, block in enumerate(blocks):
        key = _header_key(block)
        if key and (headers[key] >= REPEATS or _is_title(block, title)):
            marks.add(index)
    return marks | _page_numbers(blocks, marks, continues)


def is_page_head(line: str, title: str) -> bool:
    """Return True if ``line`` is a page number, or the headline as pages repeat it."""
    text = line.strip()
    return _NUMBER_LINE.fullmatch(text) is not None or _is_title(text, title)


def _is_title(block: str, title: str) -> bool:
    """Return True if ``block`` repeats the headline, with or without a page number."""
    words = re.sub(r"^\d{1,3}\s+|\s+\d{1,3}$", "", block.strip())
    return bool(title) and title.casefold() in (words.casefold(), block.strip().casefold())


def _header_key(block: str) -> str:
    """Return the common part of running heads on different pages; empty if ``block`` is none."""
    line = block.strip()
    if "\n" in line or len(line) > HEADER_LIMIT or not is_running_text(block) or bold_line(block):
        return ""
    if not any(character.isalpha() for character in line) or _FINISHED.search(line):
        return ""
    return re.sub(r"\d+", "0", line.casefold())


def _page_numbers(blocks: list[str], marks: set[int], continues: Witness) -> set[int]:
    """Return the bare numbers if one of them splits a sentence or is next to another page mark."""
    numbers = {index for index, block in enumerate(blocks) if _NUMBER_LINE.fullmatch(block.strip())}
    for index in numbers:
        if index - 1 in marks or index + 1 in marks:
            return numbers
        if 0 < index < len(blocks) - 1 and continues(index - 1, index + 1):
            return numbers
    return set()
