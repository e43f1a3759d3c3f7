"""Finds words in a text and anchors them; finds candidate places for a passage in a changed text.

An anchor is the exact words, 32 characters before and after them, and their offsets: the selectors
TextQuoteSelector and TextPositionSelector of the W3C Web Annotation Data Model.

Seeds are short runs of characters of the passage and its surroundings. A place is a candidate if several
seeds occur there at about the same distance from each other as in the passage.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from library.models import Quote
from library.text.case_folding import is_unspaced
from library.text.typography import NormalText, normalised

CONTEXT = 32
"""Number of characters kept as prefix and as suffix."""


def find_quote(text: str, words: str) -> list[tuple[int, int]]:
    """Return every place of ``words`` in ``text``, as (start, end) in characters.

    Differences of typography are ignored (see ``library.text.typography``), so that words can be copied from
    a terminal or another page.
    """
    return list(_places_of(NormalText(text), normalised(words).strip()))


def _places_of(text: NormalText, words: str, limit: int | None = None) -> list[tuple[int, int]]:
    """Return every place of ``words``, in normal form, in the source of ``text``; at most ``limit``."""
    places = list[tuple[int, int]]()
    position = text.text.find(words) if words else -1
    while position >= 0 and (limit is None or len(places) < limit):
        places.append(text.source_span(position, position + len(words)))
        position = text.text.find(words, position + len(words))
    return places


def quote_at(text: str, start: int, end: int) -> Quote:
    """Return the anchor of the characters ``start`` to ``end`` of ``text``, trimmed of white space."""
    start, end = max(0, start), min(end, len(text))
    words = text[start:end]
    if words.strip():
        start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    return Quote(
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        start=start,
        end=end,
    )


def _within_word(before: str, after: str) -> bool:
    """Return True if two adjacent characters are of one word; always False in scripts without spaces."""
    pair = before + after
    return len(pair) == 2 and pair.isalnum() and not is_unspaced(pair)


_SEED, _SEED_UNSPACED = 8, 3
_SEEDS = 96
_PLACES_PER_SEED = 24
_CLUSTERS = 6
_LONGEST_WINDOW = 4000
_REFINED, _SLACK, _NEAREST = 16, 24, 4


@dataclass(frozen=True)
class Passage:
    """A quote and its surroundings, in normal form (see ``library.text.typography``)."""

    exact: str
    prefix: str
    suffix: str

    @property
    def whole(self) -> str:
        return self.prefix + self.exact + self.suffix

    @cached_property
    def unspaced(self) -> bool:
        """True if the script has no spaces; one of its characters then counts as much as several letters."""
        return is_unspaced(self.exact)


@dataclass(frozen=True, slots=True)
class _Hit:
    """A seed at ``offset`` in the passage that occurs at ``place`` in the text."""

    offset: int
    place: int

    @property
    def shift(self) -> int:
        return self.place - self.offset


def exact_places(text: str, words: str, limit: int) -> list[int]:
    """Return the offsets of ``words`` in ``text``, including overlapping ones; at most ``limit``."""
    places, position = list[int](), text.find(words)
    while position >= 0 and len(places) < limit:
        places.append(position)
        position = text.find(words, position + 1)
    return places


def similar_places(text: str, passage: Passage) -> Iterator[tuple[int, int]]:
    """Yield the likeliest places (start, end) of a passage whose words may have changed, likeliest first.

    Takes time in proportion to the length of the text, whatever its content.
    """
    drift = max(_SLACK, min(_LONGEST_WINDOW, len(passage.exact) * 2 // 5))
    first, last = len(passage.prefix), len(passage.prefix) + len(passage.exact)
    for cluster in _clusters(_hits(text, passage), drift):
        start = _boundary(text, passage.whole, first, _nearest(cluster, first, first, last), inside=1)
        end = _boundary(text, passage.whole, last, _nearest(cluster, last, first, last), inside=-1)
        if start < end:
            yield start, end


def _hits(text: str, passage: Passage) -> list[_Hit]:
    whole = passage.whole
    length = _SEED_UNSPACED if passage.unspaced else _SEED
    step = max(length // 2, len(whole) // _SEEDS, 1)
    hits = []
    for offset in range(0, max(1, len(whole) - length + 1), step):
        places = exact_places(text, whole[offset : offset + length], _PLACES_PER_SEED)
        if len(places) < _PLACES_PER_SEED:
            hits += [_Hit(offset, place) for place in places]
    return hits


def _clusters(hits: list[_Hit], drift: int) -> Iterator[list[_Hit]]:
    """Yield groups of hits with about the same shift, the group with the most seeds first."""
    left = sorted(hits, key=lambda hit: hit.shift)
    for _ in range(_CLUSTERS):
        begin, end = _fullest(left, drift)
        if begin == end:
            return
        yield left[begin:end]
        left = left[:begin] + left[end:]


def _fullest(hits: list[_Hit], drift: int) -> tuple[int, int]:
    """Return the run of hits with the most seeds among those whose shifts differ by ``drift`` at most."""
    best, most, end = (0, 0), 0, 0
    inside: dict[int, int] = {}
    for begin, hit in enumerate(hits):
        while end < len(hits) and hits[end].shift - hit.shift <= drift:
            inside[hits[end].offset] = inside.get(hits[end].offset, 0) + 1
            end += 1
        if len(inside) > most:
            best, most = (begin, end), len(inside)
        inside[hit.offset] -= 1
        if not inside[hit.offset]:
            del inside[hit.offset]
    return best


def _nearest(cluster: list[_Hit], boundary: int, first: int, last: int) -> list[int]:
    """Return the shifts of the hits nearest to a boundary of the exact words, hits within them first."""
    hits = sorted(cluster, key=lambda hit: (not first <= hit.offset < last, abs(hit.offset - boundary)))
    return [hit.shift for hit in hits[:_NEAREST]]


def _boundary(text: str, whole: str, offset: int, shifts: list[int], *, inside: int) -> int:
    """Return the offset near one of the shifts where the text is most like the passage at ``offset``.

    The side of the quote (``inside``: 1 after the boundary, -1 before it) counts twice.
    """
    from rapidfuzz.distance import Levenshtein

    before, after = whole[max(0, offset - _REFINED) : offset], whole[offset : offset + _REFINED]
    expected = [max(0, min(offset + shift, len(text))) for shift in shifts]
    cut = _within_word(whole[max(0, offset - 1) : offset], whole[offset : offset + 1])

    def unlikeness(place: int) -> tuple[bool, int, int]:
        left = Levenshtein.distance(before, text[max(0, place - len(before)) : place])
        right = Levenshtein.distance(after, text[place : place + len(after)])
        cuts = not cut and _within_word(text[max(0, place - 1) : place], text[place : place + 1])
        return cuts, left + right + (right if inside > 0 else left), abs(place - expected[0])

    near = {place for middle in expected for place in range(middle - _SLACK, middle + _SLACK + 1)}
    return min((place for place in near if 0 <= place <= len(text)), key=unlikeness)


LONGEST = 4_000
"""Maximum length of a quote that is found again after its words have changed, in characters."""

CHANGED = 0.30
"""Maximum share of a passage that may have changed."""

_EXACT_PLACES = 2000
_SAME_PLACES = 16
_SCALES = (8, 16, 32, 64, 128)


@dataclass(frozen=True, slots=True)
class Place:
    """A candidate in the normal form of a text.

    ``distance``: edit distance between its words and those of the passage, which are ``length`` characters
    long. ``before`` and ``after``: number of agreeing characters on each side; ``near``: the same numbers
    within CONTEXT.
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
        """Share of the words that differ."""
        return self.distance / max(self.length, self.end - self.start)


def places_with(text: str, passage: Passage) -> list[Place]:
    """Return the places of the exact words in ``text``, a normal form, unless they cut a longer word."""
    length = len(passage.exact)
    starts = exact_places(text, passage.exact, _EXACT_PLACES)
    if len(starts) == _EXACT_PLACES:  # too many to score: keep those with the same surroundings
        whole = exact_places(text, passage.whole, _SAME_PLACES)
        starts = [start + len(passage.prefix) for start in whole]
    spans = [(start, start + length) for start in starts]
    return [_scored(text, passage, *span) for span in spans if _ends_like_quote(text, passage, *span)]


def places_like(text: str, passage: Passage) -> list[Place]:
    """Return the likeliest places of similar, but not equal, words."""
    if len(passage.exact) > LONGEST:
        return []
    spans = similar_places(text, passage)
    places = [_scored(text, passage, *span) for span in spans if _ends_like_quote(text, passage, *span)]
    return [place for place in places if place.distance and place.changed <= CHANGED]


def overlap(place: Place, start: int, end: int) -> bool:
    """Return True if the place and the characters ``start`` to ``end`` share over half of the longer one."""
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


def _ends_like_quote(text: str, passage: Passage, start: int, end: int) -> bool:
    """Return False if the place is inside a longer word and the quote was not."""
    cuts_before = _within_word(text[max(0, start - 1) : start], text[start])
    cuts_after = _within_word(text[end - 1], text[end : end + 1])
    return (not cuts_before or _within_word(passage.prefix[-1:], passage.exact[0])) and (
        not cuts_after or _within_word(passage.exact[-1], passage.suffix[:1])
    )


def _agreements(previous: str, current: str) -> tuple[int, int]:
    """Return the number of agreeing characters less the differing ones, at the length where it is highest.

    The first number considers only the characters within CONTEXT, the second one all characters.
    """
    from rapidfuzz.distance import Levenshtein

    common = next(
        (index for index, pair in enumerate(zip(previous, current, strict=False)) if pair[0] != pair[1]),
        min(len(previous), len(current)),
    )
    near = most = min(common, CONTEXT)
    for length in _SCALES:
        if length // 2 >= len(previous):
            break
        one, other = previous[:length], current[:length]
        most = max(most, len(one) - 2 * Levenshtein.distance(one, other, score_cutoff=len(one) // 2))
        near = most if length <= CONTEXT else near
    return near, max(most, common)
