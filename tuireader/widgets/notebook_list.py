"""The rows of the notebook: annotations and bookmarks, of which only the visible ones are ever drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from rich.cells import cell_len
from textual.message import Message
from textual.strip import Strip

from library.models import AnnotationKind, Article
from tuireader.note_text import note_words
from tuireader.notebook import Entry, Heading, Row
from tuireader.presentation import date_in_words
from tuireader.rows import clipped, ends_right_to_left, fit, one_line, wrapped
from tuireader.widgets.marks import (
    BOOKMARK_GLYPH,
    HIGHLIGHT_GLYPHS,
    HIGHLIGHT_INKS,
    HIGHLIGHT_STYLES,
    NOTE_GLYPH,
    colour_of,
)
from tuireader.widgets.row_list import RowList

LINES = 3
"""The most lines that the words of an entry take."""

SPACIOUS = 20
"""From this height of the list on a line is left free between entries."""

GLYPHS = {AnnotationKind.NOTE: NOTE_GLYPH, AnnotationKind.BOOKMARK: BOOKMARK_GLYPH}
LOST = "?"
"""The glyph of an annotation whose words are no longer in the text."""

Pieces = list[tuple[str, str]]
"""Runs of text, each with the name of the style it is drawn with."""


def quoted(text: str) -> str:
    """Words of an article between quotation marks; without, where those would be drawn on another side."""
    return text if ends_right_to_left(text) else f"“{text}”"


def glyph_of(entry: Entry) -> tuple[str, str]:
    """The sign of an entry and the name of its style."""
    annotation = entry.annotation
    if annotation is None:
        return GLYPHS[AnnotationKind.BOOKMARK], "mark"
    if annotation.orphan:
        return LOST, "lost"
    if annotation.kind is AnnotationKind.HIGHLIGHT:
        colour = colour_of(annotation)
        return HIGHLIGHT_GLYPHS[colour], colour
    return GLYPHS[annotation.kind], "mark"


def entry_lines(
    entry: Entry, article: Article | None, width: int, today: date, day: date, *, titled: bool = True
) -> list[Pieces]:
    """The words of an entry in ``width`` cells, three lines at most: quote and note, then when and where.

    Not ``titled`` where a heading says which article it is.
    """
    title = "(no longer in the library)" if article is None else one_line(article.title) or "(no headline)"
    annotation = entry.annotation
    when = date_in_words(day, today)
    if annotation is None:
        source = one_line(article.source) if article else ""
        return [[(text, "title")] for text in _two(title, width)] + [_meta([when, source], width)]
    quote = one_line(annotation.quote.exact) if annotation.quote else ""
    note = one_line(note_words(annotation.body))
    is_highlight = annotation.kind is AnnotationKind.HIGHLIGHT and not annotation.orphan
    texts = [(quoted(quote), f"quote-{colour_of(annotation)}" if is_highlight else "quote")] if quote else []
    texts += [(note, "note")] if note else []
    lines: list[Pieces] = [[(fit(text, width), style)] for text, style in texts]
    if len(texts) == 1:
        lines = [[(text, texts[0][1])] for text in _two(texts[0][0], width)]
    facts = [when, title if titled else "", " ".join(f"#{one_line(tag)}" for tag in annotation.tags)]
    lost = "its words are no longer in the text · " if annotation.orphan else ""
    return [*lines, [(fit(lost, width), "lost"), *_meta(facts, width - cell_len(lost))]]


def _two(text: str, width: int) -> list[str]:
    """``text`` on two lines at most, the second cut where it is too long."""
    lines = wrapped(text, width)
    return lines if len(lines) <= 2 else [lines[0], fit(" ".join(lines[1:]), width)]


def _meta(facts: Iterable[str], width: int) -> Pieces:
    """The first two facts, cut if need be, and of the others those that fit whole.

    Right-to-left facts come last, where nothing follows that they could pull to their other side.
    """
    ordered = sorted((fact for fact in facts if fact), key=ends_right_to_left)
    while len(ordered) > 2 and cell_len(" · ".join(ordered)) > width:
        ordered.pop()
    return [(fit(" · ".join(ordered), width), "meta")]


class NotebookList(RowList):
    """Entries under headings. ``lookup`` gives an article or None, ``today`` the reader's day."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"notebook-list--{name}"
        for name in (
            "blank", "bar", "bar-blurred", "cursor", "cursor-blurred", "mark", "lost", "heading", "title",
            "quote", "note", "meta", "notice", *HIGHLIGHT_STYLES, *map("quote-{}".format, HIGHLIGHT_STYLES),
        )
    }  # fmt: skip

    DEFAULT_CSS = (
        """
    NotebookList {
        background: $background;
        & .notebook-list--bar { color: $accent; }
        & .notebook-list--bar-blurred { color: $text-muted; }
        & .notebook-list--cursor { background: $panel; }
        & .notebook-list--cursor-blurred { background: $surface; }
        & .notebook-list--mark { color: $accent; }
        & .notebook-list--lost { color: $text-error; }
        & .notebook-list--heading { color: $accent; text-style: bold; }
        & .notebook-list--title { text-style: bold; }
        & .notebook-list--quote { color: $text-muted; text-style: italic; }
        & .notebook-list--meta { color: $text-muted; }
        & .notebook-list--notice { text-style: bold; }
    """
        + "\n".join(
            f".notebook-list--{colour} {{ color: {HIGHLIGHT_INKS[colour]}; }}"
            f".notebook-list--quote-{colour} {{ color: $text-muted; text-style: {style}; }}"
            for colour, style in HIGHLIGHT_STYLES.items()
        )
        + "}"
    )

    @dataclass
    class Highlighted(Message):
        """The cursor has come to another entry; None: there is none."""

        entry: Entry | None

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, NotebookList.Highlighted)

    @dataclass
    class Opened(Message):
        """An entry was opened with Enter or the mouse."""

        entry: Entry

    def __init__(
        self,
        *,
        lookup: Callable[[str], Article | None],
        today: Callable[[], date],
        day_of: Callable[[datetime], date],
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._lookup, self._today, self._day_of = lookup, today, day_of
        self._rows: tuple[Row, ...] = ()
        self._notice: tuple[str, ...] = ()

    # What is shown

    @property
    def entry(self) -> Entry | None:
        """The entry under the cursor."""
        row = self._rows[self.cursor_row] if self._rows else None
        return row if isinstance(row, Entry) else None

    def set_rows(self, rows: tuple[Row, ...], *, keep: str | None, notice: tuple[str, ...]) -> None:
        """Show ``rows`` with the cursor on the entry ``keep``, or where it was; ``notice`` if there are none.

        One that stands below several tags stays below the tag it is under.
        """
        before = self.cursor_row
        places = [index for index, row in enumerate(rows) if isinstance(row, Entry) and row.key == keep]
        self._rows, self._notice = rows, notice
        nearest = min(places, key=lambda index: abs(index - before), default=None)
        wanted = min(before, max(len(rows) - 1, 0)) if nearest is None else nearest
        self.rows_changed(self.stop_at(wanted, 1))
        self.post_message(self.Highlighted(self.entry))

    # What the base asks for

    @property
    def row_count(self) -> int:
        """How many rows there are, headings included."""
        return len(self._rows)

    @property
    def row_height(self) -> int:
        """The lines of an entry, and one between it and the next where there is room."""
        return LINES + (self.size.height >= SPACIOUS)

    def stop_at(self, row: int, direction: int) -> int:
        """Pass over a heading; every one has an entry after it."""
        if not self._rows or isinstance(self._rows[row], Entry):
            return row
        return row + direction if row + direction >= 0 else row + 1

    def cursor_moved(self) -> None:
        """Say so."""
        self.post_message(self.Highlighted(self.entry))

    def scroll_to_cursor(self) -> None:
        """The heading above the first entry comes to the screen with it."""
        super().scroll_to_cursor()
        if self.is_running and self.cursor_row == 1 and isinstance(self._rows[0], Heading):
            self.scroll_to(y=0, animate=False, force=True)

    def open_row(self, row: int) -> None:
        """Ask for the entry to be opened."""
        entry = self._rows[row]
        if isinstance(entry, Entry):
            self.post_message(self.Opened(entry))

    def draw_row(self, row: int, width: int) -> tuple[Strip, ...]:
        """A heading, or an entry beside its glyph and the bar of the cursor."""
        shown = self._rows[row]
        if isinstance(shown, Heading):
            return self._heading(shown, width)
        article = self._lookup(shown.article_id)
        today, day = self._today(), self._day_of(shown.made)
        lines = entry_lines(shown, article, width - 4, today, day, titled=not self._by_article)
        at_cursor, blurred = row == self.cursor_row, "" if self.has_focus else "-blurred"
        bar = (("▏" if blurred else "▌") if at_cursor else " ", f"bar{blurred}")
        ground = self.get_component_rich_style(f"notebook-list--cursor{blurred}") if at_cursor else None
        starts = [glyph_of(shown), *[(" ", "blank")] * (len(lines) - 1)]
        pieces = ([bar, start, (" ", "blank"), *line] for start, line in zip(starts, lines, strict=True))
        strips = [self.strip(self._styled(line, width), ground=ground) for line in pieces]
        return (*strips, *[Strip.blank(width, self.rich_style)] * (self.row_height - len(strips)))

    @property
    def _by_article(self) -> bool:
        first = self._rows[0]
        return isinstance(first, Heading) and bool(first.article_id)

    def _heading(self, heading: Heading, width: int) -> tuple[Strip, ...]:
        article = self._lookup(heading.article_id) if heading.article_id else None
        text = one_line(article.title) if article else one_line(heading.text)
        lines: list[Pieces] = [[(" ", "blank"), (fit(text, width - 2), "heading")], []]
        lines = [[]] * (self.row_height - len(lines)) + lines
        return tuple(self.strip(self._styled(line, width)) for line in lines)

    def _styled(self, pieces: Pieces, width: int) -> Pieces:
        named = ((text, f"notebook-list--{name}") for text, name in pieces)
        return clipped(named, width, "notebook-list--blank")

    def draw_empty(self, width: int, height: int) -> tuple[Strip, ...]:
        """Why there is nothing, and what can be done about it, in the middle."""
        lines: list[tuple[str, str]] = []
        for number, text in enumerate(self._notice):
            style = "meta" if number else "notice"
            lines += [(line, style) for line in wrapped(text, max(width - 4, 1))]
            lines += [] if number else [("", "blank")]
        lines = [("", "blank")] * max((height - len(lines)) * 2 // 5, 0) + lines
        return tuple(self.strip(self._styled(_centred(*line, width), width)) for line in lines)


def _centred(text: str, style: str, width: int) -> Pieces:
    return [(" " * max((width - cell_len(text)) // 2, 0), "blank"), (text, style)]
