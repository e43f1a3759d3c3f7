"""Formats an article as one or two lines of a list: pure functions, without colours.

Widths are terminal cells. Text from outside is cleaned here, before display. No direction controls are
written; instead, right-to-left text is never followed by characters that a terminal's bidirectional
algorithm could move (digits, punctuation, marks).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import takewhile
from typing import NamedTuple, TypeVar
from unicodedata import bidirectional

from rich.cells import cell_len, split_graphemes

from library.models import Article
from library.search.facts import fold_tag
from library.text.cleaning import clean_line
from library.text.find_words import FoldedText
from tuireader.presentation import date_in_words
from tuireader.terminal.glyphs import signs_as_text

TEXT_LIMIT = 500
"""Maximum number of characters of an outside text that are processed; no list is that wide."""

_BELOW = "  "
"""Indentation of the articles below the first one of their story."""

WIDE = 100
"""Minimum width for one line with columns; in narrower lists an article takes two lines."""


Style = TypeVar("Style")


class Role(StrEnum):
    """The role of a piece of a row, for the style sheet."""

    BLANK = "blank"
    BAR = "bar"
    MARK = "mark"
    HEADLINE = "headline"
    HEADLINE_READ = "headline-read"
    HIT = "hit"
    META = "meta"
    TAG = "tag"
    TAG_YELLOW = "tag-yellow"
    TAG_GREEN = "tag-green"
    TAG_BLUE = "tag-blue"
    TAG_RED = "tag-red"
    TAG_PURPLE = "tag-purple"


class Piece(NamedTuple):
    """A run of text in one role."""

    text: str
    role: Role = Role.BLANK


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowState:
    """The state of a row, which it shows beside its article.

    Attributes:
        notes: The number of notes on the article.
        selected: The article is selected.
        bar: The glyph of the cursor; a space in other rows.
        tag_colours: The colours of tags, by folded tag (see ``fold_tag``).
        others: The number of other articles in the same story.
        opened: Those articles have rows below this one; otherwise this row hides them.
        below: The article is one of them.
        unread_hidden: The row hides an unread article.
    """

    notes: int = 0
    selected: bool = False
    bar: str = " "
    tag_colours: Mapping[str, str] = field(default_factory=dict)
    others: int = 0
    opened: bool = False
    below: bool = False
    unread_hidden: bool = False


def prefix(text: str, width: int) -> str:
    """Return the longest beginning of ``text`` within ``width`` cells that splits no grapheme cluster."""
    if text.isascii():
        return text[: max(width, 0)]
    end = used = 0
    for _, stop, cells in split_graphemes(text)[0]:
        if used + cells > width:
            break
        used += cells
        end = stop
    flags = len(list(takewhile(_is_flag_letter, reversed(text[:end]))))
    return text[: end - flags % 2]


def _is_flag_letter(character: str) -> bool:
    """Return True if ``character`` is half of a flag (a regional indicator)."""
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def fit(text: str, width: int) -> str:
    """Return ``text`` within ``width`` cells; a longer one is cut at the edge of a word and ends with “…”."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return text
    head = prefix(text, width - 1)
    if text[len(head) : len(head) + 1] != " ":
        head = _whole_words(head, width)
    return head.rstrip(" ,;:–—-") + "…"


def _whole_words(head: str, width: int) -> str:
    """Return ``head`` without the word inside which it ends.

    A word longer than half the line stays cut inside: half a word is better than half a line left empty.
    Wide scripts can be broken anywhere.
    """
    edge = head.rfind(" ")
    if cell_len(head[-1:]) == 2 or cell_len(head[: max(edge, 0)]) * 2 < width:
        return head
    return head[:edge]


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Return ``text`` padded with spaces to ``width`` cells, aligned to the right if ``right``."""
    spaces = " " * (width - cell_len(text))
    return spaces + text if right else text + spaces


def ends_right_to_left(text: str) -> bool:
    """Return True if the last letter of ``text`` belongs to a right-to-left script."""
    for character in reversed(text):
        direction = bidirectional(character)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False


def one_line(text: str) -> str:
    """Return outside text as one clean line."""
    return signs_as_text(clean_line(text, TEXT_LIMIT))


def row_height(width: int) -> int:
    """Return the number of lines of an article in a list of ``width`` cells."""
    return 1 if width >= WIDE else 2


def article_row(article: Article, state: RowState, width: int, today: date) -> tuple[Line, ...]:
    """Return the lines of ``article``, each exactly ``width`` cells: one from 100 cells on, otherwise two."""
    if width >= WIDE:
        lines: tuple[Line, ...] = (_wide_line(article, state, width, today),)
    else:
        lines = (_headline_line(article, state, width), _meta_line(article, state, width, today))
    return tuple(clip(line, width) for line in lines)


def missing_row(state: RowState, width: int) -> tuple[Line, ...]:
    """Return the lines of an article that is no longer in the library."""
    line = (Piece(state.bar, Role.BAR), Piece("  (no longer in the library)", Role.META))
    return tuple(clip(one, width) for one in (line, ())[: row_height(width)])


def clipped(pieces: Iterable[tuple[str, Style]], width: int, blank: Style) -> list[tuple[str, Style]]:
    """Return pieces of text with their styles, cut or filled with ``blank`` to exactly ``width`` cells."""
    kept: list[tuple[str, Style]] = []
    room = max(width, 0)
    for text, style in pieces:
        text = prefix(text, room)
        room -= cell_len(text)
        if text:
            kept.append((text, style))
    return [*kept, (" " * room, blank)] if room else kept


def clip(line: Line, width: int) -> Line:
    """Return ``line`` cut or filled to exactly ``width`` cells."""
    return tuple(Piece(text, role) for text, role in clipped(line, width, Role.BLANK))


def with_hits(line: Line, patterns: Sequence[re.Pattern[str]]) -> Line:
    """Return ``line`` with hits in its headline as separate pieces. ``patterns`` match folded text."""
    return tuple(part for piece in line for part in _hits(piece, patterns)) if patterns else line


def _hits(piece: Piece, patterns: Sequence[re.Pattern[str]]) -> Iterator[Piece]:
    if piece.role not in (Role.HEADLINE, Role.HEADLINE_READ):
        yield piece
        return
    text, done = piece.text, 0
    for start, end in FoldedText(text).places(patterns):
        yield Piece(text[done:start], piece.role)
        yield Piece(text[start:end], Role.HIT)
        done = end
    yield Piece(text[done:], piece.role)


def _headline(article: Article) -> str:
    return one_line(article.title) or "(no headline)"


def _headline_role(article: Article) -> Role:
    return Role.HEADLINE if article.state.read is None else Role.HEADLINE_READ


def _read_mark(article: Article) -> Piece:
    return Piece("●", Role.MARK) if article.state.read is None else Piece("○", Role.META)


def _note_mark(notes: int) -> str:
    return f"✎{notes}" if notes < 100 else "✎+"


def _marks(article: Article, notes: int) -> str:
    """Return the note mark and the bookmark, the bookmark last."""
    marks = [_note_mark(notes)] if notes else []
    if article.state.bookmarked is not None:
        marks.append("★")
    return " ".join(marks)


def _story_mark(state: RowState) -> Line:
    """Return the number of other articles in the story, after “+” if they are hidden, “−” if shown."""
    if not state.others:
        return ()
    count = f"{'−' if state.opened else '+'}{min(state.others, 99)}"
    return (Piece(count, Role.MARK if state.unread_hidden else Role.META),)


def _indent(state: RowState) -> str:
    return _BELOW if state.below else ""


def _headline_line(article: Article, state: RowState, width: int) -> Line:
    start = (Piece(state.bar, Role.BAR), _read_mark(article), Piece(f" {_indent(state)}"))
    headline, role = _headline(article), _headline_role(article)
    marks, story = _marks(article, state.notes), _story_mark(state)
    ending: Line = (*((Piece(marks, Role.MARK),) if marks else ()), *story)
    ending = (ending[0], Piece(" "), ending[1]) if len(ending) == 2 else ending
    room = width - 4 - len(_indent(state))
    beside = room - sum(cell_len(piece.text) for piece in ending) - 2
    if not ending or beside < 8:
        return (*start, Piece(fit(headline, room), role))
    text = fit(headline, beside)
    if ends_right_to_left(text):
        return (*start, *ending, Piece("  "), Piece(text, role))
    return (*start, Piece(pad(text, beside + 2), role), *ending)


def _meta_line(article: Article, state: RowState, width: int, today: date) -> Line:
    selected = Piece("✓" if state.selected else " ", Role.MARK)
    room = width - 4 - len(_indent(state))
    return (
        Piece(state.bar, Role.BAR),
        selected,
        Piece(f" {_indent(state)}"),
        *_joined(_facts(article, state, today), " · ", room),
    )


def _facts(article: Article, state: RowState, today: date) -> list[Piece]:
    facts = (date_in_words(article.published, today), _source(article), f"{article.reading_minutes} min")
    pieces = [*(Piece(fact, Role.META) for fact in facts), *_tags(article, state)]
    # Right-to-left texts come last: a terminal would draw a figure after them on their other side.
    return sorted(pieces, key=lambda piece: ends_right_to_left(piece.text))


def _tags(article: Article, state: RowState) -> Iterator[Piece]:
    """Yield the tags of ``article`` with their “#”, each in its colour."""
    for tag in article.tags:
        colour = state.tag_colours.get(fold_tag(tag)) if state.tag_colours else None
        if words := one_line(tag):
            yield Piece(f"#{words}", Role(f"tag-{colour}") if colour else Role.TAG)


def _source(article: Article) -> str:
    return one_line(article.source) or one_line(article.agency)


def _joined(parts: Iterable[Piece], between: str, width: int) -> Line:
    """Return the ``parts`` that fit whole; only the first one is cut if it does not fit.

    Facts have ``between`` between them; a tag stands apart from what is before it, by spaces only.
    """
    line: list[Piece] = []
    used = 0
    for part in parts:
        if not part.text:
            continue
        piece = part if line else Piece(fit(part.text, width), part.role)
        gap = _between(line[-1].role, part.role, between) if line else ""
        if used + cell_len(gap) + cell_len(piece.text) <= width:
            used += cell_len(gap) + cell_len(piece.text)
            line += [Piece(gap, Role.META), piece] if gap else [piece]
    return tuple(line)


def _between(before: Role, after: Role, facts: str) -> str:
    if after is Role.META:
        return facts if before is Role.META else "  "
    return "  " if before is Role.META else " "


class Columns(NamedTuple):
    """The widths of the flexible columns of a wide row."""

    headline: int
    source: int
    tags: int


_DATE, _MINUTES, _GAP, _MARKS = 11, 7, 2, 10


def columns(width: int) -> Columns:
    """Return the widths for a row of ``width`` cells: the headline gets what source and tags do not need."""
    room = width - _MARKS - _DATE - _MINUTES - 4 * _GAP - 1
    source = min(24, max(12, room // 4))
    tags = min(30, max(10, room // 6))
    return Columns(headline=room - source - tags, source=source, tags=tags)


def _wide_line(article: Article, state: RowState, width: int, today: date) -> Line:
    share = columns(width)
    story = _story_mark(state)
    taken = len(_indent(state)) + sum(cell_len(piece.text) + 1 for piece in story)
    headline = fit(_headline(article), share.headline - taken)
    source = fit(_source(article), share.source)
    tags = _joined(_tags(article, state), "", share.tags)
    tag_words = "".join(piece.text for piece in tags)
    gap = Piece(" " * _GAP)
    return (
        *_wide_marks(article, state),
        Piece(pad(fit(date_in_words(article.published, today), _DATE), _DATE), Role.META),
        gap,
        Piece(_indent(state)),
        *_with_story(Piece(pad(headline, share.headline - taken), _headline_role(article)), story),
        gap,
        Piece(pad(source, share.source), Role.META),
        gap,
        *clip(tags, share.tags),
        gap,
        Piece(pad(_minutes(article, headline + source + tag_words), _MINUTES, right=True), Role.META),
    )


def _with_story(headline: Piece, story: Line) -> Line:
    """Return the headline and the story count, which comes first if the headline ends right-to-left."""
    if not story:
        return (headline,)
    space = Piece(" ")
    return (*story, space, headline) if ends_right_to_left(headline.text) else (headline, space, *story)


def _wide_marks(article: Article, state: RowState) -> Line:
    starred = "★" if article.state.bookmarked is not None else " "
    notes = _note_mark(state.notes) if state.notes else ""
    return (
        Piece(state.bar, Role.BAR),
        Piece("✓" if state.selected else " ", Role.MARK),
        _read_mark(article),
        Piece(f" {starred}", Role.MARK),
        Piece(f" {pad(notes, 4)}", Role.MARK),
    )


def _minutes(article: Article, before: str) -> str:
    """Return the reading time. After right-to-left text the unit comes first, to keep the figure in place."""
    minutes = min(article.reading_minutes, 999)
    return f"min {minutes}" if ends_right_to_left(before) else f"{minutes} min"


def wrapped(text: str, width: int) -> list[str]:
    """Return ``text`` as lines of at most ``width`` cells, broken between words; a longer word is cut."""
    lines: list[str] = []
    for word in one_line(text).split():
        if lines and cell_len(f"{lines[-1]} {word}") <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(fit(word, width))
    return lines


def notice_lines(texts: Sequence[str], width: int, height: int) -> list[list[tuple[str, str]]]:
    """Return the lines of an empty list of this size, each as texts with the names of their styles.

    The first of ``texts`` says how things are, the others what can be done. They stand in the middle.
    """
    room = max(width - 4, 1)
    lines = [(line, "notice") for line in wrapped(texts[0] if texts else "", room)]
    lines.append(("", "blank"))
    lines += [(line, "meta") for text in texts[1:] for line in wrapped(text, room)]
    lines = [("", "blank")] * max((height - len(lines)) * 2 // 5, 0) + lines
    return [
        clipped([(" " * max((width - cell_len(text)) // 2, 0), "blank"), (text, name)], width, "blank")
        for text, name in lines
    ]
