"""Imports Markdown, with or without YAML front matter."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from library.importing.decoding import SNIFFED
from library.importing.fields.agencies import agency_named
from library.importing.fields.dates import DateHints, date_in_name
from library.importing.fields.field_names import Meaning
from library.importing.fields.front_matter import read_front_matter
from library.importing.fields.head_fields import HeadFields
from library.importing.fields.original_address import take_original_url
from library.importing.formats.dump import shorten, summarize, title_from_name
from library.importing.formats.html import html_as_markdown
from library.importing.formats.jsonl import markdown_record
from library.importing.markdown_escapes import plain_text
from library.importing.paragraphs.blocks import split_blocks
from library.importing.registry import Fit, Reader, single
from library.importing.source import Source
from library.models import ParsedArticle
from library.store.texts import ANNOTATIONS
from library.text.article_addresses import canonical_address, host_of
from library.text.cleaning import AUTHOR_LIMIT, TITLE_LIMIT, clean_line, clean_text
from library.text.language import guess_language

_ORIGINAL_LINK = re.compile(
    r"\[(?:(?:read|view|open|see)\s+)?(?:the\s+)?original(?:\s+\w+)?\]\((?P<address>https?://[^\s()]+)\)",
    re.IGNORECASE,
)
_SERVICE_LINE = re.compile(
    r"#[\w/-]+|\[(?:read|view|open|see)\s+(?:on|in|at)\s+[\w .-]+\]\([^\s()]+\)|" + _ORIGINAL_LINK.pattern,
    re.IGNORECASE,
)
_TITLE = re.compile(r"#\s+(?P<title>\S.*?)\s*#*")
_UNDERLINED = re.compile(r"(?P<title>[^\n]+)\n=+\s*")
_HEAD_BLOCKS = 4


def has_front_matter(text: str) -> bool:
    """Return True if ``text`` begins with front matter."""
    return read_front_matter(text) is not None


def _without_annotations(fields: HeadFields, text: str) -> str:
    """Return ``text`` without the annotations that an export of this program has below it."""
    if not fields.annotations():
        return text
    before, found, _ = f"\n{text}\n".rpartition(f"\n{ANNOTATIONS}\n")
    return before if found else text


def _heading(block: str) -> str:
    """Return the plain text of a block that is a first-level heading, or an empty string."""
    match = _TITLE.fullmatch(block.strip()) or _UNDERLINED.fullmatch(block)
    return clean_line(plain_text(match["title"]), TITLE_LIMIT) if match else ""


def _with_headings_apart(blocks: list[str]) -> list[str]:
    """Split first-level headings among the first ``blocks`` from the lines directly below them."""
    apart: list[str] = []
    for block in blocks[:_HEAD_BLOCKS]:
        first, newline, below = block.partition("\n")
        apart += [first, below] if newline and _TITLE.fullmatch(first.strip()) and below.strip() else [block]
    return apart + blocks[_HEAD_BLOCKS:]


def _take_title(title: str, blocks: list[str]) -> tuple[str, list[str]]:
    """Return the title, and the blocks without the heading that is or repeats it."""
    blocks = _with_headings_apart(blocks)
    for index, block in enumerate(blocks[:_HEAD_BLOCKS]):
        heading = _heading(block)
        if heading and (not title or heading.casefold() == title.casefold()):
            return title or heading, blocks[:index] + blocks[index + 1 :]
    return title, blocks


def parse_markdown(text: str, *, today: date, name: str = "") -> ParsedArticle:
    """Return the article in ``text``. Its front matter takes precedence over the text."""
    text = text.lstrip("\ufeff").replace("\r\n", "\n")
    found = read_front_matter(text)
    fields, rest = HeadFields(found), text if found is None else found.rest
    title = fields.title()
    if found is not None and rest.lstrip().startswith("<"):
        rest = html_as_markdown(rest, title=title, today=today) or rest
    blocks, tail_url = take_original_url(split_blocks(_without_annotations(fields, clean_text(rest))))
    title, blocks = _take_title(title, blocks)
    blocks, service_url = _take_service_links(blocks) if found else (blocks, "")
    url = fields.address() or service_url or tail_url
    language = fields.language() or guess_language("\n".join(blocks))
    hints = DateHints(today=today, language=language, host=host_of(url), address_day=date_in_name(url, today))
    published, guessed = fields.published(hints)
    if published is None:
        published = hints.address_day or date_in_name(name, today) or fields.created(hints)
        guessed = published is not None
    authors = fields.authors()
    summary = shorten(fields.line(Meaning.SUMMARY, TITLE_LIMIT * 4))
    return ParsedArticle(
        record=markdown_record(text) if found else None,
        title=title or title_from_name(name),
        body="\n\n".join(blocks),
        authors=authors,
        agency=fields.line(Meaning.AGENCY, AUTHOR_LIMIT)
        or next(filter(None, map(agency_named, authors)), ""),
        source=fields.source(url),
        url=url,
        published=published,
        date_guessed=guessed,
        updated=fields.updated(hints),
        language=language,
        tags=fields.tags(),
        summary=summary or summarize(blocks),
        images=fields.images(),
        extra=fields.extra(),
    )


def _take_service_links(blocks: list[str]) -> tuple[list[str], str]:
    """Return ``blocks`` without links of a reader service to itself, and the address of the original."""
    url = ""
    kept = []
    for index, block in enumerate(blocks):
        lines = block.split("\n")
        if index < _HEAD_BLOCKS and all(map(_SERVICE_LINE.fullmatch, lines)):
            links = (match for line in lines if (match := _ORIGINAL_LINK.fullmatch(line)))
            url = url or next((canonical_address(match["address"]) for match in links), "")
        else:
            kept.append(block)
    return (kept, url) if url else (blocks, "")


_MARKDOWN = (
    re.compile(r"(?m)^#{1,6} \S"),
    re.compile(r"(?m)^\S.*\n(?:=+|-{3,})\s*$"),
    re.compile(r"(?<!\\)(\*\*|__)(?=\S)[^\n]+?(?<=\S)\1"),
    re.compile(r"!?\[[^\[\]\n]+\]\([^)\s]+(?: \"[^\"\n]*\")?\)"),
    re.compile(r"(?m)^> \S"),
    re.compile(r"(?m)^(?:[-*+]|\d{1,3}\.) \S.*\n(?:\s*\n)?(?:[-*+]|\d{1,3}\.) \S"),
    re.compile(r"(?m)^(?:```|~~~)"),
)


def _is_markdown(text: str) -> bool:
    return any(pattern.search(text[: 16 * SNIFFED]) for pattern in _MARKDOWN)


def _sniff(source: Source, today: date) -> Fit:
    if has_front_matter(source.repaired_text):
        return Fit.SURE
    is_text = source.name.lower().endswith((".txt", ".text"))
    return Fit.LIKELY if not is_text and _is_markdown(source.repaired_text) else Fit.NO


def _parse(source: Source, today: date) -> ParsedArticle:
    article = parse_markdown(source.repaired_text, today=today, name=source.name)
    return replace(article, found=source.pictures)


READER = Reader(_sniff, single(_parse))
