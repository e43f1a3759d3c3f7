"""Reads an HTML fragment, such as the body below front matter."""

from __future__ import annotations

import re
from datetime import date
from html import escape

from library.errors import ImportFailed
from library.importing.formats.html import parse_page
from library.importing.html_words import plain_words
from library.text.text_facts import count_words

ALL_BUT_FEW = 0.97
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
    return body if count_words(body) >= ALL_BUT_FEW * count_words(plain_words(text)) else ""
