"""Finds the headline of a dump."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from library.importing.markdown_escapes import plain_text
from library.importing.paragraphs.blocks import bold_line, is_running_text
from library.text.cleaning import TITLE_LIMIT, clean_line

TITLE_WITHIN = 4
PLAIN_LIMIT = 200
MORE_LIMIT = 100

_HEADING = re.compile(r"(?P<level>#{1,6})\s+(?P<title>\S.*?)\s*#*\s*")
_UNDERLINED = re.compile(r"(?P<title>[^\n]+(?:\n[^\n]+)?)\n(?:=+|-{3,})\s*")
_BOLD_LINES = re.compile(r"(\*\*|__)(?P<text>(?:(?!\1).)+)\1", re.DOTALL)

IsHead = Callable[[str], bool]
"""A function that returns True for a byline or a date line."""


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline, the blocks without it, and the number of blocks before its position."""

    title: str
    blocks: list[str]
    before: int = 0


def heading_text(block: str) -> str:
    """Return the words of a heading line, or an empty string for any other block."""
    match = _HEADING.fullmatch(block.strip())
    return match["title"] if match else ""


def _level(block: str) -> int:
    match = _HEADING.fullmatch(block.strip())
    return len(match["level"]) if match else 0


def _marked(block: str) -> str:
    """Return the words of a block marked as a headline without ``#``: underlined or bold."""
    underlined = _UNDERLINED.fullmatch(block.strip())
    if underlined is not None:
        return underlined["title"].replace("\n", " ")
    if len(block) > PLAIN_LIMIT:
        return ""
    lines = [bold_line(line) for line in block.strip().split("\n")]
    if all(lines):
        return " ".join(lines)
    match = _BOLD_LINES.fullmatch(block.strip())
    return " ".join(match["text"].split()) if match else ""


def _is_rest_of_title(title: str, block: str, is_head: IsHead) -> bool:
    """Return True if ``block``, directly below a heading, is the second line of the heading."""
    if "\n" in block or len(block) > MORE_LIMIT or title.rstrip()[-1:] in ".!?:" or is_head(block):
        return False
    return is_running_text(block) and block.rstrip()[-1:] not in ".!?:,;"


def take_headline(blocks: list[str], glued: frozenset[int], is_head: IsHead) -> Headline:
    """Return the headline, and ``blocks`` without it and its repetitions at the head of other pages.

    Args:
        blocks: The blocks of the dump, with each heading line in a block of its own.
        glued: The indexes of blocks directly below a heading, without a blank line.
        is_head: A function that returns True for a byline or a date line.
    """
    for index, block in enumerate(blocks[:TITLE_WITHIN]):
        if _level(block) == 1:
            return _with_second_line(blocks, index, glued, is_head)
    if blocks and _level(blocks[0]):
        return _with_second_line(blocks, 0, glued, is_head)
    if blocks and not is_head(blocks[0]):
        title = _marked(blocks[0])
        followed = any(map(is_head, blocks[1:TITLE_WITHIN]))
        if not title and followed and "\n" not in blocks[0] and len(blocks[0]) <= PLAIN_LIMIT:
            title = blocks[0] if is_running_text(blocks[0]) and blocks[0].rstrip()[-1:] not in ".,;:" else ""
        if title:
            return Headline(_clean(title), [block for block in blocks if block.strip() != blocks[0].strip()])
    return Headline("", blocks)


def _with_second_line(blocks: list[str], index: int, glued: frozenset[int], is_head: IsHead) -> Headline:
    title, end = heading_text(blocks[index]), index + 1
    if end < len(blocks) and end in glued:
        more = heading_text(blocks[end]) if _level(blocks[end]) == _level(blocks[index]) else ""
        if more or (not _level(blocks[end]) and _is_rest_of_title(title, blocks[end], is_head)):
            title, end = f"{title} {more or blocks[end]}", end + 1
    repeated = {block.strip() for block in blocks[index:end]} if end - index == 1 else set()
    after = [block for block in blocks[end:] if block.strip() not in repeated]
    return Headline(_clean(title), blocks[:index] + after, index)


def _clean(title: str) -> str:
    return clean_line(plain_text(title), TITLE_LIMIT)
