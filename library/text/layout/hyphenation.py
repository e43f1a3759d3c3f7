"""Hyphenation: where words may be divided, by the patterns of Liang's algorithm from pyphen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

Hyphenator = Callable[[str], Sequence[int]]
"""For a word of letters, the numbers of letters after which it may be divided, rising."""

SHORTEST_BEGINNING = 2
SHORTEST_END = 3

_NAMES = {"no": "nb"}
"""Languages whose patterns have another name."""


@cache
def hyphenator(language: str) -> Hyphenator | None:
    """The hyphenator for ``language``, as in "en" or "de-AT"; None if there are no patterns for it.

    Reads the patterns from the disk at the first use of a language, which may take half a second.
    """
    import pyphen

    name = pyphen.language_fallback(_NAMES.get(language, language)) if language else None
    if name is None:
        return None
    patterns = pyphen.Pyphen(lang=name, left=SHORTEST_BEGINNING, right=SHORTEST_END)

    def points(word: str) -> list[int]:
        # Where the letters would change ("Schiffahrt", "asszonnyal") the word stays whole.
        return [int(point) for point in patterns.positions(word) if getattr(point, "data", None) is None]

    return points
