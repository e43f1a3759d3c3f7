"""Anchoring an annotation in an article's plain text, and finding its place again.

An anchor is the exact words, 32 characters before and after them, and their offsets: the selectors
TextQuoteSelector and TextPositionSelector of the W3C Web Annotation Data Model.
"""

from __future__ import annotations

import re

from library.models import Quote
from library.text.folding import is_unspaced

CONTEXT = 32
"""How many characters of prefix and suffix are kept."""

EVIDENCE = 12
"""How many characters of a passage and its surroundings must be as they were to know it again."""

MARGIN = 4
"""How many more characters of its surroundings must agree than of any other place of the same words."""

_ALIKE = ("'‘’‚‛′`", '"“”„‟″«»', "-‐‑‒–—−")
"""Families of characters that are taken for each other."""


def find_quote(text: str, words: str) -> list[tuple[int, int]]:
    """Every place of ``words`` in ``text``, as (start, end) in characters.

    White space of any kind and length counts as one space, and typographic quotation marks,
    apostrophes and dashes count as their plain forms, so that words can be copied from a terminal.
    """
    pattern = _tolerant(words)
    if pattern is None:
        return []
    return [match.span() for match in pattern.finditer(text)]


def quote_at(text: str, start: int, end: int) -> Quote:
    """The anchor of the characters ``start`` to ``end`` of ``text``, without white space at its ends."""
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


def reanchored(text: str, quote: Quote) -> Quote | None:
    """The anchor of the same passage in a changed ``text``; None where it cannot be told for certain.

    The words must be there exactly (see ``find_quote``), and begin and end with a word where they did.
    Together with the same surroundings they must have EVIDENCE characters; of several places the one
    whose surroundings agree most with the former ones is taken, if by a MARGIN.
    """
    in_place = text[quote.start : quote.end] == quote.exact
    if in_place and _agreement(text, quote, quote.start, quote.end) == len(quote.prefix) + len(quote.suffix):
        return quote_at(text, quote.start, quote.end)
    places = [place for place in find_quote(text, quote.exact) if _cut_alike(text, quote, *place)]
    ranked = sorted(((_agreement(text, quote, *place), place) for place in places), reverse=True)
    if not ranked or len(quote.exact) + ranked[0][0] < EVIDENCE:
        return None
    if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < MARGIN:
        return None
    return quote_at(text, *ranked[0][1])


def _cut_alike(text: str, quote: Quote, start: int, end: int) -> bool:
    """Whether the place is inside a longer word only where the quote was."""
    cuts_before = _within_word(text[:start][-1:] + text[start])
    cuts_after = _within_word(text[end - 1] + text[end : end + 1])
    return (not cuts_before or _within_word(quote.prefix[-1:] + quote.exact[0])) and (
        not cuts_after or _within_word(quote.exact[-1] + quote.suffix[:1])
    )


def _within_word(pair: str) -> bool:
    """Whether two characters are of one word; in scripts without spaces none are."""
    return len(pair) == 2 and pair.isalnum() and not is_unspaced(pair)


def _agreement(text: str, quote: Quote, start: int, end: int) -> int:
    """How many characters next to the passage are the same as they were."""
    before = text[max(0, start - CONTEXT) : start]
    after = text[end : end + CONTEXT]
    return _common(before[::-1], quote.prefix[::-1]) + _common(after, quote.suffix)


def _common(left: str, right: str) -> int:
    length = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        length += 1
    return length


def _tolerant(words: str) -> re.Pattern[str] | None:
    parts = words.split()
    if not parts:
        return None
    return re.compile(r"\s+".join("".join(_alternatives(char) for char in part) for part in parts))


def _alternatives(char: str) -> str:
    for family in _ALIKE:
        if char in family:
            return f"[{re.escape(family)}]"
    return re.escape(char)
