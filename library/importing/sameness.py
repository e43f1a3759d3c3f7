"""Whether two texts that were found at one address are those of one article."""

from __future__ import annotations

import re

from library.search.fulltext.tokens import tokens
from library.search.near_duplicates.fingerprints import Fingerprint, fingerprint_of
from library.text.folding import fold

LEAST_SHARED = 0.6
"""Which part of the shorter of two texts the other has, where both are texts of one article.

More than what pages of one site share (notices, the head of a form), less than what an editor leaves."""


def print_of(plain: str) -> Fingerprint:
    """What two texts are compared by."""
    return fingerprint_of(tokens(fold(plain)))


def shared_part(one: Fingerprint, other: Fingerprint) -> float:
    """Which part of the shorter text the other one has, 0.0 to 1.0; 0.0 for texts of a few words."""
    rate = max(one.rate, other.rate)
    left, right = one.at(rate), other.at(rate)
    return len(left & right) / max(1, min(len(left), len(right)))


def title_key(title: str) -> str:
    """``title`` for comparing: its letters and digits alone, without case and accents."""
    return re.sub(r"[\W_]+", "", fold(title))
