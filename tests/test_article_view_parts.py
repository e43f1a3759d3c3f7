"""The parts of the article view by themselves: lines, pointer, selection, moves, position, pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from rich.style import Style
from textual.geometry import Offset
from textual.selection import Selection

from library import LibraryError
from library.models import Annotation, AnnotationKind, Article, Image, Quote
from library.text.markdown import parse_document
from tests.picture_files import png
from tuireader.terminal.graphics import Graphics, Way
from tuireader.terminal.kitty import PLACEHOLDER
from tuireader.terminal.pictures import look_at
from tuireader.widgets.article_view.drawing import POINTER, LineDrawing
from tuireader.widgets.article_view.lines import PageLines
from tuireader.widgets.article_view.moves import Moves, ReadingPosition
from tuireader.widgets.article_view.page import Page, lay_out_body
from tuireader.widgets.article_view.pictures import Pictures
from tuireader.widgets.article_view.pointer import Pointer
from tuireader.widgets.article_view.runs import Margins
from tuireader.widgets.article_view.selection import WordSelection

WIDTH, HEIGHT = 44, 10
NOW = datetime(2021, 3, 8, 12, tzinfo=UTC)
BODY = "\n\n".join(
    f"Paragraph {number} says that dock workers in the port voted to stay out. They will vote again."
    for number in range(20)
)
LINKED = (
    "Read [the long report of the harbour union](https://example.org/report) and [more](https://m.example)."
)


@dataclass
class FakeCanvas:
    """A pane without a widget: it records the scroll position, and draws in the default style."""

    rows: Callable[[], int] = lambda: 0
    top: int = 0
    height: int = HEIGHT
    selected: Selection | None = None
    refreshed: int = 0
    is_covered: bool = False
    ground: Style = field(default_factory=Style)
    picture_ground: Style = field(default_factory=lambda: Style(bgcolor="white"))
    selection_style: Style = field(default_factory=lambda: Style(reverse=True))
    lines_above_bottom: int = HEIGHT

    @property
    def last_top(self) -> int:
        return max(0, self.rows() - self.height)

    def scroll_to(self, row: int) -> None:
        self.top = max(0, min(row, self.last_top))

    def refresh(self) -> None:
        self.refreshed += 1

    def clear_selected(self) -> None:
        self.selected = None

    def style(self, *names: str) -> Style:
        return Style(bold="title" in names)

    def call_later(self, callback: Callable[..., object], *args: object, **options: Any) -> None:
        callback(*args, **options)


@dataclass
class FakeJobs:
    """Jobs that run when ``run`` is called."""

    waiting: list[Callable[[], object]] = field(default_factory=list)

    def in_thread(self, work: Callable[[], object], group: str, *, exclusive: bool = True) -> None:
        self.waiting.append(work)

    def later(self, seconds: float, callback: Callable[[], object]) -> None:
        self.waiting.append(callback)

    def run(self) -> None:
        work, self.waiting = self.waiting, []
        for one in work:
            one()


@dataclass
class FakeTerminal:
    written: list[str] = field(default_factory=list)
    is_behind: bool = False

    def write(self, data: str) -> None:
        self.written.append(data)


class Parts:
    """The parts over one page."""

    def __init__(self, body: str = BODY, *annotations: Annotation, **fields: Any) -> None:
        self.canvas = FakeCanvas(rows=lambda: len(self.lines.rows))
        self.lines = PageLines(self.canvas)
        self.pointer = Pointer(self.lines, self.canvas)
        self.changes: list[str] = []
        self.selection = WordSelection(
            self.lines, self.pointer, self.canvas, lambda: self.changes.append("changed")
        )
        self.position = ReadingPosition()
        self.moves = Moves(self.lines, self.pointer, self.position, self.canvas)
        self.jobs = FakeJobs()
        self.failures: list[tuple[str, str]] = []
        self.pictures = Pictures(
            self.lines, self.canvas, self.jobs, lambda path, reason: self.failures.append((path, reason))
        )
        self.drawing = LineDrawing(self.lines, self.selection, self.pictures, self.canvas)
        images = fields.pop("images", ())
        article = Article(id="a", title="Harbour strike", added=NOW, images=images)
        document = parse_document(body)
        self.lines.page = Page(article=article, document=document, annotations=annotations, **fields)
        self.lay_out(WIDTH)

    def lay_out(self, width: int) -> None:
        assert self.lines.page is not None
        self.lines.margins = Margins.of(width, 72)
        self.lines.use(self.lines.compose(lay_out_body(self.lines.page, self.lines.margins.column)))

    def at(self, words: str) -> int:
        return self.lines.document.text.index(words)

    def words(self, span: tuple[int, int] | None) -> str:
        return self.lines.document.text[slice(*span)] if span else ""

    def text(self, row: int) -> str:
        return "".join(run.text for run in self.lines.runs(row)).strip()


def on_words(body: str, words: str, key: str = "note") -> Annotation:
    start = parse_document(body).text.index(words)
    quote = Quote(exact=words, prefix="", suffix="", start=start, end=start + len(words))
    return Annotation(
        id=key,
        article="a",
        kind=AnnotationKind.HIGHLIGHT,
        quote=quote,
        colour="yellow",
        created=NOW,
        updated=NOW,
    )


# Lines


def test_the_lines_know_which_words_are_on_the_screen():
    parts = Parts()
    assert parts.lines.top_offset == 0
    assert parts.lines.shows(parts.at("Paragraph 0"))
    assert not parts.lines.shows(parts.at("Paragraph 9"))
    parts.canvas.scroll_to(parts.lines.rows.row_of(parts.at("Paragraph 9")))
    assert parts.lines.shows(parts.at("Paragraph 9"))
    assert parts.lines.top_offset == parts.at("Paragraph 9")
    assert len(parts.lines.in_view()) == HEIGHT


def test_a_link_over_two_lines_is_one_and_its_hint_covers_none_of_its_letters():
    parts = Parts(LINKED)
    links = parts.lines.links()
    assert [(link.target, link.words) for link in links] == [
        ("https://example.org/report", "the long report of the harbour union"),
        ("https://m.example", "more"),
    ]
    parts.lines.show_hints({(links[0].row, links[0].cell): "a"})
    assert "Readathe long report" in parts.text(links[0].row)
    parts.lines.show_hints({})
    assert "Read the long report" in parts.text(links[0].row)


def test_a_row_that_was_drawn_is_drawn_again_only_when_that_is_asked_for():
    parts = Parts()
    first = parts.drawing.strip(0, WIDTH)
    assert parts.drawing.strip(0, WIDTH) is first and first.text.strip() == "Harbour strike"
    assert parts.drawing.strip(0, WIDTH - 1) is not first
    again = parts.drawing.strip(0, WIDTH)
    parts.lines.redraw()
    assert parts.drawing.strip(0, WIDTH) is not again and parts.canvas.refreshed == 1


def test_the_pointer_is_drawn_without_being_kept_in_the_row():
    parts = Parts()
    row = parts.pointer.row()
    assert row is not None
    assert POINTER in parts.drawing.strip(row, WIDTH, pointed=True).text
    assert POINTER not in parts.drawing.strip(row, WIDTH).text


def test_only_a_table_wider_than_the_page_has_other_columns():
    assert not Parts().lines.shift_columns(1)


# Pointer


def test_the_pointer_is_beside_the_top_paragraph_until_another_is_chosen():
    parts = Parts()
    assert parts.words(parts.pointer.paragraph()).startswith("Paragraph 0")
    parts.pointer.go_to(parts.at("Paragraph 5"))
    assert parts.words(parts.pointer.paragraph()).startswith("Paragraph 5")
    assert parts.pointer.row() == parts.canvas.top
    parts.canvas.scroll_to(0)
    parts.pointer.clear()
    assert parts.words(parts.pointer.paragraph()).startswith("Paragraph 0")


def test_the_last_paragraphs_are_reached_where_the_page_can_scroll_no_further():
    parts = Parts()
    seen = []
    for _ in range(30):
        parts.moves.next_paragraph()
        seen.append(parts.words(parts.pointer.paragraph()).split(" says")[0])
    assert seen[-1] == "Paragraph 19"
    assert list(dict.fromkeys(seen))[-4:] == [f"Paragraph {number}" for number in (16, 17, 18, 19)]
    assert parts.canvas.top == parts.canvas.last_top


def test_annotations_are_stepped_through_in_the_order_of_their_words():
    notes = (on_words(BODY, "Paragraph 7", "second"), on_words(BODY, "Paragraph 2", "first"))
    parts = Parts(BODY, *notes)
    seen = []
    for _ in range(3):
        parts.pointer.step_annotation(1)
        seen.append(parts.pointer.annotation_id)
    assert seen == ["first", "second", "second"]
    assert parts.pointer.annotation(notes) is notes[0]
    parts.pointer.step_annotation(-1)
    assert parts.pointer.annotation(notes) is notes[1]


def test_an_annotation_of_another_article_does_not_come_in_front():
    parts = Parts()
    parts.pointer.point_at(replace(on_words(BODY, "Paragraph 2"), article="b"))
    assert parts.pointer.annotation_id == ""


def test_a_page_without_words_has_no_pointer():
    parts = Parts("")
    assert parts.pointer.row() is None and parts.pointer.paragraph() is None
    assert not parts.selection.start()


# Selection


def test_words_are_chosen_from_the_one_in_front_and_marked_on_the_page():
    parts = Parts()
    parts.pointer.go_to(parts.at("Paragraph 3"))
    assert parts.selection.start()
    parts.selection.by_words(2)
    assert parts.words(parts.selection.span()) == "Paragraph 3 says"
    assert parts.lines.marks is not None
    assert [parts.words((mark.start, mark.end)) for mark in parts.lines.marks.chosen] == [
        "Paragraph 3 says",
        "says",
    ]
    parts.selection.stop()
    assert parts.selection.span() is None and not parts.lines.marks.chosen
    assert len(parts.changes) == 3


def test_a_choice_is_extended_by_sentences_and_lines_from_either_end():
    parts = Parts()
    parts.selection.start()
    parts.selection.by_sentences(1)
    assert parts.words(parts.selection.span()).endswith("voted to stay out.")
    before = parts.selection.span()
    parts.selection.by_lines(1)
    after = parts.selection.span()
    assert before and after and after[1] > before[1]
    parts.selection.swap_ends()
    assert parts.selection.choice is not None
    assert parts.words(parts.selection.choice.cursor) == "Paragraph"
    parts.selection.from_here()
    assert not parts.selection.choice.extending


def test_the_cursor_of_a_choice_stays_on_the_screen():
    parts = Parts()
    parts.selection.start()
    parts.selection.by_paragraphs(8)
    assert parts.selection.choice is not None
    assert parts.lines.shows(parts.selection.choice.cursor[0])


def test_a_mouse_selection_can_be_extended_by_keyboard():
    parts = Parts()
    row = parts.lines.rows.row_of(parts.at("Paragraph 1"))
    left = parts.lines.margins.left
    parts.canvas.selected = Selection(Offset(left, row), Offset(left + len("Paragraph 1"), row))
    assert parts.selection.text_of(parts.canvas.selected) == "Paragraph 1"
    assert parts.words(parts.selection.span()) == "Paragraph 1"
    assert parts.selection.start() and parts.canvas.selected is None
    assert parts.words(parts.selection.span()) == "Paragraph 1"
    parts.selection.clear()
    assert parts.selection.span() is None


def test_selected_words_of_the_body_have_no_line_breaks():
    parts = Parts()
    first = parts.lines.rows.row_of(parts.at("Paragraph 1"))
    selection = Selection(Offset(0, first), Offset(WIDTH, first + 1))
    assert "\n" not in parts.selection.text_of(selection)
    with_headline = Selection(Offset(0, 0), Offset(WIDTH, first))
    assert parts.selection.text_of(with_headline).startswith("Harbour strike\n")


# Moves and the reading position


def test_a_screen_down_leaves_one_row_in_view():
    parts = Parts()
    parts.moves.page_down()
    assert parts.canvas.top == HEIGHT - 1
    parts.moves.half_page_up()
    assert parts.canvas.top == HEIGHT - 1 - HEIGHT // 2
    parts.moves.line_down(3)
    parts.moves.line_up()
    assert parts.canvas.top == HEIGHT - 1 - HEIGHT // 2 + 2
    parts.moves.home()
    assert parts.canvas.top == 0


def test_headings_are_reached_from_either_side():
    body = BODY.replace("Paragraph 4 says", "## The vote\n\nParagraph 4 says")
    parts = Parts(body.replace("Paragraph 9 says", "## The port\n\nParagraph 9 says"))
    parts.moves.next_heading(2)
    assert parts.lines.top_offset == parts.at("The port")
    parts.moves.previous_heading()
    assert parts.lines.top_offset == parts.at("The vote")


@pytest.mark.parametrize("width", [30, 60, 90])
def test_the_same_words_are_on_top_after_a_layout_at_another_width(width: int):
    parts = Parts()
    parts.position.scrolled(parts.lines.rows, parts.lines.rows.row_of(parts.at("Paragraph 8")))
    parts.lay_out(width)
    assert parts.position.row_in(parts.lines.rows) == parts.lines.rows.row_of(parts.at("Paragraph 8"))


def test_above_the_body_the_position_is_a_row_of_the_head():
    parts = Parts()
    assert parts.lines.rows.body_start > 1
    parts.position.scrolled(parts.lines.rows, 1)
    assert parts.position.row_in(parts.lines.rows) == 1 and parts.position.offset == 0
    parts.position.begin(parts.at("Paragraph 2"))
    assert parts.position.row_in(parts.lines.rows) == parts.lines.rows.row_of(parts.at("Paragraph 2"))
    parts.position.begin()
    assert parts.position.row_in(parts.lines.rows) == 0


def test_the_end_of_an_incomplete_page_is_reached_when_it_is_complete():
    parts = Parts(BODY, complete=False)
    parts.moves.end()
    assert parts.canvas.top == parts.canvas.last_top
    longer = Parts(f"{BODY}\n\n{BODY}")
    assert parts.position.row_in(longer.lines.rows) > len(parts.lines.rows)


# Pictures


def with_picture(path: str = "images/a.png") -> Parts:
    image = Image(url="https://example.org/a.png", path=path, caption="The gate")
    parts = Parts(BODY, images=(image,), pictures={path: look_at(path, png())})
    parts.pictures.read = lambda path: png()
    return parts


def picture_row(parts: Parts) -> int:
    return next(row for row in range(len(parts.lines.rows)) if parts.lines.rows[row].picture)


def test_a_picture_is_ground_until_it_is_decoded_and_then_half_blocks():
    parts = with_picture()
    row = picture_row(parts)
    assert any(segment.style == parts.canvas.picture_ground for segment in parts.drawing.strip(row, WIDTH))
    parts.jobs.run()
    colours = {
        segment.style.bgcolor.triplet for segment in parts.drawing.strip(row, WIDTH) if segment.style.bgcolor
    }
    assert (200, 40, 40) in colours
    assert len(parts.pictures.decoded) == 1 and not parts.failures


def test_a_picture_that_cannot_be_read_is_reported_once_and_the_next_has_its_turn():
    parts = with_picture()

    def read(path: str) -> bytes:
        raise LibraryError("It is gone.")

    parts.pictures.read = read
    parts.drawing.strip(picture_row(parts), WIDTH)
    parts.jobs.run()
    assert parts.failures == [("images/a.png", "It is gone.")]
    parts.lines.redraw()
    parts.drawing.strip(picture_row(parts), WIDTH)
    assert parts.jobs.waiting


def test_a_terminal_with_kittys_protocol_draws_over_the_half_blocks():
    parts, terminal = with_picture(), FakeTerminal()
    parts.pictures.use_graphics(Graphics(Way.PLACEHOLDERS, (10, 20)), terminal)
    row = picture_row(parts)
    parts.canvas.scroll_to(row)
    plain = parts.drawing.strip(row, WIDTH)
    assert parts.pictures.over([plain], 0) == [plain]
    parts.jobs.run()
    plain = parts.drawing.strip(row, WIDTH)
    assert PLACEHOLDER in parts.pictures.over([plain], 0)[0].text
    parts.canvas.is_covered = True
    assert parts.pictures.over([plain], 0) == [plain]
    sent = len(terminal.written)
    parts.pictures.forget_fine()
    assert sent and len(terminal.written) == sent + 1


def test_no_sixel_is_drawn_while_the_terminal_is_behind():
    parts, terminal = with_picture(), FakeTerminal()
    parts.pictures.use_graphics(Graphics(Way.SIXEL, (10, 20)), terminal)
    row = picture_row(parts)
    parts.canvas.scroll_to(row)
    parts.pictures.over([parts.drawing.strip(row, WIDTH)], 0)
    parts.jobs.run()
    plain = parts.drawing.strip(row, WIDTH)
    terminal.is_behind = True
    assert parts.pictures.over([plain], 0) == [plain]
    terminal.is_behind, before = False, parts.canvas.refreshed
    parts.jobs.run()
    assert parts.canvas.refreshed == before + 1
    assert parts.pictures.over([plain], 0) != [plain] or parts.pictures.over([plain], 0)[0] is not plain
