"""Re-anchoring: finds an annotated passage again after the text has changed, or reports that it is lost.

Three strategies are tried in order: the words with their surroundings at the old offsets; the same words
anywhere; similar words (Levenshtein distance, by rapidfuzz). A candidate's score is the number of characters
that agree, in the passage and next to it. A candidate is rejected if another one scores almost as high.

Similar passages elsewhere in the text (rivals) are scored while the true place is known. Otherwise, once
the passage is deleted, its most similar rival would be taken for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest

from library.annotations.matching import (
    CHANGED,
    CONTEXT,
    Passage,
    Place,
    exact_places,
    overlap,
    places_like,
    places_with,
    quote_at,
)
from library.models import Annotation, Article, Quote
from library.text.typography import NormalText, normalised

WIDE_CONTEXT = 128
"""Number of characters compared on each side of a passage if the previous text is known."""


def anchored(text: str, start: int, end: int) -> Quote:
    """Return the anchor of the characters ``start`` to ``end`` of ``text``, with its rivals."""
    return Reanchoring(text).anchor(start, end)


def reanchored(text: str, quote: Quote, previous: str | None = None) -> Quote | None:
    """Return the anchor of the same passage in a changed ``text``; None if no place is certain.

    ``Reanchoring`` is faster for several quotes of one text.
    """
    return Reanchoring(text, previous).find(quote)


class Reanchoring:
    """Finds the passages of quotes in ``text``.

    ``previous`` is the text that they were made against, if it is known. Each match is then checked in
    reverse: the passage at the new place, looked up in the previous text, must be found at the old place.
    """

    def __init__(self, text: str, previous: str | None = None) -> None:
        self._text = text
        self._previous = None if previous is None else Reanchoring(previous)

    @cached_property
    def _normal(self) -> NormalText:
        return NormalText(self._text)

    def anchor(self, start: int, end: int) -> Quote:
        """Return the anchor of the characters ``start`` to ``end`` of the text, with its rivals."""
        quote = quote_at(self._text, start, end)
        return replace(quote, rivals=self._rivals(_passage_of(quote), quote.start, quote.end))

    def moved(self, quote: Quote) -> Quote | None:
        """Find the passage as ``find`` does, and record its rivals in the current text."""
        found = self.find(quote)
        return None if found is None else self.anchor(found.start, found.end)

    def find(self, quote: Quote) -> Quote | None:
        """Return the anchor of the same passage in the text; None if no place is certain."""
        if self._is_in_place(quote) and self._is_as_before(quote):
            place = quote.start, quote.end
            sure = self._is_known(quote) or self._outdoes_rivals(quote, len(_passage_of(quote).whole), *place)
            return quote_at(self._text, *place) if sure else None
        found = self._found(quote)
        if found is None:
            return None
        start, end = self._normal.source_span(found.start, found.end)
        if start != quote.start and self._has_copy_in_place(quote):
            return None
        if not self._is_known(quote) and not self._outdoes_rivals(quote, found.score, start, end):
            return None
        return quote_at(self._text, start, end)

    def _found(self, quote: Quote) -> Place | None:
        """Return the certain place of the passage; with a previous text, also check it in reverse."""
        previous = self._previous
        if previous is None or not previous._is_in_place(quote):
            return self._best(_passage_of(quote), UNKNOWN if quote.rivals is None else RECORDED)
        origin = previous._place_of(quote)
        place = self._best(*previous._passage(*origin))
        if place is None:
            return None
        back = previous._best(*self._passage(place.start, place.end))
        return place if back is not None and overlap(back, *origin) else None

    def _is_known(self, quote: Quote) -> bool:
        """Return True if the previous text is known and the quote was made against it."""
        return self._previous is not None and self._previous._is_in_place(quote)

    def _outdoes_rivals(self, quote: Quote, score: int, start: int, end: int) -> bool:
        """Return True if a place with this score cannot be one of the rivals that the quote had in its text.

        The place must score higher than they did. If its words and surroundings are unchanged, it is enough
        that the text still has as many rivals.
        """
        passage = _passage_of(quote)
        least = score - (MARGIN - 1) // (2 if passage.unspaced else 1)
        previous = sum(rival >= least for rival in quote.rivals or ())
        if previous == 0 or score < len(passage.whole):
            return previous == 0
        present = sum(rival >= least for rival in self._rivals(passage, start, end))
        return previous <= present and previous < MOST

    def _rivals(self, passage: Passage, start: int, end: int) -> tuple[int, ...]:
        normal = self._normal
        cuts = [
            (normal.normal_offset(first), normal.normal_offset(last))
            for first, last in extents(self._text, start, end)
        ]
        return rivals(normal.text, passage, (normal.normal_offset(start), normal.normal_offset(end)), cuts)

    def _is_in_place(self, quote: Quote) -> bool:
        """Return True if the quote is at its offsets, with the same prefix and suffix."""
        if self._text[quote.start : quote.end] != quote.exact:
            return False
        before = self._text[max(0, quote.start - CONTEXT) : quote.start]
        after = self._text[quote.end : quote.end + CONTEXT]
        return (before, after) == (quote.prefix, quote.suffix)

    def _is_as_before(self, quote: Quote) -> bool:
        """Return True if the wide context of the quote is unchanged, or if the previous text is unknown."""
        previous = self._previous
        if previous is None or not previous._is_in_place(quote):
            return True
        around = slice(max(0, quote.start - WIDE_CONTEXT), quote.end + WIDE_CONTEXT)
        return self._text[around] == previous._text[around]

    def _has_copy_in_place(self, quote: Quote) -> bool:
        """Return True if the words, or a copy, are at the old offsets with one side unchanged."""
        text, start, end = self._text, quote.start, quote.end
        return text[start:end] == quote.exact and (
            text[:start].endswith(quote.prefix) or text[end:].startswith(quote.suffix)
        )

    def _place_of(self, quote: Quote) -> tuple[int, int]:
        normal = self._normal
        return normal.normal_offset(quote.start), normal.normal_offset(quote.end)

    def _passage(self, start: int, end: int) -> tuple[Passage, Demands]:
        """Return the passage at a place of the normal form, and the demands for recognising it elsewhere."""
        text = self._normal.text
        prefix, suffix = text[max(0, start - WIDE_CONTEXT) : start], text[end : end + WIDE_CONTEXT]
        unique = len(exact_places(text, text[start:end], 2)) == 1
        return Passage(text[start:end], prefix, suffix), OF_ITS_KIND if unique else ONE_OF_SEVERAL

    def _best(self, passage: Passage, demands: Demands) -> Place | None:
        """Return the place of the passage; None if no place is certain."""
        if not passage.exact.strip():
            return None
        text = self._normal.text
        places = places_with(text, passage)
        found = certain(places, passage, demands)
        if found is not None and found.around >= SAME * len(passage.prefix + passage.suffix):
            return found
        return certain(places + places_like(text, passage), passage, demands)


class ArticleAnchors:
    """Re-anchors the annotations of one article in its current text.

    Args:
        article: The article, with the digest of its current text.
        plain: Its current plain text.
        read: Returns the plain text of a revision by its path. May raise OSError, ValueError.
    """

    def __init__(self, article: Article, plain: str, read: Callable[[str], str]) -> None:
        self._article = article
        self._plain = plain
        self._read = read
        self._reanchoring: dict[str, Reanchoring] = {}
        """Keyed by the digest of the text that the quotes were made against."""

    def holds(self, annotation: Annotation) -> bool:
        """Return True if ``annotation`` is on its words in the current text, or on the whole article."""
        quote = annotation.quote
        return quote is None or (
            not annotation.orphan and self._plain[quote.start : quote.end] == quote.exact
        )

    def placed(self, annotation: Annotation) -> Annotation:
        """Return ``annotation`` at its place in the current text, or as an orphan if no place is certain."""
        digest = annotation.text_sha256
        if annotation.quote is None or (digest == self._article.text_sha256 and self.holds(annotation)):
            return annotation
        if digest not in self._reanchoring:
            self._reanchoring[digest] = Reanchoring(self._plain, self._earlier_text(digest))
        found = self._reanchoring[digest].moved(annotation.quote)
        if found is None:
            return replace(annotation, orphan=True)
        return replace(annotation, quote=found, text_sha256=self._article.text_sha256, orphan=False)

    def _earlier_text(self, digest: str) -> str | None:
        """Return the plain text of a revision; None if there is none or it cannot be read."""
        path = next((each.text for each in self._article.revisions if each.text_sha256 == digest), None)
        try:
            return None if path is None else self._read(path)
        except (OSError, ValueError):
            return None


def _passage_of(quote: Quote) -> Passage:
    return Passage(*map(normalised, (quote.exact, quote.prefix, quote.suffix)))


MARGIN = 8
"""Number of characters by which the best place must beat every other place."""

SAME = 0.75
"""Share of agreeing characters from which surroundings count as the same, however short they are."""

LEAST_EVIDENCE = 12
"""Minimum number of agreeing characters in a passage and its surroundings."""


@dataclass(frozen=True, slots=True)
class Demands:
    """The conditions for recognising a passage.

    ``evidence``: required number of agreeing characters in the words and around them. ``strong``: number of
    agreeing characters around the words that suffices, however short the words are. ``changed``: share of
    the words that may differ if the surroundings are not strong.
    """

    evidence: int
    strong: int
    changed: float


OF_ITS_KIND = Demands(LEAST_EVIDENCE, 24, 0.15)
"""For a known previous text that has the words once."""

ONE_OF_SEVERAL = Demands(32, 24, 0.15)
"""For a known previous text that has the words more than once."""

RECORDED = Demands(LEAST_EVIDENCE, 24, 0.15)
"""For an unknown previous text in which the rivals of the passage were recorded."""

UNKNOWN = Demands(64, 48, 0.0)
"""For an unknown previous text, which may have had the words anywhere else."""


def certain(places: list[Place], passage: Passage, demands: Demands) -> Place | None:
    """Return the best place if it meets the demands and no other place comes near it; otherwise None."""
    best = max(places, key=lambda place: (place.score, -place.distance), default=None)
    worth = 2 if passage.unspaced else 1
    if best is None or not _meets(best, passage, demands, worth):
        return None
    rivals = [place for place in places if not overlap(place, best.start, best.end)]
    perfect = len(passage.whole)
    return None if any(_comes_near(rival, best, worth, perfect) for rival in rivals) else best


def _meets(place: Place, passage: Passage, demands: Demands, worth: int) -> bool:
    """Return True if the place is certain without a rival. ``worth``: letters that a character counts for."""
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
    """Return True if the passage may just as well be at ``rival``.

    ``perfect`` is the score of an unchanged passage. A rival also comes near if its surroundings are clearly
    better on one side, or if they agree equally well next to the words and differ only further away. One of
    the two places may be a copy, or the text between them may have been deleted.
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


MOST = 8
"""Maximum number of recorded rivals; a text with this many may have more."""

_SEAM = 400
_REACH = 4_000
_SENTENCE_END = re.compile(r"[.!?…؟۔।]+[\"'”’»)\]]*\s|[。！？｡]+[」』”’）]*")

Span = tuple[int, int]


def extents(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the spans that may be deleted with a passage: its words, its sentences, its paragraphs."""
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
    """Return the scores of the places that are most similar to a passage; at most ``MOST``, best first.

    A score is a number of agreeing characters. A place also counts with the score it would have after a
    deletion: of all text between it and the passage's ``own`` span, or of one of ``cuts``, which contain
    ``own``. All offsets refer to ``text``, a normal form.
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
    """Return the score of a place if one side had the passage's surroundings, as after a deletion."""
    before, after = len(passage.prefix) - place.before, len(passage.suffix) - place.after
    return place.score + max(before, after)


def _best_scores(places: Iterable[Place], score: Callable[[Place], int]) -> list[int]:
    """Return the ``MOST`` best scores of places that do not overlap."""
    best = list[Place]()
    for place in sorted(places, key=score, reverse=True):
        if not any(overlap(place, other.start, other.end) for other in best):
            best.append(place)
        if len(best) == MOST:
            break
    return [score(place) for place in best]
