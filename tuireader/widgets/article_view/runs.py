"""The rows of the article view as runs of text with component styles."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from rich.cells import cell_len

from library.models import HIGHLIGHT_COLOURS
from library.text.cells import graphemes
from library.text.document import SpanStyle
from library.text.layout import Decoration, Piece
from tuireader.presentation import shown
from tuireader.widgets.article_view.marks import Marks
from tuireader.widgets.article_view.page import Mark, Part, Row

_PLAIN_PARTS = frozenset({Part.BLANK, Part.BODY, Part.NOTE})

_STYLE_NAMES = {
    SpanStyle.STRONG: "strong",
    SpanStyle.EMPHASIS: "emphasis",
    SpanStyle.CODE: "code",
    SpanStyle.STRIKE: "strike",
    SpanStyle.LINK: "link",
    SpanStyle.REFERENCE: "reference",
}
_DECORATION_NAMES = {
    Decoration.MARKER: "marker",
    Decoration.BAR: "bar",
    Decoration.RULE: "rule",
    Decoration.PICTURE: "picture",
    Decoration.CONTINUED: "continued",
}

_WITHIN_WORDS = frozenset({Decoration.HYPHEN, Decoration.STRETCH})
"""Decorations in the style of the words that they follow."""

_PART_NAMES = frozenset(part.value for part in Part) - {part.value for part in _PLAIN_PARTS}

COMPONENT_NAMES = frozenset(
    {"annotated", "match", "current-match", "removed", "added", "hint", "mark", "hyphen"}
    | {"chosen", "chosen-cursor", "pointer", "tags"}
    | {*_PART_NAMES, *_STYLE_NAMES.values(), *_DECORATION_NAMES.values()}
    | {f"highlight-{colour}" for colour in HIGHLIGHT_COLOURS}
)
"""All possible names of a run."""

COMPONENT_STYLES = """
ArticleView {
    & > .article-view--title { color: $text-accent; text-style: bold; }
    & > .article-view--meta { color: $text-muted; }
    & > .article-view--tags { color: $text-secondary; }
    & > .article-view--heading { color: $markdown-h2-color; text-style: bold; }
    & > .article-view--lead { text-style: italic; }
    & > .article-view--quote { color: $text-muted; }
    & > .article-view--code { background: $panel; }
    & > .article-view--caption { color: $text-muted; text-style: italic; }
    & > .article-view--picture { color: $text-muted; }
    & > .article-view--rule { color: $text-muted; }
    & > .article-view--note-date { color: $text-muted; }
    & > .article-view--note-quote { color: $text-muted; text-style: italic; }
    & > .article-view--bar { color: $text-muted; text-style: not italic; }
    & > .article-view--marker, & > .article-view--continued { color: $text-muted; }
    & > .article-view--strong { text-style: bold; }
    & > .article-view--emphasis { text-style: italic; }
    & > .article-view--strike { text-style: strike; }
    & > .article-view--link { color: $text-accent; text-style: underline; }
    & > .article-view--reference { color: $text-accent; }
    & > .article-view--annotated { text-style: underline; }
    & > .article-view--mark { color: $text-accent; }
    & > .article-view--match { background: $foreground 25%; text-style: underline; }
    & > .article-view--removed { color: $text-muted; text-style: strike; }
    & > .article-view--added { color: $text-success; text-style: bold underline; }
    & > .article-view--current-match, & > .article-view--hint {
        color: $block-cursor-foreground; background: $block-cursor-background; text-style: bold;
    }
    & > .article-view--pointer { color: $text-muted; }
    & > .article-view--highlight-yellow { background: $warning 18%; text-style: underline; }
    & > .article-view--highlight-green { background: $success 18%; text-style: underline; }
    & > .article-view--highlight-blue { background: $primary 18%; text-style: underline italic; }
    & > .article-view--highlight-red { background: $error 18%; text-style: underline bold; }
    & > .article-view--highlight-purple { background: #9a5fc0 18%; text-style: underline bold; }
    & > .article-view--chosen { background: $primary 30%; color: $foreground; }
    & > .article-view--chosen-cursor {
        color: $block-cursor-foreground; background: $block-cursor-background; text-style: bold;
    }
}
"""
"""The styles of the names, as CSS of the article view."""

NOTES_GAP = 4
"""Number of cells between the column and the notes beside it."""

NARROWEST_NOTES = 26
WIDEST_NOTES = 44

DOUBLY_UNDERLINED = frozenset({"highlight-green", "highlight-purple"})
"""Names with a double underline; terminals that lack it show a single one."""

_ROOMY = 40
"""Minimum width of the pane for margins that separate marks from the text."""


@dataclass(frozen=True, slots=True)
class Margins:
    """The margins of the page, in cells.

    Attributes:
        left: The cells left of the column of text.
        column: The width of the column.
        shift: The cells by which lines wider than the column, such as those of a table, are scrolled.
        room: The cells for notes right of the column; 0 if there are too few.
    """

    left: int
    column: int
    shift: int = 0
    room: int = 0

    @classmethod
    def of(cls, width: int, measure: int) -> Margins:
        """Return the margins for a column of at most ``measure`` cells in the middle of ``width``."""
        left, right = (3, 2) if width >= _ROOMY else (1, 1)
        column = max(0, min(measure, width - left - right)) if width > left + right else max(0, width)
        left = max(min(left, width - column), (width - column) // 2)
        room = min(WIDEST_NOTES, width - left - column - NOTES_GAP - right)
        return cls(left, column, room=room if room >= NARROWEST_NOTES else 0)


@dataclass(frozen=True, slots=True)
class Run:
    """A text in the component styles ``names``. ``start`` is its offset in the body; None if outside."""

    text: str
    names: tuple[str, ...] = ()
    start: int | None = None
    target: str = ""
    term: str = ""
    """The query term for the tag or source that the text names."""

    @property
    def in_body(self) -> bool:
        """True for words of the body, and for the hyphen of a divided word."""
        return self.start is not None or "hyphen" in self.names


def runs_of(row: Row, margins: Margins, marks: Marks | None) -> list[Run]:
    """Return the runs of ``row`` from the left edge of the pane, with its mark in the margin."""
    runs: list[Run] = []
    glyph = _sign(row, marks)
    pieces, left_out = _in_window(row, margins)
    for piece in pieces:
        on_piece: list[Mark] = []
        if row.in_body and piece.start is not None and marks:
            on_piece = marks.on(piece.start, piece.start + len(piece.text))
        if piece.decoration in _WITHIN_WORDS and runs:
            runs.append(_like(runs[-1], piece))
        elif row.terms and piece.start is not None:
            runs += _with_terms(piece, piece.start, row)
        else:
            runs += _marked(piece, _names(row.part, piece), row.in_body, on_piece)
    if row.line.wide > margins.column:
        return _window(runs, left_out, row.line.wide, margins, glyph)
    missing = max(0, margins.column - sum(cell_len(run.text) for run in runs)) if runs else 0
    if missing and row.line.right:
        runs.insert(0, Run(" " * missing))
    elif missing and row.part is Part.CODE:
        runs.append(Run(" " * missing, (Part.CODE,)))
    return [*_margin(margins.left, glyph), *runs]


def _sign(row: Row, marks: Marks | None) -> str:
    """Return the margin sign of ``row``, even if the marked words are scrolled out of view."""
    if marks is None or row.sign or not row.in_body:
        return row.sign
    signing = [mark for mark in marks.on(row.line.start, row.line.end) if mark.glyph or mark.following]
    for piece in row.line.pieces if signing else ():
        if piece.start is not None:
            start, end = piece.start, piece.start + len(piece.text)
            signs = (mark.sign(start, end) for mark in signing if mark.start < end and mark.end > start)
            if sign := next(filter(None, signs), ""):
                return sign
    return ""


def _in_window(row: Row, margins: Margins) -> tuple[Sequence[Piece], int]:
    """Return the visible pieces of ``row``, and the number of cells before them."""
    pieces, wide = row.line.pieces, row.line.wide
    if wide <= margins.column:
        return pieces, 0
    start = min(margins.shift, wide - margins.column)
    ends = list(accumulate(cell_len(piece.text) for piece in pieces))
    first = bisect_right(ends, start)
    last = bisect_left(ends, start + margins.column, lo=first) + 1
    return pieces[first:last], ends[first - 1] if first else 0


def _window(runs: list[Run], left_out: int, wide: int, margins: Margins, glyph: str) -> list[Run]:
    """Return the visible part of a line of ``wide`` cells, with signs on the sides where it continues.

    ``left_out`` is the number of its cells before ``runs``.
    """
    start = min(margins.shift, wide - margins.column)
    end = start + margins.column
    seen = cut_cells(runs, start - left_out, end - left_out)
    left = list(_margin(margins.left, glyph))
    if start and left:
        blank = left[-1].text[:-1] if not left[-1].names else ""
        left = [*left[:-1], Run(blank)] if blank else left[:-1]
        left.append(Run("‹", ("mark",)))
    if end < wide:
        missing = max(0, margins.column - sum(cell_len(run.text) for run in seen))
        seen += [Run(" " * (missing + 1)), Run("›", ("mark",))]
    return [*left, *seen]


def _like(before: Run, piece: Piece) -> Run:
    """Return a hyphen, or the stretch of a space, in the styles and marks of the run before it."""
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


def _with_terms(piece: Piece, start: int, row: Row) -> Iterator[Run]:
    """Yield ``piece``, which begins at ``start`` of its text, cut where a term of ``row`` begins or ends."""
    end = start + len(piece.text)
    terms = [term for term in row.terms if term.start < end and term.end > start]
    cuts = {start, end, *(max(start, term.start) for term in terms), *(min(end, term.end) for term in terms)}
    for first, last in pairwise(sorted(cuts)):
        term = next((one for one in terms if one.start <= first < one.end), None)
        text = _clean(piece.text[first - start : last - start])
        yield Run(text, (term.name if term else row.part.value,), term=term.query if term else "")


def _names(part: Part, piece: Piece) -> tuple[str, ...]:
    if piece.decoration is not None:
        name = _DECORATION_NAMES.get(piece.decoration)
        if piece.decoration is Decoration.CONTINUED:
            return (part.value, "continued")
        return (name,) if name else ()
    base = () if part in _PLAIN_PARTS else (part.value,)
    return base + tuple(name for style, name in _STYLE_NAMES.items() if style in piece.styles)


def _marked(piece: Piece, names: tuple[str, ...], in_body: bool, marks: list[Mark]) -> Iterator[Run]:
    """Yield ``piece``, cut where a mark begins or ends. All outside text is cleaned here."""
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
    """Return the characters ``start`` to ``end`` of a row of runs."""
    cut: list[Run] = []
    position = 0
    for run in runs:
        first, last = max(0, start - position), min(len(run.text), end - position)
        if first < last:
            offset = None if run.start is None else run.start + first
            cut.append(replace(run, text=run.text[first:last], start=offset))
        position += len(run.text)
    return cut


def cut_cells(runs: Sequence[Run], start: int, end: int) -> list[Run]:
    """Return the cells ``start`` to ``end`` of a row of runs. A space replaces half of a wide character."""
    cut: list[Run] = []
    position = 0
    for run in runs:
        size = cell_len(run.text)
        if position + size > start and position < end:
            if size == len(run.text):
                cut += cut_runs([run], max(0, start - position), end - position)
            else:
                cut += _cut_wide(run, start - position, end - position)
        position += size
    return cut


def _cut_wide(run: Run, start: int, end: int) -> Iterator[Run]:
    """Yield the cells ``start`` to ``end`` of a run whose characters are not all one cell wide."""
    position = index = 0
    for cluster in graphemes(run.text):
        size = cell_len(cluster)
        if position >= start and position + size <= end:
            yield from cut_runs([run], index, index + len(cluster))
        else:
            seen = min(position + size, end) - max(position, start)
            yield from [Run(" " * seen, run.names)] if seen > 0 else []
        position += size
        index += len(cluster)


def body_range(rows: Iterable[Sequence[Run]]) -> tuple[int, int] | None:
    """Return the start and the end offset of the body's words in ``rows``, or None if there are none."""
    places: list[int] = []
    for row in rows:
        starts = [(run.start, len(run.text)) for run in row if run.start is not None and run.text]
        if starts:
            places += [starts[0][0], starts[-1][0] + starts[-1][1]]
    return (min(places), max(places)) if places else None


def cell_of(runs: Iterable[Run], offset: int) -> int:
    """Return the cell of the character ``offset`` of the body in a row of runs; 0 if it is not there."""
    position = 0
    for run in runs:
        if run.start is not None and run.start <= offset < run.start + len(run.text):
            return position + cell_len(run.text[: offset - run.start])
        position += cell_len(run.text)
    return 0


def offset_at_cell(runs: Iterable[Run], cell: int) -> int | None:
    """Return the character of the body in ``cell`` of a row of runs, or the nearest; None without any."""
    nearest: int | None = None
    position = 0
    for run in runs:
        size = cell_len(run.text)
        if run.start is not None and run.text:
            if nearest is not None and position > cell:
                return nearest
            inside = (i for i in range(len(run.text)) if position + cell_len(run.text[: i + 1]) > cell)
            nearest = run.start + next(inside, len(run.text) - 1)
        position += size
    return nearest
