"""The chain of checksums over the changes of a library, which identifies its history.

Two copies of a library number their changes in the same way, so equal numbers do not mean equal changes.
Each change therefore has a link: a hash of the previous link and of the head (length and CRC-32) of the
record. If two histories have the same link at a number, they are equal up to it.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator

TRAIL_KEPT = 300
"""Maximum number of links to previous changes that a snapshot keeps."""

Point = tuple[int, str]
"""The number of a change and its link."""

_DIGITS = 12


def next_link(link: str, head: bytes) -> str:
    """Return the link of the record with this ``head`` that comes after ``link``."""
    return hashlib.blake2b(link.encode() + head, digest_size=_DIGITS // 2).hexdigest()


def first_link(line: str, base: int) -> str:
    """Return the link of the change ``base`` for files of older programs, which contain no links."""
    return next_link(line, b"%d" % base)


def new_link() -> str:
    """Return a random link, for a catalogue that was merged or written again."""
    return secrets.token_hex(_DIGITS // 2)


class Trail:
    """The known links of a history. A merged history has several links at some numbers.

    ``merged`` are the last links of the histories that were merged into it. They are kept, so that a copy of
    such a history is recognised as having nothing new.
    """

    def __init__(self, points: Iterable[Point] = ()) -> None:
        self._links: dict[int, tuple[str, ...]] = {}
        self.merged: dict[Point, None] = {}
        self.add(points)
        if isinstance(points, Trail):
            self.merged.update(points.merged)

    def add_merged(self, other: Trail, *ends: Point) -> None:
        """Add the links of ``other``. ``ends`` are the last points of the histories that are merged now."""
        self.add(other)
        self.add(ends)
        self.merged.update(other.merged)
        self.merged.update(dict.fromkeys(end for end in ends if end[1]))

    def add(self, points: Iterable[Point]) -> None:
        """Add links."""
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
        """Return the number of the last change that both histories have; None if none is known."""
        common = (number for number, link in self if (number, link) in other)
        return max(common, default=None)

    def encoded(self) -> str:
        """Encode the last links as words ``number:link``, oldest first; ``!`` marks those in ``merged``."""
        points = sorted({*sorted(self)[-TRAIL_KEPT:], *list(self.merged)[-TRAIL_KEPT:]})
        return " ".join(f"{number}:{link}{'!' * ((number, link) in self.merged)}" for number, link in points)


def decoded_trail(text: object) -> Trail:
    """Decode the text that ``Trail.encoded`` wrote; anything else gives an empty trail."""
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
