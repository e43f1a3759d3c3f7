"""The rows of the article view: headline, byline, pictures, body and notes.

Pure values: rows of the body carry offsets into the article's plain text, other rows do not.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from rich.cells import cell_len

from library.models import Annotation, AnnotationKind, Article
from library.query.formatting import field_term, tag_term
from library.text.amounts import counted
from library.text.document import Block, BlockKind, Document, plain_document
from library.text.layout import RAGGED, Decoration, Layout, Line, Piece, Setting, lay_out
from library.text.markdown import parse_document
from tuireader.presentation import byline, dateline, day_and_month, shown, shown_line, tags_in_words
from tuireader.terminal.pictures import Picture
from tuireader.widgets.article_view.picture_rows import PictureRow, at_the_head, places_in_body, rows_of

BAR = "│ "


LOST_SIGN = "?"
"""Margin sign of an orphaned annotation."""

LONGEST_LEAD = 400
"""Maximum number of characters of a first paragraph that is set as a lead."""

_BETWEEN_PARTS = "\xa0· "
"""Separator of the parts of a line. The point stays with the first part when the line is broken."""

_NO_LINE = Line()

_NOTE_NAMES = {
    AnnotationKind.NOTE: "your note",
    AnnotationKind.HIGHLIGHT: "your highlight",
    AnnotationKind.BOOKMARK: "your bookmark",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on the characters ``start`` to ``end`` of the body, in the style ``name``.

    ``glyph`` is in the margin of the first line, ``following`` in the margin of the others.
    """

    start: int
    end: int
    name: str
    glyph: str = ""
    following: str = ""

    def sign(self, start: int, end: int) -> str:
        """Return the margin sign of a line with the characters ``start`` to ``end``."""
        return self.glyph if start <= self.start < end else self.following


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The content of the article view.

    Attributes:
        article: The article.
        document: The parsed body.
        annotations: The annotations of the article.
        marks: Other marks on the body, such as search hits and changes; sorted, without overlaps.
        today: The current day, for dates in words.
        setting: The typesetting of the body.
        complete: False if ``document`` is only the beginning of a long body, and the rest follows.
        pictures: The pictures that are shown, by their paths.
        below: Sections at the end: headings, each with its lines.
    """

    article: Article
    document: Document
    annotations: tuple[Annotation, ...] = ()
    marks: tuple[Mark, ...] = ()
    today: date | None = None
    setting: Setting = RAGGED
    complete: bool = True
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    below: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Part(StrEnum):
    """The part of the page to which a row belongs. Component styles are named after it."""

    BLANK = "blank"
    TITLE = "title"
    META = "meta"
    LEAD = "lead"
    CAPTION = "caption"
    BODY = "body"
    HEADING = "heading"
    QUOTE = "quote"
    CODE = "code"
    NOTE = "note"
    NOTE_DATE = "note-date"
    NOTE_QUOTE = "note-quote"
    NOTES_RULE = "rule"


@dataclass(frozen=True, slots=True)
class Term:
    """A query term for the characters ``start`` to ``end`` of a text, which are in the style ``name``."""

    start: int
    end: int
    query: str
    name: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the page. Only if it is ``in_body`` are the offsets of its pieces those of the body."""

    line: Line = _NO_LINE
    part: Part = Part.BLANK
    in_body: bool = False
    note: str = ""
    """The id of the annotation that the row shows."""
    sign: str = ""
    """The margin sign of a row that is not in the body."""
    picture: PictureRow | None = None
    terms: tuple[Term, ...] = ()
    """The tags and the source in the text of a row of the head."""


@dataclass(frozen=True, slots=True)
class Insertion:
    """Rows that follow the line ``after`` of the body."""

    after: int
    rows: tuple[Row, ...]


class PageRows:
    """The rows of a page at one width: the head, the body and the foot."""

    def __init__(
        self,
        head: Sequence[Row] = (),
        layout: Layout | None = None,
        insertions: Sequence[Insertion] = (),
        foot: Sequence[Row] = (),
        lead_end: int = 0,
        beside: Mapping[int, Row] | None = None,
        hidden: frozenset[int] = frozenset(),
    ) -> None:
        self.layout = layout or Layout(1, (), 0)
        self._head = head
        self._foot = foot
        self._lead_end = lead_end
        self._hidden = hidden
        self._inserted: dict[int, Row] = {}
        self._after: list[int] = []
        for insertion in insertions:
            for row in insertion.rows:
                self._inserted[insertion.after + 1 + len(self._after)] = row
                self._after.append(insertion.after)
        self.body_start = len(head)
        self.body_end = len(head) + len(self.layout.lines) + len(self._after)
        self._inserted_at = sorted(self._inserted)
        self.beside = {
            self.body_start + index + bisect_left(self._after, index): row
            for index, row in (beside or {}).items()
        }
        """The rows of the notes in the margin, by the rows that they are beside."""

    def __len__(self) -> int:
        return self.body_end + len(self._foot)

    def __getitem__(self, y: int) -> Row:
        """Return the row ``y``, from 0. Raises ``IndexError``."""
        if y < self.body_start:
            return self._head[y]
        if y >= self.body_end:
            return self._foot[y - self.body_end]
        inserted, index = self._inserted.get(y - self.body_start), self._line_index(y)
        if inserted or index in self._hidden:
            return inserted or Row()
        return _body_row(self.layout.lines[index], self._lead_end)

    def _line_index(self, y: int) -> int:
        """Return the index of the body's line on row ``y``, or of the line before an inserted row."""
        index = y - self.body_start
        if index in self._inserted:
            return self._after[bisect_left(self._inserted_at, index)]
        return index - bisect_left(self._inserted_at, index)

    def offset_at(self, y: int) -> int:
        """Return the offset of the first character of the body on row ``y``, or on the next row with one."""
        if y >= self.body_end:
            return self.layout.length
        index = max(y, self.body_start) - self.body_start
        following = 1 if index in self._inserted else 0
        return self.layout.offset_of(self._line_index(index + self.body_start) + following)

    def row_of(self, offset: int) -> int:
        """Return the row that shows the character ``offset``."""
        index = self.layout.line_at(offset)
        return self.body_start + index + bisect_left(self._after, index)

    def row_of_note(self, annotation_id: str) -> int | None:
        """Return the first row of an annotation below the body, or None if it has none there."""
        found = (index for index, row in enumerate(self._foot) if row.note == annotation_id)
        index = next(found, None)
        return None if index is None else self.body_end + index


def _body_row(line: Line, lead_end: int) -> Row:
    parts = {
        BlockKind.HEADING: Part.HEADING,
        BlockKind.CODE: Part.CODE,
        BlockKind.IMAGE: Part.CAPTION,
        None: Part.BLANK,
    }
    part = parts.get(line.kind, Part.BODY)
    if part is Part.BODY and any(piece.decoration is Decoration.BAR for piece in line.pieces):
        part = Part.QUOTE
    if line.start < lead_end and line.kind is BlockKind.PARAGRAPH:
        part = Part.LEAD
    return Row(line, part, in_body=True)


def lay_out_body(
    page: Page,
    width: int,
    *,
    limit: int | None = None,
    start: int = 0,
    cancelled: Callable[[], bool] | None = None,
) -> Layout:
    """Return the layout of the body of ``page``; see ``library.text.layout.lay_out``."""
    return lay_out(
        page.document,
        width,
        cell_len,
        limit,
        start=start,
        setting=page.setting,
        cancelled=cancelled,
    )


def compose_rows(page: Page, layout: Layout, room: int = 0) -> PageRows:
    """Return the rows of ``page`` at the width of ``layout``, the layout of its body.

    Notes on words of the body are right of the column if there is ``room``, in cells, otherwise below the
    words.
    """
    width = layout.width
    placed = [note for note in page.annotations if is_placed(note) and note.body.strip()]
    pictures = list(_pictures_in_body(page, layout))
    insertions = [*pictures]
    beside: dict[int, Row] = {}
    if room:
        beside = _notes_beside(page, placed, layout, room)
    else:
        insertions = [*_insertions(page, placed, layout), *pictures]
    insertions.sort(key=lambda insertion: insertion.after)
    unplaced = [note for note in page.annotations if not is_placed(note)]
    over = max(beside, default=-1) + 1 - len(layout.lines)
    foot = (*(Row() for _ in range(over)), *_foot(page, unplaced, width), *_below(page, width))
    shown_at = (insertion.after + 1 for insertion in pictures if insertion.rows[0].picture)
    wordless = (index for index in shown_at if layout.lines[index].start == layout.lines[index].end)
    head, lead_end = tuple(_head(page, width)), _lead_end(page.document)
    return PageRows(head, layout, insertions, foot, lead_end, beside, frozenset(wordless))


def _notes_beside(page: Page, placed: Sequence[Annotation], layout: Layout, room: int) -> dict[int, Row]:
    """Return the rows of notes by line index: the first line of their words, or the next that is free."""
    beside: dict[int, Row] = {}
    free = 0
    end = max((line.end for line in layout.lines), default=0)
    for note in sorted(placed, key=_note_start):
        if not layout.start <= _note_start(note) < end:
            continue
        rows = list(_note_rows(page, note, room))
        free = max(free, layout.line_at(_note_start(note)))
        beside.update(enumerate(rows, free))
        free += len(rows) + 1
    return beside


def _lead_end(document: Document) -> int:
    """Return the end of the lead, a short first paragraph before others; 0 if there is none."""
    first, *others = document.blocks[:3] or (None,)
    if first is None or first.kind is not BlockKind.PARAGRAPH or first.frame or len(others) < 2:
        return 0
    return first.end if first.end <= LONGEST_LEAD else 0


def is_placed(annotation: Annotation) -> bool:
    """Return True if the words that are annotated are in the article's text."""
    quote = annotation.quote
    return quote is not None and not annotation.orphan and quote.end > quote.start


def _plain_rows(text: str, part: Part, width: int) -> Iterator[Row]:
    for line in lay_out(plain_document(text), width, cell_len).lines:
        yield Row(line, part)


def _head(page: Page, width: int) -> Iterator[Row]:
    article = page.article
    yield from _plain_rows(shown_line(article.title), Part.TITLE, width)
    yield Row()
    revisions = len(article.revisions)
    changed = counted(revisions, "revision").replace(" ", "\xa0") if revisions else ""
    source, tags = shown_line(article.source), tags_in_words(article)
    for parts, terms in (
        ((byline(article), source), _source_term(article)),
        ((*dateline(article), changed, tags), _tag_terms(article)),
    ):
        line = _BETWEEN_PARTS.join(part for part in parts if part)
        before = len(line) - max((term.end for term in terms), default=0)
        placed = tuple(replace(one, start=one.start + before, end=one.end + before) for one in terms)
        yield from (replace(row, terms=placed) for row in _plain_rows(line, Part.META, width))
    yield Row()
    for image in at_the_head(article.images, page.document.blocks, complete=page.complete):
        words = [shown_line(image.caption) or shown_line(image.alt), shown_line(image.credit)]
        caption = _caption_rows(_BETWEEN_PARTS.join(part for part in words if part), width)
        rows = [*_picture_rows(page, image.path, width), *caption]
        if rows:
            yield from rows
            yield Row()


def _source_term(article: Article) -> tuple[Term, ...]:
    """Return the term of the source, placed in the words of the source."""
    words = shown_line(article.source)
    query = field_term("source", article.source)
    return (Term(0, len(words), query, Part.META),) if words else ()


def _tag_terms(article: Article) -> tuple[Term, ...]:
    """Return the terms of the tags, placed in ``tags_in_words``."""
    terms, start = list[Term](), 0
    for tag in article.tags:
        end = start + len(f"#{shown_line(tag)}")
        terms.append(Term(start, end, tag_term(tag), "tags"))
        start = end + 1
    return tuple(terms)


def _pictures_in_body(page: Page, layout: Layout) -> Iterator[Insertion]:
    """Yield the pictures between the paragraphs, each above the line of its caption."""
    paths = {image.url: image.path for image in page.article.images if image.path in page.pictures}
    if paths:
        for index, block in places_in_body(page.document.blocks, layout.lines):
            rows = tuple(_picture_rows(page, paths.get(block.target, ""), layout.width))
            if rows:
                yield Insertion(index - 1, rows)


def _picture_rows(page: Page, path: str, width: int) -> Iterator[Row]:
    """Yield the rows of the picture at ``path``, or the reason why it cannot be shown.

    Yield nothing for a picture that is not to be shown.
    """
    picture = page.pictures.get(path)
    if picture is None:
        return
    if picture.problem:
        yield from _caption_rows(f"This picture cannot be shown: {shown_line(picture.problem)}.", width)
        return
    yield from (Row(picture=row) for row in rows_of(picture, width))


def _caption_rows(text: str, width: int) -> Iterator[Row]:
    if text:
        picture = Block(kind=BlockKind.IMAGE, start=0, end=len(text))
        for line in lay_out(Document(text, (picture,)), width, cell_len).lines:
            yield Row(line, Part.CAPTION)


def _insertions(page: Page, placed: Sequence[Annotation], layout: Layout) -> Iterator[Insertion]:
    """Yield the notes on words of the body, each below the paragraph in which the words end."""
    for note in sorted(placed, key=_note_order):
        assert note.quote is not None
        block = page.document.paragraph_at(note.quote.end - 1)
        if block is None or block.end < note.quote.end:
            continue
        after = layout.line_at(block.end - 1)
        if after < len(layout.lines) and layout.lines[after].start < block.end <= layout.lines[after].end:
            yield Insertion(after, tuple(_note_rows(page, note, layout.width)))


def _note_order(note: Annotation) -> tuple[int, str]:
    return (note.quote.end if note.quote else 0, note.created.isoformat())


def _note_start(note: Annotation) -> int:
    return note.quote.start if note.quote else 0


def _foot(page: Page, notes: Sequence[Annotation], width: int) -> Iterator[Row]:
    """Yield a rule, the notes on the whole article, and the orphaned annotations."""
    if not notes:
        return
    yield from _rule("Notes", width)
    for note in sorted(notes, key=lambda note: (note.orphan, note.created)):
        yield Row()
        yield from _note_rows(page, note, width)


def _rule(title: str, width: int) -> Iterator[Row]:
    title = f"{title} "[:width]
    rule = Piece(title + "─" * (width - len(title)), decoration=Decoration.RULE)
    yield from (Row(), Row(Line((rule,)), Part.NOTES_RULE))


def _below(page: Page, width: int) -> Iterator[Row]:
    for title, lines in page.below:
        yield from _rule(title, width)
        for line in lines:
            yield from _plain_rows(line, Part.META, width)


def _note_rows(page: Page, note: Annotation, width: int) -> Iterator[Row]:
    """Yield the heading of a note, its quote if the page does not mark it, and its text, beside a bar."""
    inner = max(1, width - len(BAR)) if width > len(BAR) else width
    heading = f"{_NOTE_NAMES[note.kind]}, {day_and_month(note.created, page.today)}"
    rows = list(_plain_rows(heading, Part.NOTE_DATE, inner))
    if note.quote is not None and not is_placed(note):
        words = shown_line(note.quote.exact)
        rows += _plain_rows(f"orphaned, no longer in the text: “{words}”", Part.NOTE_QUOTE, inner)
    body = lay_out(parse_document(shown(note.body)), inner, cell_len)
    rows += [Row(line, Part.NOTE) for line in body.lines]
    bar = (Piece(BAR, decoration=Decoration.BAR),) if inner < width else ()
    for number, row in enumerate(rows):
        line = Line((*bar, *row.line.pieces), kind=row.line.kind, right=row.line.right)
        yield Row(line, row.part, note=note.id, sign=LOST_SIGN if note.orphan and not number else "")
