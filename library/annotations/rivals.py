"""What else in its text is like a passage: that is how it is told later from what stood there beside it.

Where a passage has gone, the likeliest other place would be taken for it unless it is known how like it that
place has been all along. So its rivals are measured while its own place is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import zip_longest

from library.annotations.candidates import Passage
from library.annotations.likeness import Place, overlap, places_like, places_with

MOST = 8
"""How many rivals are recorded; where there are so many there may be more."""

_SEAM = 400
_REACH = 4_000
_SENTENCE_END = re.compile(r"[.!?…؟۔।]+[\"'”’»)\]]*\s|[。！？｡]+[」』”’）]*")

Span = tuple[int, int]


def extents(text: str, start: int, end: int) -> Iterator[Span]:
    """What may be deleted together with a passage: its words, its sentences, its paragraphs."""
    first = text.rfind("\n\n", 0, start)
    first = 0 if first < 0 else first + 2
    last = text.find("\n\n", end)
    last = len(text) if last < 0 else last
    yield start, end
    yield _sentences(text, start, end, (max(first, start - _REACH), min(last, end + _REACH)))
    yield first, last


def _sentences(text: str, start: int, end: int, within: Span) -> Span:
    first, last = within
    for stop in _SENTENCE_END.finditer(text, first, start):
        first = stop.end()
    stop_after = _SENTENCE_END.search(text, end - 1, last)
    return first, stop_after.end() if stop_after else last


def rivals(text: str, passage: Passage, own: Span, cuts: Iterable[Span]) -> tuple[int, ...]:
    """How like a passage other places of a text are, in characters that agree; at most ``MOST``, best first.

    Those are counted, too, that would agree if all between the place and the passage's ``own`` were deleted,
    or one of ``cuts``, in which ``own`` is. All offsets are of ``text``, a normal form.
    """
    if not passage.exact.strip():
        return ()
    others = [place for place in _places(text, passage) if not overlap(place, *own)]
    scores = _best_scores(others, lambda place: _score_beside(place, passage))
    for start, end in cuts:
        reach = len(passage.whole) + _SEAM
        seam = f"{text[max(0, start - reach) : start]}{text[end : end + reach]}".replace("  ", " ")
        moved = _best_scores(_places(seam, passage), lambda place: place.score)
        scores = [max(pair) for pair in zip_longest(scores, moved, fillvalue=0)]
    return tuple(scores)


def _places(text: str, passage: Passage) -> list[Place]:
    return [*places_with(text, passage), *places_like(text, passage)]


def _score_beside(place: Place, passage: Passage) -> int:
    """The score of a place if it had the passage's surroundings on one side, as after a deletion."""
    before, after = len(passage.prefix) - place.before, len(passage.suffix) - place.after
    return place.score + max(before, after)


def _best_scores(places: Iterable[Place], score: Callable[[Place], int]) -> list[int]:
    """The ``MOST`` best scores, of places that do not overlap."""
    best = list[Place]()
    for place in sorted(places, key=score, reverse=True):
        if not any(overlap(place, other.start, other.end) for other in best):
            best.append(place)
        if len(best) == MOST:
            break
    return [score(place) for place in best]
