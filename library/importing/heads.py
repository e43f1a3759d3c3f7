"""What the first and the last lines of a text say: byline, date line, original address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from library.importing.addresses import canonical_address, host_of
from library.importing.byline import Byline, parse_byline
from library.importing.dates import DateHints, DateLine, date_in_name, read_date_line
from library.importing.joins import PAGE_BREAK
from library.models import Published
from library.text.cleaning import is_openable
from library.text.language import guess_language

HEAD_BLOCKS = 6
TAIL_BLOCKS = 10
HEAD_LINE_LIMIT = 300

_LABEL = re.compile(r"[\s*_>\[(\\]*original[\s_-]*(?:url|link|address)\b[\s*_\]:：]*", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://(?:[^\s<>()\[\]\\]|\([^\s<>()]*\)|\\(?=[!-/:-@\[-`{-~]))+", re.IGNORECASE)
_SMALL_PRINT = re.compile(r"[-–—\[(|]?\s*(?:\D{1,90}\s)?\d{1,4}(?:\s*\D{1,5}\s*\d{1,4})?\s*[-–—\])|]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the head and the tail of a text said, and the blocks that are left for the body."""

    blocks: list[str]
    byline: Byline
    url: str
    source: str
    language: str
    published: Published
    updated: Published
    date_guessed: bool


def _address_in(block: str) -> str:
    """The one address in ``block``, without Markdown's escapes; empty where there is none."""
    match = _ADDRESS.search(block)
    if match is None:
        return ""
    address = match.group().replace("\\", "").rstrip(".,;:!?*_'\"]")
    return canonical_address(address) if is_openable(address) else ""


def take_original_url(blocks: list[str]) -> tuple[list[str], str]:
    """``blocks`` without the closing “Original url” and what follows it on the page, and the address."""
    first = max(0, len(blocks) - TAIL_BLOCKS)
    for index in range(len(blocks) - 1, first - 1, -1):
        label = _LABEL.match(blocks[index])
        if label is None:
            continue
        rest = blocks[index][label.end() :]
        address = _address_in(rest)
        end = index + 1
        while not address and not rest.strip() and end < len(blocks):
            address = _address_in(blocks[end]) if _is_only_address(blocks[end]) else ""
            if not address and not _says_nothing(blocks[end]):
                break
            end += 1
        if address:
            tail = [block for block in blocks[end:] if not _says_nothing(block)]
            return blocks[:index] + tail, address
    return blocks, ""


def _is_only_address(block: str) -> bool:
    return len(re.sub(r"\s+", " ", block.strip()).split(" ")) == 1 and _ADDRESS.search(block) is not None


def _says_nothing(block: str) -> bool:
    """Whether ``block``, after the end, is a page break, a page number or a short footer with one."""
    return block == PAGE_BREAK or _SMALL_PRINT.fullmatch(block.strip()) is not None


def _pieces(block: str) -> list[str]:
    """The lines of a head block, and the parts of a line such as “By Jane Roe | 5 June 2025”."""
    lines = [line for line in block.split("\n") if line.strip()]
    return [piece.strip() for line in lines for piece in re.split(r"\s+[|•·]\s+", line)]


def _read_block(
    block: str, hints: DateHints, want_byline: bool, want_date: bool
) -> tuple[Byline | None, DateLine | None]:
    """The byline and the date of a block that consists of nothing else."""
    whole = read_date_line(block, hints) if want_date and "\n" not in block else None
    if whole is not None:
        return None, whole
    byline, dated = None, None
    for piece in _pieces(block):
        if want_date and dated is None and (found := read_date_line(piece, hints)):
            dated = found
        elif want_byline and byline is None and (named := parse_byline(piece)):
            byline = named
        else:
            return None, None
    return byline, dated


def take_head(blocks: list[str], *, today: date, name: str) -> Head:
    """Reads byline, date line and address out of ``blocks`` (without the headline)."""
    blocks, url = take_original_url(blocks)
    language = guess_language("\n".join(blocks[2:] or blocks))
    address_day = date_in_name(url, today)
    source = host_of(url)
    hints = DateHints(today=today, language=language, host=source, address_day=address_day)
    byline, dated, rest = None, None, []
    for index, block in enumerate(blocks):
        found: tuple[Byline | None, DateLine | None] = (None, None)
        wanted = byline is None or dated is None
        if wanted and index < HEAD_BLOCKS and len(block) <= HEAD_LINE_LIMIT:
            found = _read_block(block, hints, byline is None, dated is None)
        byline, dated = byline or found[0], dated or found[1]
        if found == (None, None):
            rest.append(block)
    dated = dated or _guess(address_day or date_in_name(name, today))
    return Head(
        blocks=rest,
        byline=byline or Byline(),
        url=url,
        source=source,
        language=language,
        published=dated.published,
        updated=dated.updated,
        date_guessed=dated.guessed,
    )


def _guess(day: date | None) -> DateLine:
    return DateLine(published=day, guessed=day is not None)
