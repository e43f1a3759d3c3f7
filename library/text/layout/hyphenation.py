"""Hyphenation of words, with patterns from pyphen for Liang's algorithm."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

Hyphenator = Callable[[str], Sequence[int]]
"""Returns the numbers of letters after which a word may be hyphenated, in ascending order."""

SHORTEST_BEGINNING = 2
SHORTEST_END = 3

_NAMES = {"no": "nb"}
"""Language code → name of its patterns, if that differs."""


@cache
def hyphenator(language: str) -> Hyphenator | None:
    """Return the hyphenator for ``language``, such as "en" or "de-AT"; None if there are no patterns.

    The patterns of a language are read from the disk at its first use, which can take half a second.
    """
    import pyphen

    name = pyphen.language_fallback(_NAMES.get(language, language)) if language else None
    if name is None:
        return None
    patterns = pyphen.Pyphen(lang=name, left=SHORTEST_BEGINNING, right=SHORTEST_END)

    def points(word: str) -> list[int]:
        # Skip points where hyphenation would change letters ("Schiffahrt", "asszonnyal").
        return [int(point) for point in patterns.positions(word) if getattr(point, "data", None) is None]

    return points
