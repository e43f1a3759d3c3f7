"""Quotes: finds words in an article's plain text, and anchors them there.

An anchor is the exact words, 32 characters before and after them, and their offsets: the selectors
TextQuoteSelector and TextPositionSelector of the W3C Web Annotation Data Model.
"""

from __future__ import annotations

from library.models import Quote
from library.text.case_folding import is_unspaced
from library.text.typography import NormalText, normalised

CONTEXT = 32
"""Number of characters kept as prefix and as suffix."""


def find_quote(text: str, words: str) -> list[tuple[int, int]]:
    """Return every place of ``words`` in ``text``, as (start, end) in characters.

    Differences of typography are ignored (see ``library.text.typography``), so that words can be copied from
    a terminal or another page.
    """
    return list(places_of(NormalText(text), normalised(words).strip()))


def places_of(text: NormalText, words: str, limit: int | None = None) -> list[tuple[int, int]]:
    """Return every place of ``words``, in normal form, in the source of ``text``; at most ``limit``."""
    places = list[tuple[int, int]]()
    position = text.text.find(words) if words else -1
    while position >= 0 and (limit is None or len(places) < limit):
        places.append(text.source_span(position, position + len(words)))
        position = text.text.find(words, position + len(words))
    return places


def quote_at(text: str, start: int, end: int) -> Quote:
    """Return the anchor of the characters ``start`` to ``end`` of ``text``, trimmed of white space."""
    start, end = max(0, start), min(end, len(text))
    words = text[start:end]
    if words.strip():
        start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    return Quote(
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        start=start,
        end=end,
    )


def within_word(before: str, after: str) -> bool:
    """Return True if two adjacent characters are of one word; always False in scripts without spaces."""
    pair = before + after
    return len(pair) == 2 and pair.isalnum() and not is_unspaced(pair)
