"""The text of a notebook entry: its lines in the list, and its full text beside the list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content

from library.models import Annotation, AnnotationKind, Article
from tuireader.notebook.entries import Entry, Order, Row
from tuireader.notes.text import note_content, note_words
from tuireader.presentation import byline, long_date, shown, shown_line
from tuireader.rows import ends_right_to_left, fit, one_line, wrapped
from tuireader.widgets.article_view.marks import (
    BOOKMARK_GLYPH,
    HIGHLIGHT_GLYPHS,
    HIGHLIGHT_INKS,
    HIGHLIGHT_STYLES,
    NOTE_GLYPH,
    colour_of,
)

GLYPHS = {AnnotationKind.NOTE: NOTE_GLYPH, AnnotationKind.BOOKMARK: BOOKMARK_GLYPH}
LOST = "?"
"""Glyph of an orphaned annotation."""

Pieces = list[tuple[str, str]]
"""Runs of text, each with the name of its style."""


class Extent(NamedTuple):
    """The height of a row: ``lines``, plus one at a width below ``cells``."""

    lines: int
    cells: int = 0

    def height(self, width: int) -> int:
        """Return the number of lines at ``width`` cells."""
        return self.lines + (self.cells > width)


def quoted(text: str) -> str:
    """Put words in quotation marks, unless right-to-left text would move the marks to the wrong side."""
    return text if ends_right_to_left(text) else f"“{text}”"


def glyph_of(entry: Entry) -> tuple[str, str]:
    """Return the glyph of an entry and the name of its style."""
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
    entry: Entry, article: Article | None, width: int, *, when: str, titled: bool = True
) -> list[Pieces]:
    """Return an entry on at most three lines of ``width`` cells: quote and note, then date and article.

    Leave ``when`` empty, or ``titled`` false, if a heading shows the date or the article.
    """
    texts = _texts(entry, article)
    lines: list[Pieces] = [[(fit(text, width), style)] for text, style in texts]
    if len(texts) == 1:
        lines = [[(text, texts[0][1])] for text in _two(texts[0][0], width)]
    lost, facts = _lost(entry), _facts(entry, article, when, titled=titled)
    if lost or facts:
        lines.append([(fit(lost, width), "lost"), *_meta(facts, width - cell_len(lost))])
    return lines


def extents_of(rows: Iterable[Row], order: Order, lookup: Callable[[str], Article | None]) -> list[Extent]:
    """Compute the heights of rows in ``order`` without building their lines. A heading takes one line."""
    return [_extent(row, order, lookup) if isinstance(row, Entry) else Extent(1) for row in rows]


def _extent(entry: Entry, order: Order, lookup: Callable[[str], Article | None]) -> Extent:
    annotation = entry.annotation
    article = None if annotation else lookup(entry.article_id)  # other entries do not wrap the headline
    facts = order is not Order.DAY or _lost(entry) or _facts(entry, article, "", titled=True)
    below = 1 if facts else 0
    quote = annotation.quote if annotation else None
    if annotation and quote and one_line(quote.exact) and annotation.body[:1].isalpha():
        return Extent(2 + below)  # a note beginning with a letter has words: no need to parse it
    texts = [text for text, _ in _texts(entry, article)]
    is_broken = len(texts) == 1 and " " in texts[0]  # two texts take a line each; a long word is cut
    return Extent(len(texts) + below, cell_len(texts[0]) if is_broken else 0)


def _texts(entry: Entry, article: Article | None) -> list[tuple[str, str]]:
    """Return the texts of an entry with their styles: its quote and its note, or the headline."""
    annotation = entry.annotation
    if annotation is None:
        return [(_title(article), "title")]
    quote = one_line(annotation.quote.exact) if annotation.quote else ""
    note = one_line(note_words(annotation.body))
    is_highlight = annotation.kind is AnnotationKind.HIGHLIGHT and not annotation.orphan
    texts = [(quoted(quote), f"quote-{colour_of(annotation)}" if is_highlight else "quote")] if quote else []
    return [*texts, (note, "note")] if note else texts


def _title(article: Article | None) -> str:
    return "(no longer in the library)" if article is None else one_line(article.title) or "(no headline)"


def _lost(entry: Entry) -> str:
    is_lost = entry.annotation is not None and entry.annotation.orphan
    return "orphaned · " if is_lost else ""


def _facts(entry: Entry, article: Article | None, when: str, *, titled: bool) -> list[str]:
    annotation = entry.annotation
    if annotation is None:
        facts = [when, one_line(article.source) if article else ""]
    else:
        tags = " ".join(f"#{one_line(tag)}" for tag in annotation.tags)
        facts = [when, _title(article) if titled else "", tags]
    return [fact for fact in facts if fact]


def _two(text: str, width: int) -> list[str]:
    """Wrap ``text`` to at most two lines; the second is cut to fit."""
    lines = wrapped(text, width)
    return lines if len(lines) <= 2 else [lines[0], fit(" ".join(lines[1:]), width)]


def _meta(facts: Iterable[str], width: int) -> Pieces:
    """Return the first two facts, cut to fit, and as many of the others as fit whole.

    Right-to-left facts come last, so that they cannot reorder what follows.
    """
    ordered = sorted(facts, key=ends_right_to_left)
    while len(ordered) > 2 and cell_len(" · ".join(ordered)) > width:
        ordered.pop()
    return [(fit(" · ".join(ordered), width), "meta")]


def detail_of(entry: Entry, article: Article | None, day: date) -> Content:
    """Return the full text of an entry, its article, and the day it was made."""
    annotation = entry.annotation
    parts: list[Content] = []
    if annotation is not None and annotation.orphan:
        parts.append(Content.styled("Orphaned. This passage is no longer in the text:", "$text-error"))
    if annotation is not None and annotation.quote is not None:
        parts.append(_quote(annotation, annotation.quote.exact))
    if annotation is not None and annotation.body.strip():
        parts.append(note_content(annotation.body))
    if annotation is not None and annotation.tags:
        parts.append(Content.styled(" ".join(f"#{shown_line(tag)}" for tag in annotation.tags), "$accent"))
    if article is not None:
        source = " · ".join(part for part in (byline(article), shown_line(article.source)) if part)
        about = [part for part in (source, long_date(article.published)) if part]
        title = Content.styled(shown_line(article.title), "bold")
        parts.append(Content("\n").join([title, *(Content.styled(one, "$text-muted") for one in about)]))
    parts.append(Content.styled(f"{_kind(entry)}, {long_date(day)}", "$text-muted"))
    return Content("\n\n").join(parts)


def _quote(annotation: Annotation, words: str) -> Content:
    """Return the quote of an annotation; a highlight is styled as in the article, after its glyph."""
    quote = quoted(shown(words))
    if annotation.kind is not AnnotationKind.HIGHLIGHT:
        return Content.styled(quote, "italic $text-muted")
    colour = colour_of(annotation)
    style = f"{HIGHLIGHT_STYLES[colour]} $text-muted"
    return Content.assemble((f"{HIGHLIGHT_GLYPHS[colour]} ", HIGHLIGHT_INKS[colour]), (quote, style))


def _kind(entry: Entry) -> str:
    annotation = entry.annotation
    if annotation is None:
        return "Bookmark on the article"
    colour = f" ({shown_line(annotation.colour)})" if annotation.colour else ""
    return f"{annotation.kind.capitalize()}{colour}"
