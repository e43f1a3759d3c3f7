"""Finding the place of an annotation again after the text has changed; never a wrong one.

Three ways, one after the other: the words with their surroundings at the old place; the same words
anywhere; words that are like them (Levenshtein distance, by rapidfuzz). Every place is scored by how many
characters agree, in the words and next to them, and one that another comes near is not taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from library.annotations.anchoring import CONTEXT, quote_at, within_word
from library.annotations.candidates import Passage, exact_places, similar_places
from library.models import Quote
from library.text.normalising import NormalText, normalised

WIDE_CONTEXT = 128
"""How many characters around a passage are compared where the former text is known."""

LONGEST = 4_000
"""A quote longer than this many characters is found again only where all its words are the same."""

MARGIN = 8
"""How many more characters must agree than at any other place."""

CHANGED = 0.30
"""Which share of a passage may have changed."""

SAME = 0.75
"""Surroundings that agree in this share are the same ones, however few they are."""

LEAST_EVIDENCE = 12
"""How many characters of a passage and its surroundings must agree in any case, or be the same on a side."""


@dataclass(frozen=True, slots=True)
class Demands:
    """What it takes to know a passage again.

    ``evidence``: so many characters of the words and around them agree; ``strong``: so many around them are
    enough, however few the words; ``changed``: the share of the words that may be others where the
    surroundings are not strong.
    """

    evidence: int
    strong: int
    changed: float


OF_ITS_KIND = Demands(LEAST_EVIDENCE, 24, 0.15)
"""Where the former text is known and had the words once."""

ONE_OF_SEVERAL = Demands(32, 24, 0.15)
"""Where the former text is known and had the words more than once."""

UNKNOWN = Demands(64, 48, 0.0)
"""Where the former text is not known: the words may have stood in it anywhere else."""

_EXACT_PLACES = 2000
_SCALES = (8, 16, 32, 64, 128)


@dataclass(frozen=True, slots=True)
class _Place:
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


def reanchored(text: str, quote: Quote, former: str | None = None) -> Quote | None:
    """The anchor of the same passage in a changed ``text``; None where it cannot be told for certain.

    See ``Reanchoring``, which is quicker for several quotes of one text.
    """
    return Reanchoring(text, former).find(quote)


class Reanchoring:
    """Finds the places of quotes in ``text``.

    ``former`` is the text that they were made against, where it is known: then a passage is also looked for
    from the new place in the former text, and taken only if that leads back to where it was.
    """

    def __init__(self, text: str, former: str | None = None) -> None:
        self._text = text
        self._former = None if former is None else Reanchoring(former)

    @cached_property
    def _normal(self) -> NormalText:
        return NormalText(self._text)

    def find(self, quote: Quote) -> Quote | None:
        """The anchor of the same passage in the text; None where it cannot be told for certain."""
        if self._stands(quote) and self._is_as_before(quote):
            return quote_at(self._text, quote.start, quote.end)
        place = self._found(quote)
        if place is None:
            return None
        again = quote_at(self._text, *self._normal.source_span(place.start, place.end))
        return None if again.start != quote.start and self._left_behind(quote) else again

    def _found(self, quote: Quote) -> _Place | None:
        """The certain place of the passage; with the former text one that leads back to where it was."""
        if self._former is None or not self._former._stands(quote):
            passage = Passage(*map(normalised, (quote.exact, quote.prefix, quote.suffix)))
            return self._best(passage, UNKNOWN)
        former = self._former
        origin = former._place_of(quote)
        place = self._best(*former._passage(*origin))
        if place is None:
            return None
        back = former._best(*self._passage(place.start, place.end))
        return place if back is not None and _overlap(back, *origin) else None

    def _stands(self, quote: Quote) -> bool:
        """Whether the quote is at its place, with the same surroundings."""
        if self._text[quote.start : quote.end] != quote.exact:
            return False
        before = self._text[max(0, quote.start - CONTEXT) : quote.start]
        after = self._text[quote.end : quote.end + CONTEXT]
        return (before, after) == (quote.prefix, quote.suffix)

    def _is_as_before(self, quote: Quote) -> bool:
        """Whether the wide surroundings of the quote are the former ones, as far as these are known."""
        former = self._former
        if former is None or not former._stands(quote):
            return True
        around = slice(max(0, quote.start - WIDE_CONTEXT), quote.end + WIDE_CONTEXT)
        return self._text[around] == former._text[around]

    def _left_behind(self, quote: Quote) -> bool:
        """Whether the words, or a copy, are at their old place, with the same surroundings on one side."""
        text, start, end = self._text, quote.start, quote.end
        return text[start:end] == quote.exact and (
            text[:start].endswith(quote.prefix) or text[end:].startswith(quote.suffix)
        )

    def _place_of(self, quote: Quote) -> tuple[int, int]:
        normal = self._normal
        return normal.normal_offset(quote.start), normal.normal_offset(quote.end)

    def _passage(self, start: int, end: int) -> tuple[Passage, Demands]:
        """The passage at a place of the normal form, and what it takes to know it elsewhere."""
        text = self._normal.text
        prefix, suffix = text[max(0, start - WIDE_CONTEXT) : start], text[end : end + WIDE_CONTEXT]
        unique = len(exact_places(text, text[start:end], 2)) == 1
        return Passage(text[start:end], prefix, suffix), OF_ITS_KIND if unique else ONE_OF_SEVERAL

    def _best(self, passage: Passage, demands: Demands) -> _Place | None:
        """The place of the passage, if it can be told for certain."""
        if not passage.exact.strip():
            return None
        places = self._exact(passage)
        found = _certain(places, passage, demands)
        if found is not None and found.around >= SAME * len(passage.prefix + passage.suffix):
            return found
        if len(passage.exact) <= LONGEST:
            places += self._similar(passage)
        return _certain(places, passage, demands)

    def _exact(self, passage: Passage) -> list[_Place]:
        text, length = self._normal.text, len(passage.exact)
        starts = exact_places(text, passage.exact, _EXACT_PLACES)
        if len(starts) == _EXACT_PLACES:  # too many to look at each: only where the surroundings are the same
            whole = exact_places(text, passage.whole, 2)
            starts = [start + len(passage.prefix) for start in whole]
        spans = [(start, start + length) for start in starts]
        return [self._scored(passage, *span) for span in spans if self._cut_alike(passage, *span)]

    def _similar(self, passage: Passage) -> list[_Place]:
        spans = similar_places(self._normal.text, passage)
        places = [self._scored(passage, *span) for span in spans if self._cut_alike(passage, *span)]
        return [place for place in places if place.distance and place.changed <= CHANGED]

    def _scored(self, passage: Passage, start: int, end: int) -> _Place:
        from rapidfuzz.distance import OSA

        text, length = self._normal.text, len(passage.exact)
        cutoff = int(max(length, end - start) * CHANGED) + 1
        before = text[max(0, start - len(passage.prefix)) : start]
        after = text[end : end + len(passage.suffix)]
        agreeing_before = _agreements(passage.prefix[::-1], before[::-1])
        agreeing_after = _agreements(passage.suffix, after)
        return _Place(
            start,
            end,
            distance=OSA.distance(passage.exact, text[start:end], score_cutoff=cutoff),
            length=length,
            before=max(agreeing_before),
            after=max(agreeing_after),
            near=(agreeing_before[0], agreeing_after[0]),
        )

    def _cut_alike(self, passage: Passage, start: int, end: int) -> bool:
        """Whether the place is inside a longer word only where the quote was."""
        text = self._normal.text
        cuts_before = within_word(text[max(0, start - 1) : start], text[start])
        cuts_after = within_word(text[end - 1], text[end : end + 1])
        return (not cuts_before or within_word(passage.prefix[-1:], passage.exact[0])) and (
            not cuts_after or within_word(passage.exact[-1], passage.suffix[:1])
        )


def _certain(places: list[_Place], passage: Passage, demands: Demands) -> _Place | None:
    """The best of the places, if it meets the demands and no other comes near it."""
    best = max(places, key=lambda place: (place.score, -place.distance), default=None)
    worth = 2 if passage.unspaced else 1
    if best is None or not _meets(best, passage, demands, worth):
        return None
    rivals = [place for place in places if not _overlap(place, best.start, best.end)]
    perfect = len(passage.whole)
    return None if any(_comes_near(rival, best, worth, perfect) for rival in rivals) else best


def _meets(place: _Place, passage: Passage, demands: Demands, worth: int) -> bool:
    """Whether the place is certain enough, were it the only one. ``worth`` of a character: in letters."""
    around = len(passage.prefix + passage.suffix)
    same = place.around >= SAME * around and place.score * worth >= LEAST_EVIDENCE
    strong = same or place.around * worth >= demands.strong
    sides = zip(place.near, (passage.prefix, passage.suffix), strict=True)
    both_sides = all(near * worth >= min(MARGIN, len(side)) for near, side in sides)
    if place.changed > (CHANGED if strong and both_sides else demands.changed):
        return False
    if place.distance > 1 and place.length * worth < LEAST_EVIDENCE:
        return False  # such as northern for southern
    if place.distance and place.score - place.around < demands.evidence:
        return both_sides  # few words, and not the same
    return strong or place.score * worth >= demands.evidence


def _comes_near(rival: _Place, best: _Place, worth: int, perfect: int) -> bool:
    """Whether the passage may as well be at ``rival``; ``perfect`` is the score of an unchanged one.

    That is also so where it has the better surroundings on one side, or the same ones next to it and others
    only further away: one of them may be a copy, or what was between them may have gone.
    """
    nearer = (sum(best.near) - sum(rival.near)) * worth
    ahead = (best.score - rival.score) * worth
    if best.score == perfect and nearer > 0:
        return False
    for near, theirs, ours in (
        (rival.near[0], rival.before, best.before),
        (rival.near[1], rival.after, best.after),
    ):
        if near * worth >= MARGIN and (theirs - ours) * worth >= MARGIN:
            return True
    return ahead < (CONTEXT if nearer < MARGIN and any(best.near) else MARGIN)


def _overlap(place: _Place, start: int, end: int) -> bool:
    """Whether the place and the characters ``start`` to ``end`` have most of the longer one in common."""
    common = min(place.end, end) - max(place.start, start)
    return common * 2 > max(place.end - place.start, end - start)


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
