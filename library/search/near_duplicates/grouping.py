"""Which articles are told together, from the pairs that are alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

Pair = tuple[str, str, float]
"""Two articles and how much they have in common, up to 1.0."""


def stories_of(pairs: Iterable[Pair]) -> list[list[str]]:
    """The stories that ``pairs`` make, the closest pairs first: always the same ones from the same pairs.

    Two groups become one only where at least half of all pairs between them are alike (agglomerative
    clustering with average linkage). Joined wherever one pair is, a column of short news, which has
    something of many stories, would make one of them all.
    """
    ordered = [(min(one, other), max(one, other), strength) for one, other, strength in pairs]
    ordered.sort(key=_closest_first)
    alike: dict[str, set[str]] = defaultdict(set)
    for one, other, _ in ordered:
        alike[one].add(other)
        alike[other].add(one)
    groups = {name: [name] for name in alike}
    for one, other, _ in ordered:
        left, right = groups[one], groups[other]
        if left is right:
            continue
        together = sum(len(alike[name].intersection(right)) for name in left)
        if 2 * together >= len(left) * len(right):
            left.extend(right)
            groups.update(dict.fromkeys(right, left))
    return [sorted(group) for name, group in groups.items() if name == min(group) and len(group) > 1]


def _closest_first(pair: Pair) -> tuple[float, str, str]:
    one, other, strength = pair
    return (-strength, one, other)
