"""Imports saved web pages and fragments of HTML. Nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from html import escape
from pathlib import PurePath
from typing import Any

from library.errors import ImportFailed
from library.importing.decoding import SNIFFED, decode_page
from library.importing.fields.dates import DateHints, read_date_line
from library.importing.formats.html.captions import PageImages, with_captions
from library.importing.formats.html.footnotes import with_notes_at_end
from library.importing.formats.html.markdown import PageBlock, as_paragraph
from library.importing.formats.html.metadata import SUMMARY_LIMIT, PageMetadata, read_metadata
from library.importing.formats.html.pictures import found_pictures
from library.importing.formats.html.text import page_text
from library.importing.html_words import plain_words
from library.importing.refused import refuse_page
from library.importing.registry import Fit, Reader, single
from library.importing.source import Source
from library.models import ParsedArticle
from library.text.case_folding import fold_letters
from library.text.cleaning import TITLE_LIMIT, clean_line
from library.text.language import guess_language
from library.text.text_facts import count_words

PAGE_LIMIT = 8_000_000
"""Maximum size of a page in bytes. A larger one takes many seconds and hundreds of megabytes to read."""

DEPTH_LIMIT = 250
"""Maximum nesting depth of elements; real pages stay below 100."""

ATTRIBUTES_LIMIT = 1000
"""Maximum number of attributes of an element; the parsers need quadratic time for them."""

LONG_TAG = 5000
"""Maximum length in characters of a tag whose attributes are not counted."""

HEAD_BLOCKS = 6
"""Number of blocks at the start in which the headline, the byline and the date are searched for."""

DEEP_HEADING = 5
"""Heading level from which a heading before the first paragraph is a label."""

STANDFIRST = 60
"""Number of characters from which a heading before the first paragraph is a standfirst."""

KICKER_LIMIT = 120
"""Maximum length of a byline, a date line, or a block removed with the headline below it, in characters."""

_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|(\d{1,10}));?")
_CONTROLS = [code for code in (*range(32), *range(127, 160)) if code not in {9, 10, 13}]
_NO_CHARACTERS = [*range(0xD800, 0xE000), *range(0xFDD0, 0xFDF0)]
_NO_CHARACTERS += [plane * 0x10000 + last for plane in range(17) for last in (0xFFFE, 0xFFFF)]
_UNREADABLE = dict.fromkeys([*_CONTROLS, *_NO_CHARACTERS])
"""Characters to remove, because Trafilatura gives up on a page with one of them."""

_CONTROL_BYTES = bytes(code for code in _CONTROLS if code < 128)
_UNREADABLE_BYTES = tuple(
    map(re.compile, (rb"\xc2[\x80-\x9f]", rb"\xed[\xa0-\xbf]", rb"\xef\xb7", rb"\xbf[\xbe\xbf]"))
)
"""Patterns for the UTF-8 bytes of the other characters. Few pages contain them, and the search is fast."""

_TAG_OF_PAGE = re.compile(r"<[a-zA-Z!]")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_BYLINE_WORDS = re.compile(
    r"\b(?:by|von|par|por|di|da|af|av|van|door|od|oleh|автор|от|text|and|und|et|y|og|och|en|written|published|story)\b",
    re.IGNORECASE,
)


def parse_page(data: bytes, *, name: str, today: date) -> ParsedArticle:
    """Return the article on the saved page ``data``.

    ``name`` (a path or an address) identifies the page in messages. Dates too far after ``today`` are
    rejected. Raises ``ImportFailed`` if the page is too large, is nested too deep, or has no text that
    could be an article.
    """
    text, tree, _held = _readable(data, name)  # keeps lxml from remaking the elements on each walk
    try:
        metadata = read_metadata(tree, text, today=today)
        found = found_pictures(tree, metadata.image)
        shown = page_text(tree, base=metadata.url)
        placed = with_captions(
            shown.blocks, shown.captions, lead=metadata.image, found=found, base=metadata.url
        )
        notes = [block for block in placed.blocks if block.note is not None]
        text_blocks = [block for block in placed.blocks if block.note is None]
        blocks = with_notes_at_end(_article_blocks(text_blocks, metadata, today), notes)
    except Exception as error:  # one page that breaks a parser must not stop the import
        raise ImportFailed(name, f"the page could not be read ({error or type(error).__name__}).") from error
    if not blocks:
        raise ImportFailed(
            name,
            "no article text was found on the page. "
            "If a browser shows one, save the page there once it has loaded.",
        )
    return replace(_article(metadata, blocks, placed, name), warning=shown.warning)


def _readable(data: bytes, name: str) -> tuple[str, Any, list[Any]]:
    """Return the text of the page, its tree, and all elements of the tree.

    Raises ``ImportFailed`` if the page is empty or could take too long to read.
    """
    if len(data) > PAGE_LIMIT:
        raise ImportFailed(
            name,
            f"the page has {len(data) / 1e6:.1f} MB, more than the {PAGE_LIMIT / 1e6:.0f} MB that are read. "
            "Save it without pictures inside (“HTML only”) and add it again.",
        )
    text = _without_control_references(_without_unreadable(decode_page(data)))
    if _has_too_many_attributes(text):
        raise ImportFailed(
            name,
            f"an element has more than {ATTRIBUTES_LIMIT} attributes, so it is no ordinary page. "
            "Save its text instead.",
        )
    tree = _tree(text)
    if tree is None:
        raise ImportFailed(name, "the page is empty. Save it again from the browser.")
    elements = _elements(tree, DEPTH_LIMIT)
    if elements is None:
        raise ImportFailed(
            name,
            f"its elements are nested more than {DEPTH_LIMIT} deep, so "
            "it is no ordinary page. Save its text instead.",
        )
    return text, tree, elements


def _article(
    metadata: PageMetadata, blocks: Sequence[PageBlock], placed: PageImages, name: str
) -> ParsedArticle:
    body = "\n\n".join(block.markdown for block in blocks)
    words = next((block.text for block in blocks if not block.heading), "")
    stated = metadata.stated(
        title=metadata.title or clean_line(PurePath(name).stem, TITLE_LIMIT),
        language=metadata.language or guess_language(body),
        summary=metadata.summary or clean_line(words, SUMMARY_LIMIT),
        images=(*((placed.lead,) if placed.lead else ()), *placed.more),
        origin="html",
    )
    return ParsedArticle(**stated, body=body, found=placed.found)


# Parsing


def _without_unreadable(text: str) -> str:
    encoded = text.encode("utf-8", "surrogatepass")
    controls = len(encoded.translate(None, _CONTROL_BYTES)) < len(encoded)
    if controls or any(pattern.search(encoded) for pattern in _UNREADABLE_BYTES):
        return text.translate(_UNREADABLE)
    return text


def _without_control_references(text: str) -> str:
    """Remove numeric references to controls; 128 to 159 become the letters of Windows-1252."""
    return _REFERENCE.sub(_mapped_reference, text) if "&#" in text else text


def _mapped_reference(found: re.Match[str]) -> str:
    code = int(found[1], 16) if found[1] else int(found[2])
    if 128 <= code <= 159:
        return bytes([code]).decode("cp1252", "ignore")
    return "" if code in _UNREADABLE or code > 0x10FFFF else found[0]


def _has_too_many_attributes(text: str) -> bool:
    long = (piece.partition(">")[0] for piece in text.split("<") if len(piece) > LONG_TAG)
    return any(len(_QUOTED.sub('""', tag).split()) > ATTRIBUTES_LIMIT for tag in long if tag[:1].isalpha())


def _tree(text: str) -> Any:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    if not _TAG_OF_PAGE.search(text):
        return None
    parser = HTMLParser(encoding="utf-8", collect_ids=False, remove_comments=True, remove_pis=True)
    try:
        return document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _elements(tree: Any, limit: int) -> list[Any] | None:
    """Return all elements of ``tree``, or None if one is nested more than ``limit`` deep."""
    elements, level = [], [tree]
    for _ in range(limit):
        elements += level
        level = [child for element in level for child in element]
        if not level:
            return elements
    return None


# Blocks of the article


def _article_blocks(blocks: Sequence[PageBlock], metadata: PageMetadata, today: date) -> list[PageBlock]:
    """Return ``blocks`` without headline, byline, date, repeated standfirst, and links at the end."""
    kept = _with_standfirst_as_text(_without_headline(blocks, metadata.title))
    hints = DateHints(today=today, language=metadata.language, host=metadata.source)
    head = [block for block in kept[:HEAD_BLOCKS] if not _is_imprint(block, metadata.authors, hints)]
    return _without_links_at_end(_without_repetition(head) + kept[HEAD_BLOCKS:])


def _without_headline(blocks: Sequence[PageBlock], title: str) -> list[PageBlock]:
    """Return ``blocks`` without the headline, and without headings and short blocks before it."""
    kept = list(blocks)
    wanted = fold_letters(title)
    for index in reversed(range(min(HEAD_BLOCKS, len(kept)))):
        found = fold_letters(kept[index].text)
        if not wanted or not found.startswith(wanted) or len(found) > len(wanted) + 30:
            continue
        del kept[index]
        if all(block.heading or len(block.text) < KICKER_LIMIT for block in kept[:index]):
            del kept[:index]
            break
    return kept


def _with_standfirst_as_text(blocks: list[PageBlock]) -> list[PageBlock]:
    """Turn headings before the first paragraph that are standfirsts or labels into paragraphs."""
    for index, block in enumerate(blocks[:HEAD_BLOCKS]):
        if not block.heading:
            break
        sign, _, words = block.markdown.partition(" ")
        if len(sign) >= DEEP_HEADING or len(block.text) >= STANDFIRST:
            blocks[index] = replace(block, markdown=as_paragraph(words), heading=False)
    return blocks


def _is_imprint(block: PageBlock, authors: Sequence[str], hints: DateHints) -> bool:
    """Return True if ``block`` is a byline or a date line, which the article stores as fields."""
    if len(block.text) > KICKER_LIMIT:
        return False
    if read_date_line(block.text, hints) is not None:
        return True
    rest = block.text
    for author in authors:
        rest = re.sub(re.escape(author), "", rest, flags=re.IGNORECASE)
    return rest != block.text and len(fold_letters(_BYLINE_WORDS.sub("", rest))) <= 3


def _without_repetition(blocks: Sequence[PageBlock]) -> list[PageBlock]:
    """Return ``blocks`` without unintended repetitions, such as a second standfirst."""
    kept: list[PageBlock] = []
    for block in blocks:
        if (
            block.again
            or len(block.text) < 40
            or not any(fold_letters(block.text) == fold_letters(other.text) for other in kept)
        ):
            kept.append(block)
    return kept


def _without_links_at_end(blocks: Sequence[PageBlock]) -> list[PageBlock]:
    """Return ``blocks`` without links to other articles and headings without text at the end."""
    kept = list(blocks)
    while kept and (kept[-1].heading or (kept[-1].linked > 0.8 and len(kept) > 1)):
        kept.pop()
    return kept


_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*+<(?:!doctype\s+html|html|head|body|article|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_TAGS = re.compile(
    r"</?(?:p|div|span|h[1-6]|section|main|header|ul|li|a|br|img|table)\b[^<>]*>", re.IGNORECASE
)


def is_html(text: str) -> bool:
    """Return True if ``text`` is a web page or a fragment of one."""
    start = text[:SNIFFED]
    if _HTML.match(start):
        return True
    return start.lstrip().startswith("<") and len(_HTML_TAGS.findall(start)) >= 3


def _sniff(source: Source, today: date) -> Fit:
    return Fit.SURE if is_html(source.text) else Fit.NO


def _parse(source: Source, today: date) -> ParsedArticle:
    refuse_page(source.text, source.name)
    return parse_page(source.data, name=source.name, today=today)


READER = Reader(_sniff, single(_parse))


_ALL_BUT_FEW = 0.97
"""Minimum share of its words that HTML must keep to be read as a page."""

_BLOCK_TAG = re.compile(
    r"\s*(?><!--.*?-->\s*)*+<(?:!doctype\s+html|html|body|article|section|main|div|p|h[1-6]|ul|ol|table"
    r"|blockquote|figure)\b",
    re.IGNORECASE | re.DOTALL,
)


def html_as_markdown(text: str, *, title: str, today: date) -> str:
    """Return ``text`` as Markdown if it is HTML and nearly all words are kept, or an empty string."""
    blocks = [block for block in re.split(r"\n\s*\n", text) if block.strip()]
    if not blocks or not all(map(_BLOCK_TAG.match, (blocks[0], blocks[-1]))):
        return ""
    if sum(block.lstrip().startswith("<") for block in blocks) * 10 < len(blocks) * 8:
        return ""
    page = f"<html><head><title>{escape(title)}</title></head><body><article>{text}</article></body></html>"
    try:
        body = parse_page(page.encode("utf-8-sig"), name=title, today=today).body
    except ImportFailed:
        return ""
    return body if count_words(body) >= _ALL_BUT_FEW * count_words(plain_words(text)) else ""
