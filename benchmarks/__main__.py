"""Measures and prints a table of ratios.

    python -m benchmarks

Each row is one claim: the task, the peer, and both times in milliseconds (the best of a few runs). Times on a
shared machine are unreliable; the ratio of two times measured together is more reliable.
"""

from __future__ import annotations

import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import pages, reading, rows, start, store
from benchmarks.generator import make_library

FEW, MANY = 10_000, 100_000
MEMORY_ALLOWED = 450_000_000
"""Maximum memory of the open reader with the larger library, in bytes."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim about speed: ``measure`` returns our seconds and the peer's; ``bound`` is the maximum ratio."""

    claim: str
    peer: str
    measure: Callable[[], tuple[float, float]]
    bound: float


def claims(few: Path, many: Path) -> Iterator[Claim]:
    """Yield every claim, for libraries of FEW and MANY articles in these folders."""
    stock = "stock TinyDB"
    yield Claim("open the catalogue of 100,000", f"{stock}, all()", lambda: store.opening(many), 0.5)
    yield Claim("open it and take every document", f"{stock}, all()", lambda: store.reading_all(many), 0.7)
    yield Claim("one durable change among 100,000", f"{stock}, update", lambda: store.one_change(many), 0.001)
    yield Claim("bookmark all 100,000, durably", f"{stock}, update", lambda: store.all_changed(many), 1.2)
    yield Claim(
        "filter by tag and year, list redrawn", f"{stock}, search", lambda: store.filtering(many), 0.1
    )
    for folder, count, bound in ((few, FEW, 0.8), (many, MANY, 0.1)):
        yield Claim(
            f"start to the first list of {count:,}",
            "newsboat",
            lambda folder=folder, count=count: start.first_list(folder, count),
            bound,
        )
    for folder, count, bound in ((few, FEW, 4.0), (many, MANY, 0.6)):
        yield Claim(
            f"start to the answer to a first key at {count:,}",
            "newsboat's list",
            lambda folder=folder, count=count: start.first_key(folder, count),
            bound,
        )
    yield Claim("tell the version", "a Python program that does nothing", start.version, 3.0)
    yield Claim(
        "list 20 of 100,000 on the command line",
        "newsboat, print-unread",
        lambda: start.listing(many, MANY),
        0.8,
    )
    yield Claim("processor time of the open reader at rest", "that time", lambda: start.at_rest(few), 0.01)
    yield Claim("first frame of a list of 100,000", "the same with 100", rows.first_frames, 1.5)
    yield Claim("first frame of a 190 kB article", "Textual's Markdown", pages.first_frames, 0.2)
    markdown = "Textual's Markdown"
    yield Claim(
        "open an article of 50 kB: key to frame", markdown, lambda: reading.opening(many, reading.SHORT), 0.2
    )
    yield Claim(
        "open an article of 1 MB: key to frame", markdown, lambda: reading.opening(many, reading.LONG), 0.1
    )
    yield Claim("scroll a line: key to frame", markdown, lambda: reading.scrolling(many), 1.0)


def main() -> int:
    """Print the table; return 1 if a claim does not hold."""
    held = True
    with tempfile.TemporaryDirectory() as name:
        few, many = Path(name) / "few", Path(name) / "many"
        make_library(few, FEW, texts=False)
        make_library(many, MANY, texts=False)
        print("| claim | against | ms | peer's ms | ratio | allowed |\n|---|---|---|---|---|---|")
        for claim in claims(few, many):
            held &= _measured(claim)
        memory = start.peak_memory(many)
        held &= memory <= MEMORY_ALLOWED
        print(
            f"\nPeak memory of the open reader with {MANY:,} articles: {memory / 1e6:.0f} MB "
            f"({memory / MANY / 1e3:.1f} kB an article), allowed {MEMORY_ALLOWED / 1e6:.0f} MB."
        )
    return 0 if held else 1


def _measured(claim: Claim) -> bool:
    """Measure one claim and print its row; return True if it holds."""
    try:
        ours, peer = claim.measure()
    except start.NotInstalled as missing:
        print(f"{claim.claim}: {missing} is not installed, so it is left out.", file=sys.stderr)
        return True
    except Exception as error:  # one failure must not hide the other claims
        traceback.print_exc()
        print(
            f"| {claim.claim} | {claim.peer} | failed: {type(error).__name__} | | | {claim.bound:g} |",
            flush=True,
        )
        return False
    ratio = ours / peer
    print(
        f"| {claim.claim} | {claim.peer} | {ours * 1000:.4g} | {peer * 1000:.4g} "
        f"| {ratio:.2g} | {claim.bound:g} |",
        flush=True,
    )
    return ratio <= claim.bound


if __name__ == "__main__":
    raise SystemExit(main())
