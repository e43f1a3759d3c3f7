"""Measures of text: terminal cells and grapheme clusters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

Measure = Callable[[str], int]
"""Returns the width of a text in terminal cells."""

_NOT_SIMPLE = re.compile(
    "[^ -~\\xa0-\\xac\\xae-\\u02ff\\u0370-\\u0377\\u037a-\\u037f\\u0384-\\u038a\\u038e-\\u03a1\\u03a3-\\u0482"
    "\\u048a-\\u052f\\u2010-\\u2027\\u2030-\\u205e\\u2070\\u2071\\u2074-\\u208e\\u20a0-\\u20bf]"
)
"""Characters that can be wider than a cell or part of a cluster: all but most Latin, Greek and Cyrillic."""


def cells(text: str) -> int:
    """Return the width of ``text`` by the tables of wcwidth; control characters have no width."""
    if text.isascii() and text.isprintable():
        return len(text)
    from wcwidth import wcswidth, wcwidth

    width = wcswidth(text)
    return width if width >= 0 else sum(max(0, wcwidth(character)) for character in text)


def graphemes(text: str) -> Iterator[str]:
    """Return the grapheme clusters of ``text``."""
    if not _NOT_SIMPLE.search(text):
        return iter(text)
    from wcwidth import iter_graphemes

    return iter_graphemes(text)


def is_simple(text: str, start: int, end: int) -> bool:
    """Return True if each character from ``start`` to ``end`` is one cell wide and one grapheme cluster."""
    return not _NOT_SIMPLE.search(text, start, end)
