"""HTML that is no page of its own: the text of a letter, or what stands below front matter."""

from __future__ import annotations

import re
from datetime import date
from html import escape, unescape

from library.errors import ImportFailed
from library.text.text_facts import count_words

ALL_BUT_FEW = 0.97
"""HTML is read as a page only where that keeps this share of its words."""

_BLOCK_TAG = re.compile(
    r"\s*(?><!--.*?-->\s*)*+<(?:!doctype\s+html|html|body|article|section|main|div|p|h[1-6]|ul|ol|table"
    r"|blockquote|figure)\b",
    re.IGNORECASE | re.DOTALL,
)
_NO_WORDS = re.compile(r"<(?:(?P<name>script|style|title)\b|!--)", re.IGNORECASE)
_ENDS = {
    "--": re.compile("-->"),
    **{name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("script", "style", "title")},
}
_MARKUP = re.compile(r"(?i)<br\s*/?>|</(?:p|div|tr|li|h\d)>|<[^<>]*>")


def html_as_markdown(text: str, *, title: str, today: date) -> str:
    """``text`` as Markdown, where it is HTML and all of its words stay; otherwise empty."""
    blocks = [block for block in re.split(r"\n\s*\n", text) if block.strip()]
    if not blocks or not all(map(_BLOCK_TAG.match, (blocks[0], blocks[-1]))):
        return ""
    if sum(block.lstrip().startswith("<") for block in blocks) * 10 < len(blocks) * 8:
        return ""
    from library.importing.formats.html import parse_page

    page = f"<html><head><title>{escape(title)}</title></head><body><article>{text}</article></body></html>"
    try:
        body = parse_page(page.encode("utf-8-sig"), name=title, today=today).body
    except ImportFailed:
        return ""
    return body if count_words(body) >= ALL_BUT_FEW * count_words(plain_words(text)) else ""


def without_scripts(page: str) -> str:
    """``page`` without comments, scripts, styles and titles; what has no end stays."""
    kept: list[str] = []
    at = 0
    endless: set[str] = set()
    for match in _NO_WORDS.finditer(page):
        name = match["name"].lower() if match["name"] else "--"
        if match.start() < at or name in endless:
            continue
        end = _ENDS[name].search(page, match.end())
        if end is None:
            endless.add(name)
            continue
        kept.append(page[at : match.start()])
        at = end.end()
    return "".join((*kept, page[at:]))


def plain_words(page: str) -> str:
    """What stands on ``page``, each of its lines a paragraph."""

    def part(match: re.Match[str]) -> str:
        return "\n\n" if match.group().startswith(("</", "<br", "<BR")) else ""

    text = unescape(_MARKUP.sub(part, without_scripts(page))).replace("\xa0", " ")
    return "\n\n".join(" ".join(line.split()) for line in text.split("\n\n") if line.strip())
