"""The article view: its content, its position, and its messages."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.worker import Worker

from library.models import Annotation, AnnotationKind, Article, Image, Quote
from library.text.document import plain_document
from library.text.layout import Setting
from library.text.markdown import parse_document
from tuireader.widgets.article_view.drawing import POINTER
from tuireader.widgets.article_view.page import Mark, Page
from tuireader.widgets.article_view.view import LONG_TEXT, ArticleView

NOW = datetime(2021, 3, 8, 12, tzinfo=UTC)
PROSE = "".join(
    f"Paragraph {number} says that dock workers in the northern port voted to stay out another week, "
    f"as the union's speaker number {number} told the meeting.\n\n"
    for number in range(60)
)


def article(title: str = "Harbour Strike Enters Third Week", **fields: object) -> Article:
    values: dict[str, object] = {
        "authors": ("Jane Roe",),
        "agency": "AFP",
        "source": "news.example.org",
        "published": date(2021, 3, 4),
        "tags": ("harbour",),
        "reading_minutes": 3,
    }
    return Article(id="a", title=title, added=NOW, **{**values, **fields})  # type: ignore[arg-type]


def page(body: str = PROSE, *notes: Annotation, marks: tuple[Mark, ...] = (), **fields: object) -> Page:
    return Page(
        article=article(**fields),  # type: ignore[arg-type]
        document=parse_document(body),
        annotations=notes,
        marks=marks,
        today=date(2021, 9, 1),
    )


def annotation(
    kind: AnnotationKind, body: str, words: str = "", *, text: str = "", **fields: object
) -> Annotation:
    plain = parse_document(body).text
    start = plain.find(words)
    quote = Quote(exact=words, start=start, end=start + len(words)) if words else None
    return Annotation(
        id=words or "whole",
        article="a",
        kind=kind,
        quote=quote,
        body=text,
        created=NOW,
        updated=NOW,
        **fields,  # type: ignore[arg-type]
    )


class Reader(App[None]):
    """An app with only the page; it records the messages that the page posts."""

    CSS = "ArticleView { width: 1fr; height: 1fr; }"

    def __init__(self, shown: Page | None = None, position: int = 0) -> None:
        super().__init__()
        self.shown = shown
        self.position = position
        self.moves: list[tuple[int, float]] = []
        self.links: list[str] = []

    def compose(self) -> ComposeResult:
        yield ArticleView()

    def on_mount(self) -> None:
        if self.shown:
            self.view.show(self.shown, self.position)

    @property
    def view(self) -> ArticleView:
        return self.query_one(ArticleView)

    def on_article_view_moved(self, message: ArticleView.Moved) -> None:
        self.moves.append((message.offset, message.share))

    def on_article_view_link_clicked(self, message: ArticleView.LinkClicked) -> None:
        self.links.append(message.address)

    def rows(self) -> list[str]:
        """Return the text on the page, without the pointer."""
        return [row.replace(POINTER, " ").rstrip() for row in self.drawn()]

    def drawn(self) -> list[str]:
        return [self.view.render_line(y).text for y in range(self.view.size.height)]


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    for _ in range(500):
        if condition():
            return
        await pilot.pause(0.01)
    raise AssertionError("the condition did not come true")


async def test_the_page_begins_with_headline_byline_and_date():
    app = Reader(page("Body.", images=(Image(caption="At the gate", credit="Jo Doe"),)))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        assert app.rows()[:9] == [
            "   Harbour Strike Enters Third Week",
            "",
            "   Jane Roe, AFP\xa0· news.example.org",
            "   Thursday, 4 March 2021\xa0· 3 min\xa0· #harbour",
            "",
            "   ▣ At the gate\xa0· Jo Doe",
            "",
            "   Body.",
            "",
        ]


async def test_the_column_is_centred_and_its_width_can_be_set():
    app = Reader(page())
    async with app.run_test(size=(121, 20)) as pilot:
        await pilot.pause()
        assert app.rows()[0].index("H") == 24
        app.view.narrow()
        await pilot.pause()
        assert app.view.measure == 68
        assert max(map(cell_len, app.rows())) <= 26 + 68
        for _ in range(30):
            app.view.widen()
        await pilot.pause()
        assert app.view.measure == 116
        assert 100 < max(map(cell_len, app.rows())) <= 118


async def test_the_same_words_stay_on_top_at_any_width():
    app = Reader(page())
    async with app.run_test(size=(80, 24)) as pilot:
        offset = app.view.page.document.text.index("Paragraph 30")
        app.view.go_to(offset)
        await pilot.pause()
        assert "Paragraph 30" in app.rows()[0]
        for width in (30, 120, 7, 80, 43, 80):
            await pilot.resize_terminal(width, 24)
            await pilot.pause()
            if width >= 30:
                assert "Paragraph 30" in app.rows()[0]
        assert app.view.reading_offset == offset


async def test_an_article_opens_where_it_was_left():
    text = parse_document(PROSE).text
    app = Reader(page(), text.index("speaker number 20"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "speaker number 20" in " ".join(app.rows()[:2])
        app.view.show(page("Another."))
        await pilot.pause()
        assert app.view.scroll_offset.y == 0


async def test_moving_reports_the_offset_and_the_percentage():
    app = Reader(page())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.moves[-1][0] == 0
        app.view.moves.end()
        await pilot.pause()
        assert app.moves[-1][1] == 1.0 == app.view.share
        assert app.moves[-1][0] == app.view.reading_offset > 0
        count = len(app.moves)
        for _ in range(20):
            app.view.moves.line_up()
        await pilot.pause()
        assert len(app.moves) < count + 20
        assert app.moves[-1][0] == app.view.reading_offset


async def test_movements_by_line_page_paragraph_and_heading():
    body = PROSE.replace("Paragraph 20", "## First\n\nParagraph 20").replace(
        "Paragraph 40", "## Second\n\nParagraph 40"
    )
    app = Reader(page(body))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.view

        def top() -> str:
            return app.rows()[0].strip()

        view.moves.next_paragraph()
        assert top().startswith("Paragraph 0 ")
        view.moves.next_paragraph(3)
        assert top().startswith("Paragraph 3 ")
        view.moves.line_down()
        view.moves.previous_paragraph()
        assert top().startswith("Paragraph 3 ")
        view.moves.next_heading(2)
        assert top() == "Second"
        view.moves.previous_heading()
        assert top() == "First"
        y = view.scroll_offset.y
        view.moves.page_down()
        assert view.scroll_offset.y == y + 23
        view.moves.half_page_up()
        assert view.scroll_offset.y == y + 11
        view.moves.home()
        assert view.scroll_offset.y == 0
        view.moves.previous_paragraph()
        assert view.scroll_offset.y == 0


async def test_annotated_lines_have_a_mark_in_the_margin_and_their_note_below():
    body = "The union said no.\n\nThe operator said nothing at all.\n\nThe end."
    notes = [
        annotation(AnnotationKind.NOTE, body, "union", text="Compare **this**."),
        annotation(AnnotationKind.HIGHLIGHT, body, "nothing", colour="green"),
        annotation(AnnotationKind.BOOKMARK, body, "end"),
    ]
    app = Reader(page(body, *notes))
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.pause()
        rows = app.rows()[5:]
        assert rows[:9] == [
            " ✎ The union said no.",
            "   │ your note, 8 March",
            "   │ Compare this.",
            "",
            " ┃ The operator said nothing at all.",
            "",
            " ★ The end.",
            "",
            "",
        ]
        strip = app.view.render_line(9)
        (style,) = [segment.style for segment in strip if segment.text == "nothing"]
        (plain,) = [segment.style for segment in strip if segment.text == "The operator said "]
        assert style.bgcolor != plain.bgcolor


async def test_notes_without_a_passage_are_under_a_rule_at_the_end():
    body = "The union said no."
    notes = [
        annotation(AnnotationKind.NOTE, body, text="On it all."),
        annotation(AnnotationKind.NOTE, body, "gone words", text="Lost?", orphan=True),
    ]
    app = Reader(page(body, *notes))
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.pause()
        rows = [row.strip() for row in app.rows()[6:]]
        assert rows[1].startswith("Notes ───")
        assert rows[3:5] == ["│ your note, 8 March", "│ On it all."]
        assert rows[6:9] == [
            "? │ your note, 8 March",
            "│ orphaned, no longer in the text: “gone words”",
            "│ Lost?",
        ]


async def test_other_annotations_are_shown_without_moving_the_page():
    app = Reader(page())
    async with app.run_test(size=(80, 24)) as pilot:
        offset = app.view.page.document.text.index("Paragraph 30")
        app.view.go_to(offset)
        await pilot.pause()
        note = annotation(AnnotationKind.NOTE, PROSE, "Paragraph 2 ", text="A note.\n\nIn two.")
        app.view.update(page(PROSE, note))
        await pilot.pause()
        assert app.view.reading_offset == offset
        assert "Paragraph 30" in app.rows()[0]


async def test_marked_words_are_marked_and_scrolled_into_view():
    start = parse_document(PROSE).text.index("speaker number 30")
    app = Reader(page(marks=(Mark(start, start + 17, "match"),)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.view.bring_into_view(start, start + 1)
        assert "speaker number 30 " in app.rows()[8]
        assert "speaker number 30" in [segment.text for segment in app.view.render_line(8)]
        app.view.bring_into_view(start + 20, start + 21)
        assert "speaker number 30 " in app.rows()[8]


async def test_a_clicked_link_is_reported():
    app = Reader(page("See [the figures](https://example.org/f) now."))
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.pause()
        await pilot.click(ArticleView, offset=(9, 5))
        await pilot.click(ArticleView, offset=(4, 5))
        await pilot.pause()
        assert app.links == ["https://example.org/f"]


async def test_words_selected_with_the_mouse_are_those_of_the_text():
    app = Reader(page("One two three four five six seven eight nine ten eleven twelve.\n\nMore."))
    async with app.run_test(size=(45, 24)) as pilot:
        await pilot.pause()
        await pilot.mouse_down(ArticleView, offset=(7, 6))
        await pilot.hover(ArticleView, offset=(5, 7))
        await pilot.mouse_up(ArticleView, offset=(5, 7))
        await pilot.pause()
        text = app.view.page.document.text
        start, end = app.view.selection.span()
        assert app.screen.get_selected_text() == text[start:end]
        assert "\n" not in text[start:end]
        assert text[start:end].startswith("two three")


MIXED = (
    "It isn’t 1,200 tonnes, the union said, and more words follow here.\n\n"
    "בנמל הצפוני שובתים.\n\n港口工人投票。"
)


def cell(app: Reader, words: str, index: int = 0) -> tuple[int, int]:
    """Return the cell and line of a character of ``words`` on the page."""
    y, row = next((y, row) for y, row in enumerate(app.drawn()) if words in row)
    return cell_len(row[: row.index(words) + index]), y


@pytest.mark.parametrize(
    ("start", "end", "selected"),
    [
        (("isn’t", 2), ("1,200", 1), "isn’t 1,200"),
        (("1,200", 2), ("isn’t", 4), "isn’t 1,200"),
        (("It", 2), ("union", 2), "isn’t 1,200 tonnes, the union"),
        (("Strike", 2), ("Strike", 3), "ri"),
        (("בנמל", 2), ("הצפוני", 1), "בנמל הצפוני"),
        (("港口", 1), ("投票", 1), "口工人投票"),
    ],
)
async def test_a_dragged_selection_ends_at_the_ends_of_words(start, end, selected):
    app = Reader(page(MIXED))
    async with app.run_test(size=(45, 24)) as pilot:
        await pilot.pause()
        await pilot.mouse_down(ArticleView, offset=cell(app, *start))
        await pilot.hover(ArticleView, offset=cell(app, *end))
        await pilot.mouse_up(ArticleView, offset=cell(app, *end))
        await pilot.pause()
        assert app.screen.get_selected_text() == selected


async def test_two_clicks_select_a_word_and_three_a_paragraph():
    app = Reader(page(MIXED))
    async with app.run_test(size=(45, 24)) as pilot:
        await pilot.pause()
        for words, times, selected in (
            (("isn’t", 3), 2, "isn’t"),
            (("union", 1), 3, MIXED[: MIXED.index("\n")]),
            (("הצפוני", 2), 2, "הצפוני"),
            (("Strike", 2), 2, "Strike"),
            (("Strike", 2), 3, "Harbour Strike Enters Third Week"),
        ):
            await pilot.click(ArticleView, offset=cell(app, *words), times=times)
            await pilot.pause()
            assert app.screen.get_selected_text() == selected


async def test_a_short_first_paragraph_is_set_apart_as_the_lead():
    for body, is_lead in (
        ("Lead.\n\nOne.\n\nTwo.", True),
        ("Lead.\n\nOne.", False),
        ("- Lead.\n\nOne.\n\nTwo.", False),
    ):
        app = Reader(page(body))
        async with app.run_test(size=(60, 24)) as pilot:
            await pilot.pause()
            (style,) = [segment.style for segment in app.view.render_line(5) if "Lead." in segment.text]
            assert bool(style.italic) == is_lead


WIDE_TABLE = (
    "Before.\n\n| year | containerslanded | containersshipped | remarks |\n|--|--|--|--|\n"
    "| 2019 | 120,000 | 119,500 | quiet 港口 |\n\nAfter."
)


async def test_a_wide_table_keeps_its_columns_and_scrolls_sideways():
    app = Reader(replace(page(WIDE_TABLE), setting=Setting(wide_tables=True)))
    async with app.run_test(size=(45, 24)) as pilot:
        await pilot.pause()
        before, _, header, rule, row, *_ = app.rows()[6:]
        assert header == "   year  containerslanded  containersshipp ›"
        assert rule == "   " + "─" * 39 + " ›"
        assert row == "   2019  120,000           119,500         ›"
        assert not app.view.lines.shift_columns(-1)
        while app.view.lines.shift_columns(1):
            pass
        assert app.rows()[6] == before == "   Before."
        assert app.rows()[8] == "  ‹rslanded  containersshipped  remarks"
        assert app.rows()[10].endswith("quiet 港口")
        while app.view.lines.shift_columns(-1):
            pass
        assert app.rows()[8] == header


async def test_without_a_wide_table_in_view_nothing_is_seen_sideways():
    app = Reader(replace(page(), setting=Setting(wide_tables=True)))
    async with app.run_test(size=(45, 24)) as pilot:
        await pilot.pause()
        assert not app.view.lines.shift_columns(1)


async def test_the_hyphens_of_divided_words_are_not_copied():
    body = "Considerations considerations considerations considerations."
    setting = Setting(justified=True, hyphenator=lambda word: range(2, len(word) - 2))
    app = Reader(replace(page(body), setting=setting))
    async with app.run_test(size=(45, 24)) as pilot:
        await pilot.pause()
        first = next(y for y, row in enumerate(app.rows()) if "Considerations" in row)
        assert app.rows()[first].endswith("-")
        await pilot.mouse_down(ArticleView, offset=(3, first))
        await pilot.hover(ArticleView, offset=(12, first + 1))
        await pilot.mouse_up(ArticleView, offset=(12, first + 1))
        await pilot.pause()
        selected = app.screen.get_selected_text()
        assert body.startswith(selected) and len(selected) > 40


async def test_the_page_can_be_set_otherwise_without_moving():
    app = Reader(page())
    async with app.run_test(size=(60, 24)) as pilot:
        offset = app.view.page.document.text.index("Paragraph 30")
        app.view.go_to(offset)
        await pilot.pause()
        app.view.update(replace(page(), setting=Setting(justified=True)))
        await pilot.pause()
        assert app.view.reading_offset == offset
        assert "Paragraph 30" in app.rows()[0].replace("  ", " ")
        assert len(app.rows()[0]) == len(app.rows()[1]) == 57


async def test_a_long_article_is_at_its_position_before_it_is_fully_laid_out():
    body = "word " * 300_000 + "\n\n" + PROSE
    document = parse_document(body)
    place = document.text.index("Paragraph 30 ")
    app = Reader()
    async with app.run_test(size=(80, 24)) as pilot:
        app.view.show(replace(page(""), document=document), place)
        assert "Paragraph 30 " in app.rows()[0] and not app.moves
        await until(pilot, lambda: bool(app.moves))
        assert app.view.reading_offset == place
        assert app.view.scroll_offset.y > 20_000


async def test_the_work_on_a_long_article_is_not_described_by_all_of_its_words(
    monkeypatch: pytest.MonkeyPatch,
):
    app = Reader(page())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        made: list[Worker[object]] = []
        run, view = app.view.run_worker, app.view
        monkeypatch.setattr(view, "run_worker", lambda *work, **how: made.append(run(*work, **how)))
        view.show(page("word " * LONG_TEXT))
        assert [len(worker.description) < 200 for worker in made] == [True]


@pytest.mark.parametrize("move", ["home", "end"])
async def test_a_move_to_an_end_holds_when_the_whole_article_comes(move: str):
    body = PROSE * 20
    document = parse_document(body)
    app = Reader()
    async with app.run_test(size=(80, 24)) as pilot:
        app.view.show(replace(page(""), document=document), len(document.text) // 2)
        getattr(app.view.moves, move)()
        await until(pilot, lambda: bool(app.moves))
        assert app.view.scroll_offset.y == (0 if move == "home" else app.view.max_scroll_y)


async def test_notes_on_words_that_are_not_laid_out_yet_are_not_shown():
    body = PROSE * 20
    document = parse_document(body)
    later = annotation(AnnotationKind.NOTE, body, "number 59", text="Much later.")
    earlier = annotation(AnnotationKind.NOTE, body, "number 1 ", text="Much earlier.")
    app = Reader(replace(page(PROSE[:3000], later), complete=False))
    async with app.run_test(size=(80, 150)) as pilot:
        await pilot.pause()
        assert not any("Much later" in row for row in app.rows())
        place = document.text.index("Paragraph 30 ", len(document.text) // 2)
        app.view.show(replace(page(""), document=document, annotations=(earlier,)), place)
        assert not any("Much earlier" in row for row in app.rows())


async def test_an_incomplete_article_reports_no_position():
    app = Reader(replace(page(), complete=False))
    async with app.run_test(size=(80, 24)) as pilot:
        app.view.moves.page_down()
        await pilot.pause()
        assert not app.moves
        place = app.view.reading_offset
        app.view.update(page(PROSE + PROSE))
        await pilot.pause()
        assert app.view.reading_offset == place == app.moves[-1][0]


async def test_a_long_article_is_laid_out_beside_the_event_loop():
    body = PROSE * (LONG_TEXT // len(PROSE) + 2)
    last = len(parse_document(body).text) - 10
    app = Reader(page(body), last)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: bool(app.moves))
        assert app.moves[0][1] == 1.0
        assert app.view.reading_offset > last - 3000
        await pilot.resize_terminal(60, 24)
        await until(pilot, lambda: app.view.share == 1.0 and app.moves[-1][0] > last - 3000)


HOSTILE = [
    "a [/] b",
    "[@click=app.quit]x[/]",
    "[bold]b",
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "\x9b31m\x90q\x9c",
    "a\u202eb\u2066c\u200fd",
    "\x00\x08\x7f\x0b\r",
    "]]>&#x202e;&#27;&#x9b;",
]


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
async def test_hostile_text_is_shown_as_text(hostile: str):
    image = Image(caption=hostile, credit=hostile, alt=hostile)
    note = annotation(AnnotationKind.NOTE, "x", text=hostile)
    orphan = annotation(AnnotationKind.NOTE, "x", hostile, text=hostile, orphan=True)
    fields = {
        "authors": (hostile,),
        "agency": hostile,
        "source": hostile,
        "tags": (hostile,),
        "images": (image,),
    }
    shown = page(
        f"# {hostile}\n\n{hostile}\n\n    {hostile}\n\n| {hostile} | b |\n|--|--|\n",
        note,
        orphan,
        title=hostile,
        **fields,
    )
    app = Reader(shown)
    async with app.run_test(size=(50, 60)) as pilot:
        await pilot.pause()
        app.view.update(
            Page(
                article=shown.article,
                document=shown.document,
                annotations=(note, orphan),
                marks=(Mark(0, 3, "match"),),
            )
        )
        await pilot.pause()
        for y in range(60):
            text = app.view.render_line(y).text
            assert not [char for char in text if unicodedata.category(char) in {"Cc", "Cf", "Cs"}]


async def test_a_document_that_was_not_cleaned_is_cleaned_when_it_is_drawn():
    raw = Page(article=article(), document=plain_document("a\x1b[31mred\x9b31m\u202eb"))
    app = Reader(raw)
    async with app.run_test(size=(50, 20)) as pilot:
        await pilot.pause()
        assert "aredb" in app.rows()[5]


@pytest.mark.parametrize("size", [(1, 1), (2, 1), (4, 4), (40, 10)])
async def test_nothing_breaks_in_a_tiny_terminal(size: tuple[int, int]):
    body = "# Head\n\n" + PROSE[:500] + "\n\n| a | b |\n|--|--|\n| c | d |\n\n> - 字 👨‍👩‍👧\n\n```\ncode\n```"
    note = annotation(AnnotationKind.NOTE, body, "dock workers", text="Note.")
    app = Reader(page(body, note))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.resize_terminal(*size)
        await pilot.pause()
        view = app.view
        for move in (
            view.moves.line_down,
            view.moves.page_down,
            view.moves.next_paragraph,
            view.moves.next_heading,
            view.moves.end,
            lambda: view.pointer.step_annotation(1),
            view.widen,
            view.moves.home,
        ):
            move()
            await pilot.pause()
        assert all(cell_len(row) <= size[0] for row in app.rows())


async def test_an_empty_article_and_no_article():
    app = Reader()
    async with app.run_test(size=(60, 24)) as pilot:
        for show in (lambda: None, lambda: app.view.show(page("", title="", authors=(), source=""))):
            show()
            await pilot.pause()
            app.view.pointer.step_annotation(1)
            for move in ("page_down", "next_paragraph", "previous_heading", "end"):
                getattr(app.view.moves, move)()
        assert app.view.share == 1.0
        app.view.clear()
        await pilot.pause()
        assert not "".join(app.rows())
        app.view.styles.display = "none"
        await pilot.pause()
        app.view.show(page())
        app.view.styles.display = "block"
        await pilot.pause()
        assert "Harbour" in app.rows()[0]


async def test_a_pane_without_width_or_height_holds_its_page():
    app = Reader(page())
    async with app.run_test(size=(60, 24)) as pilot:
        for width, height in ((0, 24), (60, 0), (0, 0)):
            app.view.styles.width, app.view.styles.height = width, height
            app.view.styles.min_width = 0
            await pilot.pause()
            app.view.moves.page_down()
        app.view.styles.width, app.view.styles.height = 60, 24
        await pilot.pause()
        assert len("".join(app.rows())) > 100


async def test_headline_lead_heading_and_tags_differ_from_the_text_and_from_each_other():
    app = Reader(page("Lead.\n\n## Empty quays\n\nOne.\n\nTwo."))
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.pause()
        drawn = [segment for row in range(14) for segment in app.view.render_line(row)]
        looks = {}
        for words in ("Harbour Strike", "3 min", "#harbour", "Lead.", "Empty quays", "One."):
            (segment,) = [one for one in drawn if words in one.text]
            looks[words] = (segment.style.color, segment.style.bold, segment.style.italic)
        assert len(set(looks.values())) == len(looks)
