"""Layout of tables as lines that fit the width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from library.text.cells import Measure
from library.text.document import Block, BlockKind, Cell, SpanStyle
from library.text.layout.line_breaking import break_lines
from library.text.layout.lines import Decoration, Line, Piece, StyledText, line_pieces

GAP = 2
"""Number of terminal cells between two columns."""

LONGEST_WHOLE = 16
"""Maximum column width that a long word can demand, in terminal cells; shorter words are never broken."""

WIDEST_COLUMN = 40
"""Maximum column width in a table wider than the layout, in terminal cells; longer cells are wrapped."""


def table_lines(
    styled: StyledText, block: Block, width: int, measure: Measure, *, wide: bool = False
) -> Iterator[Line]:
    """Lay out a table in columns, or if ``width`` is too small, as a list of "header: value" lines.

    With ``wide``, it is in columns in either case, and ``Line.wide`` has the width of the whole table.
    """
    widths = _column_widths(styled.text, block, width, measure)
    if widths is not None:
        return _columns(styled, block, widths, measure)
    if not wide:
        return _listed(styled, block, width, measure)
    widths = [min(need, WIDEST_COLUMN) for need in _needed(styled.text, block, measure)]
    total = sum(widths) + GAP * (len(widths) - 1)
    return (replace(line, wide=total) for line in _columns(styled, block, widths, measure))


def _column_widths(text: str, block: Block, width: int, measure: Measure) -> list[int] | None:
    """Return the width of each column: all it needs, or a share of ``width``; None if that is too small."""
    columns = max(len(row) for row in block.rows)
    room = width - GAP * (columns - 1)
    if room < columns:
        return None
    needed = _needed(text, block, measure)
    if sum(needed) <= room:
        return needed
    least = _least(text, block, measure)
    if sum(least) > room:
        return None
    more = [need - low for need, low in zip(needed, least, strict=True)]
    return [low + part for low, part in zip(least, _shared(more, room - sum(least)), strict=True)]


def _needed(text: str, block: Block, measure: Measure) -> list[int]:
    """Return the width of the longest cell of each column, at least 1."""
    needed = [1] * max(len(row) for row in block.rows)
    for row in block.rows:
        for column, cell in enumerate(row):
            needed[column] = max(needed[column], measure(text[cell.start : cell.end]))
    return needed


def _least(text: str, block: Block, measure: Measure) -> list[int]:
    """Return the width of the longest word of each column, from 1 to ``LONGEST_WHOLE``."""
    least = [1] * max(len(row) for row in block.rows)
    for row in block.rows:
        for column, cell in enumerate(row):
            words = text[cell.start : cell.end].split()
            longest = max((measure(word) for word in words), default=1)
            least[column] = max(least[column], min(longest, LONGEST_WHOLE))
    return least


def _shared(needed: Sequence[int], room: int) -> list[int]:
    """Divide ``room`` among columns; those that need less than an equal share leave the rest to others."""
    widths = [0] * len(needed)
    order = sorted(range(len(needed)), key=lambda column: needed[column])
    for place, column in enumerate(order):
        widths[column] = min(needed[column], room // (len(order) - place))
        room -= widths[column]
    return widths


def _columns(styled: StyledText, block: Block, widths: Sequence[int], measure: Measure) -> Iterator[Line]:
    for number, row in enumerate(block.rows):
        yield from _row_lines(styled, block, row, widths, measure, header=number == 0)
        if number == 0:
            rule = "─" * (sum(widths) + GAP * (len(widths) - 1))
            end = row[-1].end
            yield Line((Piece(rule, decoration=Decoration.RULE),), end, end, block.kind)


def _row_lines(
    styled: StyledText,
    block: Block,
    row: Sequence[Cell],
    widths: Sequence[int],
    measure: Measure,
    *,
    header: bool,
) -> Iterator[Line]:
    cells = [
        break_lines(styled.text, cell.start, cell.end, width, measure)
        for cell, width in zip(row, widths, strict=False)
    ]
    for parts in zip_longest(*cells):
        pieces: list[Piece] = []
        gap = 0
        for column, part in enumerate(parts):
            words = line_pieces(styled, part, widths[column], measure) if part else []
            rest = max(0, widths[column] - measure("".join(piece.text for piece in words)))
            before = _room_before(block.alignments[column] if column < len(block.alignments) else "", rest)
            pieces += _space(gap + before)
            pieces += [_as_header(piece) for piece in words] if header else words
            gap = rest - before + GAP
        yield _line(pieces, row[0].start)


def _room_before(alignment: str, rest: int) -> int:
    return {"right": rest, "center": rest // 2}.get(alignment, 0)


def _space(count: int) -> list[Piece]:
    return [Piece(" " * count, decoration=Decoration.INDENT)] if count else []


def _as_header(piece: Piece) -> Piece:
    return replace(piece, styles=piece.styles | {SpanStyle.STRONG})


def _line(pieces: Sequence[Piece], default: int) -> Line:
    """Return a line of the table, from the first to the last of its offsets."""
    ranges = [(piece.start, piece.start + len(piece.text)) for piece in pieces if piece.start is not None]
    start = min((first for first, _ in ranges), default=default)
    end = max((last for _, last in ranges), default=default)
    return Line(tuple(pieces), start, end, BlockKind.TABLE)


def _listed(styled: StyledText, block: Block, width: int, measure: Measure) -> Iterator[Line]:
    """Yield the header, then each cell after the name of its column, if there is room for that."""
    header, *rows = block.rows
    for cell in header:
        for part in break_lines(styled.text, cell.start, cell.end, width, measure):
            yield _line([_as_header(piece) for piece in line_pieces(styled, part, width, measure)], part[0])
    for row in rows:
        yield Line(start=row[0].start, end=row[0].start, kind=BlockKind.TABLE)
        for column, cell in enumerate(row):
            name = header[column] if column < len(header) else Cell(0, 0)
            label = f"{styled.text[name.start : name.end]}: "
            yield from _labelled(styled, cell, label, width, measure)


def _labelled(styled: StyledText, cell: Cell, label: str, width: int, measure: Measure) -> Iterator[Line]:
    """Yield the lines of a cell after ``label``, which is omitted if it takes more than half the width."""
    room = width - measure(label)
    labels = (
        [Piece(label, decoration=Decoration.MARKER)] if room >= (width + 1) // 2 and label != ": " else []
    )
    if not labels:
        room = width
    for part in break_lines(styled.text, cell.start, cell.end, room, measure):
        yield _line([*labels, *line_pieces(styled, part, room, measure)], part[0])
        labels = _space(width - room)
