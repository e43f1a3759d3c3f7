"""Approximate removal of Markdown syntax, fast enough for every article of a list."""

from __future__ import annotations

import re

_rule = re.compile(r"^[ \t>]*(?:[|:+\-=_* \t]*[-=_*]{2,}[|:+\-=_* \t]*|[`~]{3,}.*)$", re.MULTILINE)
"""A line without words: below a table header or a headline, between sections, around code."""

_definition = re.compile(r"^[ \t]*\[[^\]\n]+\]:[ \t]*<?(?:https?:|mailto:|[/#])\S*.*$", re.MULTILINE)
_footnote = re.compile(r"\[\^[^\]\s]+\]:?")
_target = re.compile(r"(?<=\])\((?:[^()\n]|\([^()\n]*\))*\)|(?<=\])\[[^\]\n]*\]")
_break = re.compile(r"<br ?/?>|<!--.*?-->|&nbsp;", re.IGNORECASE | re.DOTALL)
_row = re.compile(r"^[ \t>]*\|(.*)$", re.MULTILINE)
_cells = re.compile(r"[ \t]*(?<!\\)\|[ \t|]*")
_list_mark = re.compile(r"^[ \t>]*(?:[-+*]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?", re.MULTILINE)
_mark = re.compile(r"(?:[*_`~\\#>\[\]]|!(?=\[))+")


def without_marks(markdown: str) -> str:
    """Return ``markdown`` without Markdown syntax; the cells of a table are separated by “ · ”."""
    text = _rule.sub("", markdown)
    for pattern in (_definition, _footnote, _target, _break):
        text = pattern.sub(" ", text)
    text = _row.sub(_joined_cells, text)
    return _mark.sub(" ", _list_mark.sub("", text))


def _joined_cells(row: re.Match[str]) -> str:
    return _cells.sub(" · ", row[1].rstrip(" \t|").strip())
