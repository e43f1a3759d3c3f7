"""Normalisation of typography in a text, with a map back to the offsets of the original.

Quotation marks, apostrophes and dashes become ASCII, any white space becomes one space, ligatures and the
ellipsis become letters and dots, and full-width forms become normal ones. Soft hyphens and other invisible
characters are removed, and letters are composed with their marks (normal form C).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from unicodedata import is_normalized, normalize

_FAMILIES = {
    "'": "‘’‚‛′`´ʼ‹›",
    '"': "“”„‟″«»",
    "-": "‐‑‒–—―−",
    " ": "\t\n\r\v\f\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000"
    + "".join(map(chr, range(0x2000, 0x200B))),
}
_ONE_TO_ONE = {char: plain for plain, family in _FAMILIES.items() for char in family}
_ONE_TO_ONE |= {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_TO_REPLACE = re.compile(f"[{re.escape(''.join(_ONE_TO_ONE))}]")
"""Characters to replace. A pattern is much faster than ``str.translate`` if there are few of them."""

_INVISIBLE = "\u00ad\u061c\u200b-\u200f\u2060-\u2064\ufeff\u034f\u0640"
_TO_SPELL_OUT = "…ĳŀŉﬀ-ﬆﬓ-ﬗﭐ-ﯿﹰ-ﻼ"
_OTHER_LENGTH = re.compile(f"[ {_INVISIBLE}]{{2,}}|[{_INVISIBLE}]|[{_TO_SPELL_OUT}]")
_DECOMPOSED = re.compile(
    "[^\\s\u0300-\u036f][\u0300-\u036f\u0653-\u0655\u3099\u309a]+|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"
)


class NormalText:
    """The normal form ``text`` of ``source``, with the offsets of both."""

    def __init__(self, source: str) -> None:
        self.source = source
        translated = _TO_REPLACE.sub(lambda match: _ONE_TO_ONE[match[0]], source)
        pattern = _OTHER_LENGTH
        if not is_normalized("NFC", source):
            pattern = re.compile(f"{_OTHER_LENGTH.pattern}|{_DECOMPOSED.pattern}")
        self._normal, self._source = [0], [0]
        pieces, copied, length = list[str](), 0, 0
        for match in pattern.finditer(translated):
            spelled = _replacement(match[0])
            before = translated[copied : match.start()]
            pieces += (before, spelled)
            # Start and end of the exceptional piece, whose length differs.
            self._normal += (length + len(before), length + len(before) + len(spelled))
            self._source += match.span()
            length, copied = self._normal[-1], match.end()
        self.text = "".join((*pieces, translated[copied:]))

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the source of the characters ``start`` to ``end`` (at least one)."""
        last, exceptional = self._segment(end - 1)
        if exceptional:
            return self._begin(start), self._source[last + 1]
        return self._begin(start), self._source[last] + end - self._normal[last]

    def normal_offset(self, offset: int) -> int:
        """Return the offset in the normal form of the character ``offset`` of the source."""
        index = bisect_right(self._source, offset) - 1
        moved = self._normal[index] + offset - self._source[index]
        return moved if index % 2 == 0 else min(moved, self._normal[index + 1])

    def _begin(self, start: int) -> int:
        index, exceptional = self._segment(start)
        return self._source[index] + (0 if exceptional else start - self._normal[index])

    def _segment(self, position: int) -> tuple[int, bool]:
        """Return the index of the piece at an offset in the normal form, and True if it is exceptional."""
        index = bisect_right(self._normal, position) - 1
        return index, index % 2 == 1


def normalised(text: str) -> str:
    """Return the normal form of ``text``, without offsets."""
    return NormalText(text).text


def _replacement(piece: str) -> str:
    if " " in piece:
        return " "
    if re.match(f"[{_INVISIBLE}]", piece):
        return ""
    return normalize("NFKC", piece) if re.match(f"[{_TO_SPELL_OUT}]", piece) else normalize("NFC", piece)
