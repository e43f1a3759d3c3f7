"""Finding the place of an annotation again after the text has changed; never a wrong one.

Three ways, one after the other: the words with their surroundings at the old place; the same words
anywhere; words that are like them (Levenshtein distance, by rapidfuzz). Every place is scored by how many
characters agree, in the words and next to them, and one that another comes near is not taken.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from library.annotations.anchoring import CONTEXT, quote_at
from library.annotations.candidates import Passage, exact_places
from library.annotations.certainty import (
    MARGIN,
    OF_ITS_KIND,
    ONE_OF_SEVERAL,
    RECORDED,
    SAME,
    UNKNOWN,
    Demands,
    certain,
)
from library.annotations.likeness import Place, overlap, places_like, places_with
from library.annotations.rivals import MOST, extents, rivals
from library.models import Quote
from library.text.normalising import NormalText, normalised

WIDE_CONTEXT = 128
"""How many characters around a passage are compared where the former text is known."""


def anchored(text: str, start: int, end: int) -> Quote:
    """The anchor of the characters ``start`` to ``end`` of ``text``, with what else is like them there."""
    return Reanchoring(text).anchor(start, end)


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

    def anchor(self, start: int, end: int) -> Quote:
        """The anchor of the characters ``start`` to ``end`` of the text, with its rivals there."""
        quote = quote_at(self._text, start, end)
        return replace(quote, rivals=self._rivals(_passage_of(quote), quote.start, quote.end))

    def moved(self, quote: Quote) -> Quote | None:
        """As ``find``, with what else is like the passage in the present text."""
        found = self.find(quote)
        return None if found is None else self.anchor(found.start, found.end)

    def find(self, quote: Quote) -> Quote | None:
        """The anchor of the same passage in the text; None where it cannot be told for certain."""
        if self._stands(quote) and self._is_as_before(quote):
            place = quote.start, quote.end
            sure = self._is_known(quote) or self._outdoes_rivals(quote, len(_passage_of(quote).whole), *place)
            return quote_at(self._text, *place) if sure else None
        found = self._found(quote)
        if found is None:
            return None
        start, end = self._normal.source_span(found.start, found.end)
        if start != quote.start and self._left_behind(quote):
            return None
        if not self._is_known(quote) and not self._outdoes_rivals(quote, found.score, start, end):
            return None
        return quote_at(self._text, start, end)

    def _found(self, quote: Quote) -> Place | None:
        """The certain place of the passage; with the former text one that leads back to where it was."""
        former = self._former
        if former is None or not former._stands(quote):
            return self._best(_passage_of(quote), UNKNOWN if quote.rivals is None else RECORDED)
        origin = former._place_of(quote)
        place = self._best(*former._passage(*origin))
        if place is None:
            return None
        back = former._best(*self._passage(place.start, place.end))
        return place if back is not None and overlap(back, *origin) else None

    def _is_known(self, quote: Quote) -> bool:
        """Whether the former text is at hand that the quote was made against."""
        return self._former is not None and self._former._stands(quote)

    def _outdoes_rivals(self, quote: Quote, score: int, start: int, end: int) -> bool:
        """Whether a place with this score is none of the rivals that the quote had in its text.

        That is so where it is more like the passage than they were; and where its words and surroundings are
        the very same, and as many rivals are still beside it.
        """
        passage = _passage_of(quote)
        least = score - (MARGIN - 1) // (2 if passage.unspaced else 1)
        former = sum(rival >= least for rival in quote.rivals or ())
        if former == 0 or score < len(passage.whole):
            return former == 0
        present = sum(rival >= least for rival in self._rivals(passage, start, end))
        return former <= present and former < MOST

    def _rivals(self, passage: Passage, start: int, end: int) -> tuple[int, ...]:
        normal = self._normal
        cuts = [
            (normal.normal_offset(first), normal.normal_offset(last))
            for first, last in extents(self._text, start, end)
        ]
        return rivals(normal.text, passage, (normal.normal_offset(start), normal.normal_offset(end)), cuts)

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

    def _best(self, passage: Passage, demands: Demands) -> Place | None:
        """The place of the passage, if it can be told for certain."""
        if not passage.exact.strip():
            return None
        text = self._normal.text
        places = places_with(text, passage)
        found = certain(places, passage, demands)
        if found is not None and found.around >= SAME * len(passage.prefix + passage.suffix):
            return found
        return certain(places + places_like(text, passage), passage, demands)


def _passage_of(quote: Quote) -> Passage:
    return Passage(*map(normalised, (quote.exact, quote.prefix, quote.suffix)))
