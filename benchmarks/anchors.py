"""Re-anchoring of annotations after their article has changed: found, lost, or at a wrong position.

    python -m benchmarks.anchors [FOLDER]

Prints Markdown tables by edit, script and length, for the starter articles and generated texts, or for the
articles in FOLDER. The true position is known because every character records its original offset.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from benchmarks.anchor_texts import AnchorText, corpus_texts, own_texts
from benchmarks.edits import EDITS, WORD, Span, Traced, paragraphs, sentences
from library.annotations.anchors import Reanchoring
from library.annotations.matching import quote_at

KEPT = 0.8
"""Minimum share of the characters of a passage that are together for it to count as existing."""

SAME = 0.5
"""Minimum share that the passage and the span found have in common, of each, for a right result."""


class Fate(StrEnum):
    """The outcome for one annotation. ``LOST``: exists but was not found; ``ORPHAN``: rightly not found."""

    RIGHT = "right"
    LOST = "lost"
    ORPHAN = "orphan"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Trial:
    """One annotation after one edit. ``known`` is True if the previous text was available."""

    name: str
    script: str
    edit: str
    length: str
    known: bool
    fate: Fate
    quote: str
    found: str
    seconds: float


def passages(text: str, chance: random.Random, each: int = 2) -> Iterator[tuple[str, Span]]:
    """Yield ``each`` passages of four lengths: the name of the length, and the span."""
    whole = Traced.of(text)
    wanted = {"paragraph": paragraphs(whole), "sentence": sentences(whole)}
    for length, parts in wanted.items():
        for part in chance.sample(parts, min(each, len(parts))):
            words = part.text.rstrip()
            if len(words) > 3:
                yield length, (part.origins[0], part.origins[0] + len(words))
    for length, least, most in (("3–6 words", 3, 6), ("1–2 words", 1, 2)):
        for part in chance.sample(wanted["paragraph"], min(each, len(wanted["paragraph"]))):
            spans = [match.span() for match in re.finditer(WORD, part.text)] or [(0, len(part.text))]
            count = chance.randint(least, most)
            first = chance.randrange(max(1, len(spans) - count))
            last = min(first + count, len(spans)) - 1
            yield length, (part.origins[0] + spans[first][0], part.origins[0] + spans[last][1])


def share_together(edited: Traced, passage: Span) -> float:
    """Return the share of the passage's characters that are still together."""
    start, end = passage
    gap = max(12, (end - start) // 3)
    runs: list[list[int]] = []
    for place, origin in enumerate(edited.origins):
        if start <= origin < end:
            if not runs or place - runs[-1][-1] > gap:
                runs.append([])
            runs[-1].append(place)
    return max((len({edited.origins[place] for place in run}) for run in runs), default=0) / (end - start)


def judged(edited: Traced, passage: Span, found: Span | None) -> Fate:
    """Return the fate: right if the span found has most of the passage and little else."""
    start, end = passage
    if found is None:
        return Fate.LOST if share_together(edited, passage) >= KEPT else Fate.ORPHAN
    there = [origin for origin in edited.origins[found[0] : found[1]] if start <= origin < end]
    of_passage, of_place = len(set(there)) / (end - start), len(there) / (found[1] - found[0])
    return Fate.RIGHT if min(of_passage, of_place) >= SAME else Fate.WRONG


def trials(
    texts: Iterable[AnchorText], *, known: bool, recorded: bool = True, each: int = 2, seed: int = 0
) -> Iterator[Trial]:
    """Yield a trial for every passage of every text after every edit."""
    for text in texts:
        chance = random.Random(f"{text.name} {seed}" if seed else text.name)
        for length, passage in list(passages(text.text, chance, each)):
            quote = Reanchoring(text.text).anchor(*passage) if recorded else quote_at(text.text, *passage)
            for edit, change in EDITS.items():
                edited = change(Traced.of(text.text), chance, (quote.start, quote.end))
                began = time.perf_counter()
                found = Reanchoring(edited.text, text.text if known else None).find(quote)
                seconds = time.perf_counter() - began
                span = None if found is None else (found.start, found.end)
                fate = judged(edited, (quote.start, quote.end), span)
                words = "" if found is None else found.exact
                yield Trial(text.name, text.script, edit, length, known, fate, quote.exact, words, seconds)


def share_found(tried: Iterable[Trial]) -> float:
    """Return the share of annotations found at the right position, of those found right or lost."""
    fates = Counter(trial.fate for trial in tried)
    return fates[Fate.RIGHT] / max(1, fates[Fate.RIGHT] + fates[Fate.LOST])


def table(tried: list[Trial], row: str) -> Iterator[str]:
    """Yield the lines of a Markdown table, with a row for each value of the field ``row`` of the trials."""
    yield f"| {row} | annotations | still there | found | orphans | wrong |\n|---|---|---|---|---|---|"
    groups = defaultdict(list)
    for trial in tried:
        groups[getattr(trial, row)].append(trial)
    for name, group in [*groups.items(), ("all", tried)]:
        fates = Counter(trial.fate for trial in group)
        there = fates[Fate.RIGHT] + fates[Fate.LOST]
        yield (
            f"| {name} | {len(group):,} | {there:,} | {share_found(group):.1%} "
            f"| {fates[Fate.ORPHAN] + fates[Fate.LOST]:,} | {fates[Fate.WRONG]:,} |"
        )


def main() -> int:
    """Print the tables; return 1 if an annotation is at a wrong position."""
    texts = list(corpus_texts(Path(sys.argv[1])) if len(sys.argv) > 1 else own_texts())
    wrong = 0
    for known, recorded in ((True, True), (False, True), (False, False)):
        tried = list(trials(texts, known=known, recorded=recorded))
        of_before = "" if recorded else ", annotations that know nothing of their like"
        print(f"\n{len(texts)} texts, {'with' if known else 'without'} the previous text{of_before}\n")
        for row in ("edit", "script", "length"):
            print(*table(tried, row), "", sep="\n")
        times = sorted(trial.seconds for trial in tried)
        print(f"Time for one: {times[len(times) // 2] * 1000:.1f} ms, at most {times[-1] * 1000:.1f} ms.")
        for trial in tried:
            if trial.fate is Fate.WRONG:
                print(
                    f"wrong: {trial.name}: {trial.edit}: {trial.quote!r} → {trial.found!r}", file=sys.stderr
                )
                wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
