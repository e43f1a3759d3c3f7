"""The visible links, and letters over them for choosing one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from rich.cells import cell_len

from library.text.document import Document, SpanStyle
from tuireader.widgets.article_view.runs import Run, cut_cells

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""Letters of hints, those of the home row first."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link on the screen: its first cell (row of the page, cell of the pane), its target and its words."""

    row: int
    cell: int
    target: str
    words: str


@dataclass(frozen=True, slots=True)
class _Part:
    """The part of a link in one run."""

    row: int
    cell: int
    run: Run


def hint_names(count: int) -> list[str]:
    """Return ``count`` names of one letter each, or of two letters if there are too many."""
    if count <= len(LETTERS):
        return list(LETTERS[:count])
    return ["".join(pair) for pair in product(LETTERS, repeat=2)][:count]


def links_in(rows: Iterable[tuple[int, list[Run]]], document: Document) -> list[Link]:
    """Return the links in ``rows`` of runs, from top to bottom. A link across lines counts once."""
    links: list[Link] = []
    for parts in _link_parts(rows):
        first = parts[0]
        words = _words(document, first.run) or " ".join(part.run.text.strip() for part in parts)
        links.append(Link(first.row, first.cell, first.run.target, words))
    return links


def _link_parts(rows: Iterable[tuple[int, list[Run]]]) -> Iterator[Sequence[_Part]]:
    parts: list[_Part] = []
    for row, runs in rows:
        cell = 0
        for run in runs:
            if parts and run.text.strip() and run.target != parts[-1].run.target:
                yield parts
                parts = []
            if run.target and run.text.strip():
                parts.append(_Part(row, cell, run))
            cell += cell_len(run.text)
    if parts:
        yield parts


def _words(document: Document, run: Run) -> str:
    """Return all words of the link to which ``run`` belongs; empty if it is not a link of the body."""
    if run.start is None:
        return ""
    for index in reversed(range(bisect_right(document.spans, run.start, key=lambda span: span.start))):
        span = document.spans[index]
        if span.style is SpanStyle.LINK:  # the nearest is enough: links are not nested
            here = run.start < span.end and span.target == run.target
            return document.text[span.start : span.end] if here else ""
    return ""


def with_hints(hints: Mapping[tuple[int, int], str], row: int, runs: list[Run]) -> list[Run]:
    """Return the runs of ``row`` with the ``hints`` over them, by the row and cell where they start."""
    for (hinted, cell), hint in hints.items():
        if hinted == row:
            # In a space before the link, the hint covers one letter less of it.
            if "".join(run.text for run in cut_cells(runs, cell - 1, cell)) == " ":
                cell -= 1
            end, width = cell + len(hint), sum(cell_len(run.text) for run in runs)
            runs = [
                *cut_cells(runs, 0, cell),
                Run(hint, ("hint",)),
                *cut_cells(runs, end, max(end, width)),
            ]
    return runs
