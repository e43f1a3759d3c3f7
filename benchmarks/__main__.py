"""Measures and prints a table of ratios.

    python -m benchmarks

Each row is one claim: what we do, the peer, and both times in milliseconds (the best of a few runs). Times
on a shared machine mean little; the ratio of two that were taken together means something.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks import pages, rows, start, store


@dataclass(frozen=True, slots=True)
class Result:
    """``ours`` and ``peer`` in seconds; ``bound`` is the greatest ratio that the claim allows."""

    claim: str
    peer_name: str
    ours: float
    peer: float
    bound: float

    @property
    def ratio(self) -> float:
        return self.ours / self.peer


def results() -> Iterator[Result]:
    """Every measurement, one after the other."""
    measurements: tuple[tuple[str, str, Callable[[], tuple[float, float]], float], ...] = (
        ("first frame of a list of 100,000", "the same with 100", rows.first_frames, 1.5),
        ("first frame of a 190 kB article", "Textual's Markdown widget", pages.first_frames, 0.2),
        ("one durable change at 10,000 articles", "stock TinyDB's update", store.one_change, 0.05),
        ("start to the first list of 10,000", "newsboat with the same", start.first_lists, 4.0),
    )
    for claim, peer_name, measure, bound in measurements:
        try:
            ours, peer = measure()
        except start.NotInstalled as missing:
            print(f"{claim}: {missing} is not installed, so it is left out.", file=sys.stderr)
            continue
        yield Result(claim, peer_name, ours, peer, bound)


def main() -> int:
    """Print the table; 1 where a claim does not hold."""
    print("| claim | against | ms | peer's ms | ratio | allowed |\n|---|---|---|---|---|---|")
    held = True
    for result in results():
        held &= result.ratio <= result.bound
        print(
            f"| {result.claim} | {result.peer_name} | {result.ours * 1000:.0f} | {result.peer * 1000:.0f} "
            f"| {result.ratio:.3f} | {result.bound} |"
        )
    return 0 if held else 1


if __name__ == "__main__":
    raise SystemExit(main())
