"""The chain of checksums over the changes of a library, which tells one history from another.

Two copies of a library number their changes alike, so equal numbers say nothing. A link is a hash of the
link before it and of the head (length and CRC-32) of the record; equal links at a number mean equal
histories up to it.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator

TRAIL_KEPT = 300
"""How many links a snapshot keeps of the changes before it."""

Point = tuple[int, str]
"""The number of a change, and its link."""

_DIGITS = 12


def next_link(link: str, head: bytes) -> str:
    """The link of the record with this ``head`` that follows on ``link``."""
    return hashlib.blake2b(link.encode() + head, digest_size=_DIGITS // 2).hexdigest()


def first_link(line: str, base: int) -> str:
    """The link of change ``base`` in files that have none: an older program wrote them."""
    return next_link(line, b"%d" % base)


def new_link() -> str:
    """A link that follows on nothing else: of a catalogue that was merged or written again."""
    return secrets.token_hex(_DIGITS // 2)


class Trail:
    """The links that are known of a history. One that was merged has several at some numbers.

    ``merged`` are the last links of histories that were merged into it; they are never forgotten, so that a
    copy of one is known to have nothing new.
    """

    def __init__(self, points: Iterable[Point] = ()) -> None:
        self._links: dict[int, tuple[str, ...]] = {}
        self.merged: dict[Point, None] = {}
        self.add(points)
        if isinstance(points, Trail):
            self.merged.update(points.merged)

    def add_merged(self, other: Trail, *ends: Point) -> None:
        """Take in the history ``other``; ``ends`` are the last links of those that are merged now."""
        self.add(other)
        self.add(ends)
        self.merged.update(other.merged)
        self.merged.update(dict.fromkeys(end for end in ends if end[1]))

    def add(self, points: Iterable[Point]) -> None:
        """Take more links in."""
        for number, link in points:
            known = self._links.get(number, ())
            if link and link not in known:
                self._links[number] = (*known, link)

    def __contains__(self, point: Point) -> bool:
        return point[1] in self._links.get(point[0], ())

    def __bool__(self) -> bool:
        return bool(self._links)

    def __iter__(self) -> Iterator[Point]:
        return ((number, link) for number, links in self._links.items() for link in links)

    def last_common(self, other: Trail) -> int | None:
        """The last change that both histories have; None if none is known."""
        common = (number for number, link in self if (number, link) in other)
        return max(common, default=None)

    def encoded(self) -> str:
        """The last links as text: ``number:link`` each, oldest first; those of ``merged`` end with ``!``."""
        points = sorted({*sorted(self)[-TRAIL_KEPT:], *list(self.merged)[-TRAIL_KEPT:]})
        return " ".join(f"{number}:{link}{'!' * ((number, link) in self.merged)}" for number, link in points)


def decoded_trail(text: object) -> Trail:
    """What ``Trail.encoded`` wrote; empty for anything else."""
    points, merged = list[Point](), list[Point]()
    for word in text.split() if isinstance(text, str) else ():
        number, colon, link = word.partition(":")
        if number.isdecimal() and colon and link:
            points.append((int(number), link.rstrip("!")))
            if link.endswith("!"):
                merged.append(points[-1])
    trail = Trail(points)
    trail.add_merged(Trail(), *merged)
    return trail
