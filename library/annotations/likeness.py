"""Places of a text that are like a passage, and how like it each is: how many characters agree."""

from __future__ import annotations

from dataclasses import dataclass

from library.annotations.anchoring import CONTEXT, within_word
from library.annotations.candidates import Passage, exact_places, similar_places

LONGEST = 4_000
"""A quote longer than this many characters is found again only where all its words are the same."""

CHANGED = 0.30
"""Which share of a passage may have changed."""

_EXACT_PLACES = 2000
_SAME_PLACES = 16
_SCALES = (8, 16, 32, 64, 128)


@dataclass(frozen=True, slots=True)
class Place:
    """A candidate in the normal form of a text.

    ``distance``: edits between its words and those of the passage, which are ``length`` characters long.
    ``before`` and ``after``: how many characters next to it agree; ``near``: the same within CONTEXT.
    """

    start: int
    end: int
    distance: int
    length: int
    before: int
    after: int
    near: tuple[int, int]

    @property
    def around(self) -> int:
        return self.before + self.after

    @property
    def score(self) -> int:
        return self.length - 2 * self.distance + self.around

    @property
    def changed(self) -> float:
        """Which share of the words is other ones."""
        return self.distance / max(self.length, self.end - self.start)


def places_with(text: str, passage: Passage) -> list[Place]:
    """The places of the very words in ``text``, a normal form; the words are in no longer word there."""
    length = len(passage.exact)
    starts = exact_places(text, passage.exact, _EXACT_PLACES)
    if len(starts) == _EXACT_PLACES:  # too many to look at each: only where the surroundings are the same
        whole = exact_places(text, passage.whole, _SAME_PLACES)
        starts = [start + len(passage.prefix) for start in whole]
    spans = [(start, start + length) for start in starts]
    return [_scored(text, passage, *span) for span in spans if _cut_alike(text, passage, *span)]


def places_like(text: str, passage: Passage) -> list[Place]:
    """The likeliest places of other words that are like the passage's."""
    if len(passage.exact) > LONGEST:
        return []
    spans = similar_places(text, passage)
    places = [_scored(text, passage, *span) for span in spans if _cut_alike(text, passage, *span)]
    return [place for place in places if place.distance and place.changed <= CHANGED]


def overlap(place: Place, start: int, end: int) -> bool:
    """Whether the place and the characters ``start`` to ``end`` have most of the longer one in common."""
    common = min(place.end, end) - max(place.start, start)
    return common * 2 > max(place.end - place.start, end - start)


def _scored(text: str, passage: Passage, start: int, end: int) -> Place:
    from rapidfuzz.distance import OSA

    length = len(passage.exact)
    cutoff = int(max(length, end - start) * CHANGED) + 1
    before = text[max(0, start - len(passage.prefix)) : start]
    after = text[end : end + len(passage.suffix)]
    agreeing_before = _agreements(passage.prefix[::-1], before[::-1])
    agreeing_after = _agreements(passage.suffix, after)
    return Place(
        start,
        end,
        distance=OSA.distance(passage.exact, text[start:end], score_cutoff=cutoff),
        length=length,
        before=max(agreeing_before),
        after=max(agreeing_after),
        near=(agreeing_before[0], agreeing_after[0]),
    )


def _cut_alike(text: str, passage: Passage, start: int, end: int) -> bool:
    """Whether the place is inside a longer word only where the quote was."""
    cuts_before = within_word(text[max(0, start - 1) : start], text[start])
    cuts_after = within_word(text[end - 1], text[end : end + 1])
    return (not cuts_before or within_word(passage.prefix[-1:], passage.exact[0])) and (
        not cuts_after or within_word(passage.exact[-1], passage.suffix[:1])
    )


def _agreements(former: str, latter: str) -> tuple[int, int]:
    """How many characters from the first on agree, less those that do not, to where that is most.

    First of those within CONTEXT alone, then of all.
    """
    from rapidfuzz.distance import Levenshtein

    common = next(
        (index for index, pair in enumerate(zip(former, latter, strict=False)) if pair[0] != pair[1]),
        min(len(former), len(latter)),
    )
    near = most = min(common, CONTEXT)
    for length in _SCALES:
        if length // 2 >= len(former):
            break
        one, other = former[:length], latter[:length]
        most = max(most, len(one) - 2 * Levenshtein.distance(one, other, score_cutoff=len(one) // 2))
        near = most if length <= CONTEXT else near
    return near, max(most, common)
