"""Word-by-word comparison of two texts, grouped by paragraph.

Equal paragraphs are matched first, then the words between them, both by the longest common subsequence
(Hyyrö 2004, "Bit-Parallel LCS-length Computation Revisited", as implemented by rapidfuzz).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from library.text.case_folding import UNSPACED
from library.text.document import BETWEEN_BLOCKS

_TOKEN = re.compile(rf"\n\n|[{UNSPACED}]|[^\W{UNSPACED}]+|[^\S\n]+|[\s\S]")
_MOST = 200_000_000
"""Maximum product of two lengths that are compared: 25 megabytes, half a second."""


class ChangeKind(StrEnum):
    """The kind of a run: in both texts, only in the previous one, or only in the current one."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class WordRun:
    """Consecutive words, with the space between them, of one ``kind``."""

    kind: ChangeKind
    text: str


@dataclass(frozen=True, slots=True)
class ParagraphDifference:
    """One paragraph. Kept and removed runs are its previous text, kept and added runs its current text.

    A removed run can contain the blank line between two paragraphs that were joined.
    """

    runs: tuple[WordRun, ...]

    @property
    def changed(self) -> bool:
        return any(run.kind is not ChangeKind.KEPT for run in self.runs)


def word_difference(previous: str, current: str) -> tuple[ParagraphDifference, ...]:
    """Return the difference between ``previous`` and ``current``, by paragraph.

    Texts that are too long and too different to compare quickly become one removal and one addition.
    """
    runs: list[WordRun] = []
    for kind, old, new in _aligned(_with_breaks(previous), _with_breaks(current)):
        if kind is ChangeKind.KEPT:
            runs.append(WordRun(kind, "".join(new)))
        else:
            runs += _words("".join(old), "".join(new))
    return tuple(_paragraphs(_merged(runs)))


def _with_breaks(text: str) -> list[str]:
    """Split ``text`` into paragraphs, each with the blank line after it."""
    *paragraphs, last = text.split(BETWEEN_BLOCKS)
    return [*(paragraph + BETWEEN_BLOCKS for paragraph in paragraphs), *([last] if last else [])]


def _words(previous: str, current: str) -> Iterator[WordRun]:
    for kind, old, new in _aligned(_TOKEN.findall(previous), _TOKEN.findall(current)):
        if kind is ChangeKind.KEPT:
            yield WordRun(kind, "".join(new))
            continue
        if old:
            yield WordRun(ChangeKind.REMOVED, "".join(old))
        if new:
            yield WordRun(ChangeKind.ADDED, "".join(new))


def _aligned(
    previous: Sequence[str], current: Sequence[str]
) -> Iterator[tuple[ChangeKind, Sequence[str], Sequence[str]]]:
    """Yield the parts in order: kept parts, and removed parts with the added parts that replace them."""
    from rapidfuzz.distance import Indel

    start, end = _same_ends(previous, current)
    middle = len(previous) - end - start, len(current) - end - start
    if start:
        yield ChangeKind.KEPT, previous[:start], current[:start]
    if middle[0] * middle[1] > _MOST:
        yield ChangeKind.REMOVED, previous[start : len(previous) - end], current[start : len(current) - end]
    elif any(middle):
        old, new = previous[start : len(previous) - end], current[start : len(current) - end]
        last = (0, 0)
        for block in Indel.opcodes(old, new).as_matching_blocks():
            if last != (block.a, block.b):
                yield ChangeKind.REMOVED, old[last[0] : block.a], new[last[1] : block.b]
            last = block.a + block.size, block.b + block.size
            if block.size:
                yield ChangeKind.KEPT, old[block.a : last[0]], new[block.b : last[1]]
    if end:
        yield ChangeKind.KEPT, previous[len(previous) - end :], current[len(current) - end :]


def _same_ends(previous: Sequence[str], current: Sequence[str]) -> tuple[int, int]:
    """Count the equal items at the start, and at the end of the remaining items."""
    most = min(len(previous), len(current))
    start = next((index for index in range(most) if previous[index] != current[index]), most)
    end = next(
        (index for index in range(most - start) if previous[-1 - index] != current[-1 - index]), most - start
    )
    return start, end


def _merged(runs: Iterable[WordRun]) -> Iterator[WordRun]:
    """Merge changed words separated by kept spaces, so that between kept runs is one removal and addition."""
    removed = added = ""
    space = ""
    for run in runs:
        if run.kind is ChangeKind.KEPT and (run.text.strip() or BETWEEN_BLOCKS in run.text):
            yield from _changed(removed, added)
            yield WordRun(ChangeKind.KEPT, space + run.text)
            removed = added = space = ""
        elif run.kind is ChangeKind.KEPT:
            space += run.text
        else:
            if not removed and not added and space:
                yield WordRun(ChangeKind.KEPT, space)
                space = ""
            removed += space + (run.text if run.kind is ChangeKind.REMOVED else "")
            added += space + (run.text if run.kind is ChangeKind.ADDED else "")
            space = ""
    yield from _changed(removed, added)
    if space:
        yield WordRun(ChangeKind.KEPT, space)


def _changed(removed: str, added: str) -> Iterator[WordRun]:
    if removed:
        yield WordRun(ChangeKind.REMOVED, removed)
    if added:
        yield WordRun(ChangeKind.ADDED, added)


def _paragraphs(runs: Iterable[WordRun]) -> Iterator[ParagraphDifference]:
    """Split the runs at the end of each paragraph of the current text, and of each removed paragraph."""
    current: list[WordRun] = []
    for run in runs:
        *ended, rest = run.text.split(BETWEEN_BLOCKS)
        for words in ended:
            if words:
                current.append(WordRun(run.kind, words))
            if run.kind is ChangeKind.REMOVED and any(one.kind is not ChangeKind.REMOVED for one in current):
                current.append(WordRun(run.kind, BETWEEN_BLOCKS))
            elif current:
                yield ParagraphDifference(tuple(current))
                current = []
        if rest:
            current.append(WordRun(run.kind, rest))
    if current:
        yield ParagraphDifference(tuple(current))
