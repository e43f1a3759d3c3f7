"""Extracts the words of HTML without parsing a page, for emails and for guessing code pages."""

from __future__ import annotations

import re
from html import unescape

_NO_WORDS = re.compile(r"<(?:(?P<name>script|style|title)\b|!--)", re.IGNORECASE)
_ENDS = {
    "--": re.compile("-->"),
    **{name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("script", "style", "title")},
}
_MARKUP = re.compile(r"(?i)<br\s*/?>|</(?:p|div|tr|li|h\d)>|<[^<>]*>")


def without_scripts(page: str) -> str:
    """Remove comments, scripts, styles and titles from ``page``; unclosed ones stay."""
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
    """Return the text of ``page``, with each line as a paragraph."""

    def part(match: re.Match[str]) -> str:
        return "\n\n" if match.group().startswith(("</", "<br", "<BR")) else ""

    text = unescape(_MARKUP.sub(part, without_scripts(page))).replace("\xa0", " ")
    return "\n\n".join(" ".join(line.split()) for line in text.split("\n\n") if line.strip())
