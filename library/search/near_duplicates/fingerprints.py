"""Fingerprints of texts, which reveal near-duplicates: a fixed sample of the shingles of each text.

A shingle is five consecutive words (in scripts without spaces: five characters), as a CRC-32. Only shingles
divisible by a power of two, the *rate*, are kept, so that any two texts keep the same ones; those kept at a
coarser rate are also kept at a finer one. The rate grows with the length of the text, so all fingerprints
have about the same size. Broder 1997, "On the resemblance and containment of documents".

The last three bits come from the first word, so that seven in eight shingles of a long text need not be
computed.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Set
from dataclasses import dataclass
from zlib import crc32

from library.text.article_addresses import is_article_address

SHINGLE_WORDS = 5

MOST_KEPT = 96
"""Approximate maximum number of shingles kept of a text; usually at least half as many are kept."""

LEAST_CONTAINED = 0.3
"""Share of the shorter text that the other must contain for both to belong to one story."""

_SURE = 0.5
"""Share of the shorter text from which fewer common shingles are enough."""

_LEAST_SHINGLES, _LEAST_UNSURE = 32, 48
"""Minimum numbers of common shingles in the whole texts: from the share ``_SURE`` on, and below it."""

LEAST_KEPT = 4
"""Minimum number of kept shingles in common, to exclude coincidence."""

_ANCHORS = 8
"""Largest power of two for which a shingle is divisible exactly if the hash of its first word is."""

_SPACES = bytes(byte if byte >= 128 or chr(byte).isalnum() else 32 for byte in range(256))
"""Translation table: ASCII characters other than letters and digits become spaces."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The kept shingles of a text: those that ``rate`` divides."""

    rate: int
    shingles: frozenset[int]

    def at(self, rate: int) -> Set[int]:
        """Return the shingles that a coarser ``rate`` also keeps."""
        return self.shingles if rate == self.rate else {one for one in self.shingles if not one % rate}

    def to_bytes(self) -> bytes:
        """Return the shingles in the form in which they are stored."""
        return array("I", sorted(self.shingles)).tobytes()

    @classmethod
    def from_bytes(cls, rate: int, data: bytes) -> Fingerprint:
        """Return the fingerprint with the stored shingles ``data``."""
        return cls(rate, frozenset(array("I", data)))


def fingerprint_of(tokens: str) -> Fingerprint:
    """Return the fingerprint of a text, given as its tokens (``library.search.fulltext.tokens``)."""
    words = tokens.encode("utf-8", "replace").translate(_SPACES).split()
    count = len(words) - SHINGLE_WORDS + 1
    rate = 1
    while count > rate * MOST_KEPT:
        rate *= 2
    needless = min(rate, _ANCHORS) - 1
    anchors = [
        (place, word % _ANCHORS) for place, word in enumerate(map(crc32, words)) if not word & needless
    ]
    shingles = (
        crc32(b" ".join(words[place : place + SHINGLE_WORDS])) // _ANCHORS * _ANCHORS + anchor
        for place, anchor in anchors
        if place < count
    )
    return Fingerprint(rate, frozenset([one for one in shingles if not one % rate]))


def resemblance(one: Fingerprint, other: Fingerprint, common: Iterable[int] = ()) -> float:
    """Return the resemblance of two texts (0.0 to 1.0); 0.0 if they are not of one story.

    Resemblance is the number of shingles in both texts divided by the number in either. Two texts are of one
    story if the longer one contains enough of the shorter one, because one of them may be shortened.
    ``common`` shingles appear in so many texts that they are ignored.
    """
    rate = max(one.rate, other.rate)
    left, right = one.at(rate), other.at(rate)
    shared = len((left & right) - set(common))
    part = shared / max(1, min(len(left), len(right)))
    enough = _LEAST_SHINGLES if part >= _SURE else _LEAST_UNSURE
    if shared < LEAST_KEPT or shared * rate < enough or part < LEAST_CONTAINED:
        return 0.0
    return shared / len(left | right)


def address_key(url: str) -> str:
    """Return ``url`` without scheme, ``www.`` and the last slash, for comparing addresses of articles.

    The result is empty if the address cannot be that of one article.
    """
    if not is_article_address(url):
        return ""
    _, _, rest = url.partition("://")
    return rest.removeprefix("www.").rstrip("/")
