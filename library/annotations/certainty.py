"""Whether a place is certainly that of a passage: what it takes, and what speaks against it."""

from __future__ import annotations

from dataclasses import dataclass

from library.annotations.anchoring import CONTEXT
from library.annotations.candidates import Passage
from library.annotations.likeness import CHANGED, Place, overlap

MARGIN = 8
"""How many more characters must agree than at any other place."""

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

RECORDED = Demands(LEAST_EVIDENCE, 24, 0.15)
"""Where the former text is not known, but what else in it was like the passage."""

UNKNOWN = Demands(64, 48, 0.0)
"""Where the former text is not known: the words may have stood in it anywhere else."""


def certain(places: list[Place], passage: Passage, demands: Demands) -> Place | None:
    """The best of the places, if it meets the demands and no other comes near it."""
    best = max(places, key=lambda place: (place.score, -place.distance), default=None)
    worth = 2 if passage.unspaced else 1
    if best is None or not _meets(best, passage, demands, worth):
        return None
    rivals = [place for place in places if not overlap(place, best.start, best.end)]
    perfect = len(passage.whole)
    return None if any(_comes_near(rival, best, worth, perfect) for rival in rivals) else best


def _meets(place: Place, passage: Passage, demands: Demands, worth: int) -> bool:
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


def _comes_near(rival: Place, best: Place, worth: int, perfect: int) -> bool:
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
