"""Words, sentences and paragraphs of a document, for selecting one after the other.

A span is a pair of offsets in ``Document.text``: its start and its end (exclusive).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from library.text.case_folding import UNSPACED
from library.text.document import Document

Span = tuple[int, int]

REACH = 4_000
"""Maximum number of characters searched for the start and for the end of a sentence."""

_LONGEST_WORD = 200

_MARK = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u0900-\u0963\u0966-\u0df3\u200c\u200d\ufe0f"
)
"""Combining marks and joiners, which belong to the word."""

_letter = f"(?:[^\\W{UNSPACED}]|[{_MARK}])"


@cache
def _word() -> re.Pattern[str]:
    """Match a word with the characters that join its parts (don’t, 1,200), an unspaced letter, or signs."""
    return re.compile(
        f"[{UNSPACED}](?:[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u3099\u309a]|[{_MARK}])*"
        f"|{_letter}+(?:['’\\-‐.,:]{_letter}+)*"
        f"|[^\\s\\w{_MARK}]+"
    )


@cache
def _letters() -> re.Pattern[str]:
    return re.compile(f"[^\\W_]|[{_MARK}]")


_sentence_end = re.compile(r"[.!?…؟۔।]+[\"'”’»)\]]*(?=\s)|[。！？｡]+[」』”’）]*")

_ABBREVIATIONS = frozenset(
    (
        "Mr",
        "Mrs",
        "Ms",
        "Dr",
        "Prof",
        "St",
        "Gen",
        "Sen",
        "Rep",
        "Gov",
        "Lt",
        "Col",
        "Sgt",
        "Capt",
        "No",
        "vs",
    )
)
"""Abbreviations before a name or number. The full stop after one does not end a sentence."""


def words_between(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the words of ``text`` that begin between ``start`` and ``end``; signs alone are not words."""
    for match in _word().finditer(text, start, min(len(text), end + _LONGEST_WORD)):
        if match.start() >= end:
            return
        if _letters().search(match[0]):
            yield match.span()


def word_after(text: str, offset: int) -> Span | None:
    """Return the first word that begins at ``offset`` or later; None if there is none."""
    return next(words_between(text, max(0, offset), len(text)), None)


def word_before(text: str, offset: int) -> Span | None:
    """Return the last word that ends at ``offset`` or before; None if there is none."""
    reach = 64
    while True:
        first = max(0, offset - reach)
        # Start after a space, so that the first word is whole.
        words = [span for span in words_between(text, _unit_start(text, first), offset) if span[1] <= offset]
        if words or first == 0:
            return words[-1] if words else None
        reach *= 4


def _unit_start(text: str, offset: int) -> int:
    """Return an offset after white space, at or a little before ``offset``; ``offset`` if there is none."""
    for place in range(offset, max(0, offset - _LONGEST_WORD), -1):
        if text[place - 1].isspace():
            return place
    return max(0, offset)


def word_at(text: str, offset: int) -> Span | None:
    """Return the word with the character ``offset``, otherwise the next word, otherwise the previous one."""
    before = word_before(text, offset)
    following = word_after(text, before[1] if before else 0)
    while following is not None and following[1] <= offset:
        following = word_after(text, following[1])
    return following or before


def whole_words(text: str, start: int, end: int) -> Span:
    """Return the characters ``start`` to ``end`` extended to the ends of the words that they cut.

    White space at the ends is left out, unless there is nothing else.
    """
    start, end = max(0, start), min(len(text), end)
    first = start + len(text[start:end]) - len(text[start:end].lstrip())
    last = start + len(text[start:end].rstrip())
    if first >= last:
        return start, end
    before, after = word_at(text, first), word_at(text, last - 1)
    if before is not None and before[0] < first < before[1]:
        first = before[0]
    if after is not None and after[0] < last < after[1]:
        last = after[1]
    return first, last


def paragraph_at(document: Document, offset: int) -> Span | None:
    """Return the block with the character ``offset``; None if the document has no text."""
    block = document.paragraph_at(offset)
    return (block.start, block.end) if block else None


def sentence_at(document: Document, offset: int) -> Span | None:
    """Return the sentence with the character ``offset``, limited to its block and ``REACH`` characters."""
    paragraph = paragraph_at(document, offset)
    if paragraph is None:
        return None
    text, first, last = document.text, max(paragraph[0], offset - REACH), min(paragraph[1], offset + REACH)
    ends = [match.end() for match in _sentence_end.finditer(text, first, last) if _ends(text, match, last)]
    for start, end in pairwise([first, *ends, last]):
        if offset < end or end == last:
            words = text[start:end]
            return start + len(words) - len(words.lstrip()), end
    return None


def _ends(text: str, match: re.Match[str], last: int) -> bool:
    """Return True if a sentence ends at ``match``: not after an abbreviation or before a small letter."""
    following = text[match.end() : min(last, match.end() + 8)].lstrip(" \n\"'“‘«([")
    if following[:1].islower():
        return False
    before = re.search(r"\w+$", text[max(0, match.start() - 12) : match.start()])
    if match[0] != "." or before is None:
        return True
    return before[0] not in _ABBREVIATIONS and not (len(before[0]) == 1 and before[0].isupper())
