"""Words, sentences and paragraphs of a document, for selecting one after the other.

A span is a pair of offsets into ``Document.text``: the first character and the one after the last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from library.text.case_folding import UNSPACED
from library.text.document import Document

Span = tuple[int, int]

REACH = 4_000
"""Characters on either side of a place in which the ends of its sentence are looked for."""

_LONGEST_WORD = 200

_MARK = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u0900-\u0963\u0966-\u0df3\u200c\u200d\ufe0f"
)
"""Marks on letters, which belong to the word."""

_letter = f"(?:[^\\W{UNSPACED}]|[{_MARK}])"
_word = re.compile(
    f"[{UNSPACED}](?:[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u3099\u309a]|[{_MARK}])*"
    f"|{_letter}+(?:['’\\-‐.,:]{_letter}+)*"
    f"|[^\\s\\w{_MARK}]+"
)
"""A word with what joins its parts (don’t, 1,200); of a script without spaces a letter; else signs."""

_letters = re.compile(f"[^\\W_]|[{_MARK}]")

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
"""Before a name or a number; the point after one ends no sentence."""


def words_between(text: str, start: int, end: int) -> Iterator[Span]:
    """The words that begin in ``text`` from ``start`` to ``end``; signs alone are none."""
    for match in _word.finditer(text, start, min(len(text), end + _LONGEST_WORD)):
        if match.start() >= end:
            return
        if _letters.search(match[0]):
            yield match.span()


def word_after(text: str, offset: int) -> Span | None:
    """The first word that begins at ``offset`` or later; None if there is none."""
    return next(words_between(text, max(0, offset), len(text)), None)


def word_before(text: str, offset: int) -> Span | None:
    """The last word that ends at ``offset`` or before; None if there is none."""
    reach = 64
    while True:
        first = max(0, offset - reach)
        # A word that the reach cuts in two is recognised by the characters before it.
        words = [span for span in words_between(text, _unit_start(text, first), offset) if span[1] <= offset]
        if words or first == 0:
            return words[-1] if words else None
        reach *= 4


def _unit_start(text: str, offset: int) -> int:
    """A place at or a little before ``offset`` where no word goes on."""
    for place in range(offset, max(0, offset - _LONGEST_WORD), -1):
        if text[place - 1].isspace():
            return place
    return max(0, offset)


def word_at(text: str, offset: int) -> Span | None:
    """The word that holds the character ``offset``, else the first one after it, else the last before."""
    before = word_before(text, offset)
    following = word_after(text, before[1] if before else 0)
    while following is not None and following[1] <= offset:
        following = word_after(text, following[1])
    return following or before


def paragraph_at(document: Document, offset: int) -> Span | None:
    """The block that holds the character ``offset``; None if the document has no text."""
    block = document.paragraph_at(offset)
    return (block.start, block.end) if block else None


def sentence_at(document: Document, offset: int) -> Span | None:
    """The sentence that holds the character ``offset``, within its block and ``REACH`` characters."""
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
    """Whether a sentence ends at ``match``: after no abbreviation, before no small letter."""
    following = text[match.end() : min(last, match.end() + 8)].lstrip(" \n\"'“‘«([")
    if following[:1].islower():
        return False
    before = re.search(r"\w+$", text[max(0, match.start() - 12) : match.start()])
    if match[0] != "." or before is None:
        return True
    return before[0] not in _ABBREVIATIONS and not (len(before[0]) == 1 and before[0].isupper())
