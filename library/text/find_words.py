"""Search for words in a text regardless of case, accents and typography, with their offsets."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache

from library.text.case_folding import TATWEEL, fold

Place = tuple[int, int]
"""Start and end (exclusive) of a span."""

_LOOK_ALIKE = {
    "'": "['’‘ʼ`´]",
    "’": "['’‘ʼ`´]",
    '"': '["“”„«»]',
    "-": "[-‐‑‒–—−]",
}
_JAMO = range(0x1160, 0x1200)
"""Vowels and finals of Hangul, which are composed with the previous character."""


class FoldedText:
    """Folded text (see ``library.text.case_folding``) whose offsets can be mapped back to ``source``."""

    def __init__(self, source: str) -> None:
        # Start offsets of the segments. A rigid segment has as many characters as its source. Any other is
        # one character with its marks, and a part of it maps to all of it.
        self._folded: list[int] = []
        self._source: list[int] = []
        self._rigid: list[bool] = []
        self._length = len(source)
        pieces: list[str] = []
        folded = position = 0
        for piece, words, rigid in _segments(source):
            self._folded.append(folded)
            self._source.append(position)
            self._rigid.append(rigid)
            pieces.append(words)
            folded += len(words)
            position += len(piece)
        self.text = "".join(pieces)

    def places(self, patterns: Iterable[re.Pattern[str]]) -> tuple[Place, ...]:
        """Return the spans in the source where any of ``patterns`` matches the folded text, sorted.

        Overlapping spans are merged.
        """
        found = sorted(
            self._place(match.start(), match.end())
            for pattern in patterns
            for match in pattern.finditer(self.text)
            if match.end() > match.start()
        )
        return tuple(_joined(found))

    def _place(self, start: int, end: int) -> Place:
        first, last = self._segment(start), self._segment(end - 1)
        begin = self._source[first] + (start - self._folded[first] if self._rigid[first] else 0)
        if self._rigid[last]:
            return begin, self._source[last] + end - self._folded[last]
        after = last + 1
        return begin, self._source[after] if after < len(self._source) else self._length

    def _segment(self, position: int) -> int:
        return bisect_right(self._folded, position) - 1


def typed_pattern(words: str) -> re.Pattern[str] | None:
    """Return a pattern that finds ``words``, as typed, in folded text; None if there are no words.

    White space matches any white space, and a quotation mark or dash matches its other forms.
    """
    parts = fold(words).split()
    if not parts:
        return None
    return re.compile(r"\s+".join("".join(_LOOK_ALIKE.get(c, re.escape(c)) for c in part) for part in parts))


def _segments(source: str) -> Iterator[tuple[str, str, bool]]:
    """Yield the segments of ``source`` in order: the original, the folded text, and True if it is rigid."""
    if source.isascii():
        yield source, source.lower(), True
        return
    for line in source.splitlines(keepends=True):
        folded = fold(line)
        # Without marks no character is removed, so at equal length each one keeps its position.
        if len(folded) == len(line) and not any(map(_is_mark, set(line))):
            yield line, folded, True
            continue
        start = 0
        for end in range(1, len(line) + 1):
            if end == len(line) or not _is_mark(line[end]):
                yield line[start:end], _folded(line[start:end]), False
                start = end


@lru_cache(4096)
def _folded(cluster: str) -> str:
    return fold(cluster)


@lru_cache(4096)
def _is_mark(character: str) -> bool:
    """Return True if folding may remove ``character`` or join it to the previous one."""
    category = unicodedata.category(character)
    return category.startswith("M") or character == TATWEEL or ord(character) in _JAMO


def _joined(places: Iterable[Place]) -> Iterator[Place]:
    """Yield sorted spans, with overlapping ones merged."""
    current: Place | None = None
    for start, end in places:
        if current is not None and start < current[1]:
            current = current[0], max(current[1], end)
            continue
        if current is not None:
            yield current
        current = start, end
    if current is not None:
        yield current
