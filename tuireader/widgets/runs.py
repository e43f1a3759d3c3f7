"""The rows of a page as runs of text, each in the component styles that it is drawn with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rich.cells import cell_len

from library.models import HIGHLIGHT_COLOURS
from library.text.document import SpanStyle
from library.text.layout import Decoration, Piece
from tuireader.presentation import shown
from tuireader.widgets.page import Mark, Marks, Part, Row

_PLAIN_PARTS = frozenset({Part.BLANK, Part.BODY, Part.NOTE})

_STYLE_NAMES = {
    SpanStyle.STRONG: "strong",
    SpanStyle.EMPHASIS: "emphasis",
    SpanStyle.CODE: "code",
    SpanStyle.STRIKE: "strike",
    SpanStyle.LINK: "link",
}
_DECORATION_NAMES = {
    Decoration.MARKER: "marker",
    Decoration.BAR: "bar",
    Decoration.RULE: "rule",
    Decoration.PICTURE: "picture",
    Decoration.CONTINUED: "continued",
}

_WITHIN_WORDS = frozenset({Decoration.HYPHEN, Decoration.STRETCH})
"""Decorations that look like the words they follow."""

_PART_NAMES = frozenset(part.value for part in Part) - {part.value for part in _PLAIN_PARTS}

COMPONENT_NAMES = frozenset(
    {"annotated", "match", "mark", "hyphen"}
    | {*_PART_NAMES, *_STYLE_NAMES.values(), *_DECORATION_NAMES.values()}
    | {f"highlight-{colour}" for colour in HIGHLIGHT_COLOURS}
)
"""All names that a run can have."""

_ROOMY = 40
"""From this width on the margins are wide enough to set marks apart from the text."""


@dataclass(frozen=True, slots=True)
class Margins:
    """The cells left of the column of text, and those of the column."""

    left: int
    column: int

    @classmethod
    def of(cls, width: int, measure: int) -> Margins:
        """A column of at most ``measure`` cells in the middle of ``width``."""
        left, right = (3, 2) if width >= _ROOMY else (1, 1)
        column = max(0, min(measure, width - left - right)) if width > left + right else max(0, width)
        return cls(max(min(left, width - column), (width - column) // 2), column)


@dataclass(frozen=True, slots=True)
class Run:
    """``text`` in the component styles ``names``; ``start`` is its offset in the body, None for others."""

    text: str
    names: tuple[str, ...] = ()
    start: int | None = None
    target: str = ""

    @property
    def in_body(self) -> bool:
        """Whether it is of the body's words: they, or the hyphen of a divided one."""
        return self.start is not None or "hyphen" in self.names


def runs_of(row: Row, margins: Margins, marks: Marks | None) -> list[Run]:
    """``row`` from the pane's left edge on, with its mark in the margin."""
    runs: list[Run] = []
    glyph = ""
    for piece in row.line.pieces:
        on_piece: list[Mark] = []
        if row.in_body and piece.start is not None and marks:
            on_piece = marks.on(piece.start, piece.start + len(piece.text))
        glyph = glyph or next((mark.glyph for mark in on_piece if mark.glyph), "")
        if piece.decoration in _WITHIN_WORDS and runs:
            runs.append(_like(runs[-1], piece))
        else:
            runs += _marked(piece, _names(row.part, piece), row.in_body, on_piece)
    missing = max(0, margins.column - sum(cell_len(run.text) for run in runs)) if runs else 0
    if missing and row.line.right:
        runs.insert(0, Run(" " * missing))
    elif missing and row.part is Part.CODE:
        runs.append(Run(" " * missing, (Part.CODE,)))
    return [*_margin(margins.left, glyph), *runs]


def _like(before: Run, piece: Piece) -> Run:
    """A hyphen, or the stretch of a space, in the styles and marks of what it follows."""
    names = (*before.names, "hyphen") if piece.decoration is Decoration.HYPHEN else before.names
    return Run(piece.text, names, None, before.target)


def _margin(left: int, glyph: str) -> Iterator[Run]:
    if not left:
        return
    if not glyph:
        yield Run(" " * left)
        return
    before = max(0, left - 2)
    if before:
        yield Run(" " * before)
    yield Run(glyph, ("mark",))
    if left > 1:
        yield Run(" ")


def _names(part: Part, piece: Piece) -> tuple[str, ...]:
    if piece.decoration is not None:
        name = _DECORATION_NAMES.get(piece.decoration)
        return (name,) if name else ()
    base = () if part in _PLAIN_PARTS else (part.value,)
    return base + tuple(name for style, name in _STYLE_NAMES.items() if style in piece.styles)


def _marked(piece: Piece, names: tuple[str, ...], in_body: bool, marks: list[Mark]) -> Iterator[Run]:
    """``piece`` cut where a mark begins or ends; everything from outside is cleaned here."""
    if not in_body or piece.start is None:
        yield Run(_clean(piece.text), names, None, piece.target)
        return
    start, end = piece.start, piece.start + len(piece.text)
    cuts = {start, end}
    for mark in marks:
        cuts |= {max(start, mark.start), min(end, mark.end)}
    places = sorted(cuts)
    for first, last in pairwise(places):
        over = tuple(mark.name for mark in marks if mark.start < last and mark.end > first)
        text = piece.text[first - start : last - start]
        yield Run(_clean(text), names + over, first, piece.target)


def _clean(text: str) -> str:
    return shown(text).replace("\n", " ").replace("\t", " ")


def cut_runs(runs: Sequence[Run], start: int, end: int) -> list[Run]:
    """The characters ``start`` to ``end`` of a row of runs."""
    cut: list[Run] = []
    position = 0
    for run in runs:
        first, last = max(0, start - position), min(len(run.text), end - position)
        if first < last:
            offset = None if run.start is None else run.start + first
            cut.append(replace(run, text=run.text[first:last], start=offset))
        position += len(run.text)
    return cut
