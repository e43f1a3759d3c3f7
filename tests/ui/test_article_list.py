"""The article list, and how a user works with it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from library.models import Article, State
from tuireader.colours import DARK, LIGHT
from tuireader.themes import register_themes
from tuireader.widgets.article_list.actions import ArticleListActions
from tuireader.widgets.article_list.painting import Notice
from tuireader.widgets.article_list.view import ArticleList

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


class Shelf:
    """Articles built on lookup, and a record of the lookups."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.changed: dict[str, Article | None] = {}

    def lookup(self, article_id: str) -> Article | None:
        self.asked[article_id] += 1
        article = Article(id=article_id, title=f"Headline {article_id}", source="news.example.org", added=NOW)
        return self.changed.get(article_id, article)

    def is_unread(self, article_id: str) -> bool:
        article = self.changed.get(article_id)
        return article_id not in self.changed or (article is not None and article.state.read is None)

    def mark_read(self, *ids: str) -> None:
        for article_id in ids:
            self.changed[article_id] = replace(self.lookup(article_id), state=State(read=NOW))


class Face(App[None]):
    """The list alone, filling the screen, with a record of its messages."""

    def __init__(self, ids: list[str], shelf: Shelf | None = None) -> None:
        super().__init__()
        self.shelf = shelf or Shelf()
        self.list = ArticleList(
            lookup=self.shelf.lookup,
            is_unread=self.shelf.is_unread,
            note_count=lambda _: 0,
            today=lambda: date(2026, 11, 22),
        )
        self.list.set_ids(ids)
        self.actions = ArticleListActions(self.list)
        self.highlighted: list[str | None] = []
        self.opened: list[str] = []
        self.selected: list[int] = []

    def compose(self) -> ComposeResult:
        yield self.list

    def on_article_list_highlighted(self, message: ArticleList.Highlighted) -> None:
        self.highlighted.append(message.article_id)

    def on_article_list_opened(self, message: ArticleList.Opened) -> None:
        self.opened.append(message.article_id)

    def on_article_list_selection_changed(self, message: ArticleList.SelectionChanged) -> None:
        self.selected.append(len(message.selected))


def ids(count: int) -> list[str]:
    return [f"a{number}" for number in range(count)]


def screen_lines(article_list: ArticleList) -> list[str]:
    return [article_list.render_line(y).text for y in range(article_list.size.height)]


def assert_cursor_visible(article_list: ArticleList) -> None:
    assert article_list.cursor_id is not None
    shown = [line for line in screen_lines(article_list) if f"Headline {article_list.cursor_id} " in line]
    assert len(shown) == 1
    assert shown[0][0] in "▌▏"
    assert sum(line[0] in "▌▏" for line in screen_lines(article_list)) == article_list.row_height


@pytest.mark.parametrize(("count", "size"), [(100, (80, 24)), (100_000, (80, 24)), (100_000, (120, 40))])
async def test_only_visible_articles_are_ever_looked_up(count: int, size: tuple[int, int]):
    app = Face(ids(count))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert screen_lines(app.list)[0].strip()
        assert len(app.shelf.asked) <= size[1]
        assert max(app.shelf.asked.values()) <= 4


async def test_the_end_of_a_long_list_is_reached_without_the_middle():
    app = Face(ids(100_000))
    async with app.run_test(size=(80, 24)) as pilot:
        app.list.moves.last()
        await pilot.pause()
        assert_cursor_visible(app.list)
        assert app.list.cursor_id == "a99999"
        assert len(app.shelf.asked) <= 48


async def test_a_wide_list_has_one_line_an_article_and_a_narrow_one_two():
    app = Face(ids(50))
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.list.row_height == 2
        app.list.moves.first(30)
        await pilot.resize_terminal(120, 24)
        await pilot.pause()
        assert app.list.row_height == 1
        assert_cursor_visible(app.list)
        await pilot.resize_terminal(60, 11)
        await pilot.pause()
        assert app.list.row_height == 2
        assert_cursor_visible(app.list)
        assert app.list.cursor_id == "a29"


async def test_the_cursor_moves_by_rows_halves_pages_and_ends():
    app = Face(ids(100))
    async with app.run_test(size=(80, 24)) as pilot:
        steps = [
            (lambda: app.list.moves.down(), "a1"),
            (lambda: app.list.moves.down(5), "a6"),
            (lambda: app.list.moves.up(2), "a4"),
            (lambda: app.list.moves.page_down(), "a15"),
            (lambda: app.list.moves.half_page_down(), "a20"),
            (lambda: app.list.moves.half_page_up(), "a15"),
            (lambda: app.list.moves.page_up(), "a4"),
            (lambda: app.list.moves.up(99), "a0"),
            (lambda: app.list.moves.last(), "a99"),
            (lambda: app.list.moves.down(), "a99"),
            (lambda: app.list.moves.last(50), "a49"),
            (lambda: app.list.moves.first(), "a0"),
        ]
        for step, expected in steps:
            step()
            await pilot.pause()
            assert app.list.cursor_id == expected
            assert_cursor_visible(app.list)


async def test_the_cursor_says_where_it_is_and_no_more_than_that():
    app = Face(ids(9))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert app.highlighted == ["a0"]
        app.list.moves.up()
        app.list.set_ids(ids(7))
        await pilot.pause()
        assert app.highlighted == ["a0"]
        app.list.moves.down()
        await pilot.pause()
        assert app.highlighted == ["a0", "a1"]
        app.list.set_ids([])
        await pilot.pause()
        assert app.highlighted == ["a0", "a1", None]
        assert app.list.cursor_id is None


async def test_the_cursor_stays_on_its_article_when_others_are_added_and_removed():
    app = Face(ids(20))
    async with app.run_test() as pilot:
        app.list.go_to("a10")
        app.list.set_ids(["new", *reversed(ids(20))])
        await pilot.pause()
        assert app.list.cursor_id == "a10"
        assert_cursor_visible(app.list)
        assert app.highlighted[-1] == "a10"


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (["a8", "a9", "a11", "a12"], "a11"),
        (["a8", "a9"], "a9"),
        (["a0", "a15", "a16"], "a15"),
        (["x", "y"], "x"),
    ],
)
async def test_when_its_article_is_removed_the_cursor_moves_to_the_nearest_neighbour(
    left: list[str], expected: str
):
    app = Face(ids(20))
    async with app.run_test() as pilot:
        app.list.go_to("a10")
        app.list.set_ids(left)
        await pilot.pause()
        assert app.list.cursor_id == expected
        assert app.highlighted[-1] == expected


async def test_the_caller_may_say_where_the_cursor_goes():
    app = Face(ids(20))
    async with app.run_test():
        app.list.set_ids(ids(30), keep="a25")
        assert app.list.cursor_id == "a25"
        assert not app.list.go_to("a99")
        assert app.list.cursor_id == "a25"


async def test_next_unread_skips_read_articles():
    app = Face(ids(20))
    app.shelf.mark_read("a1", "a2", "a4", "a19")
    async with app.run_test():
        app.actions.next_unread()
        assert app.list.cursor_id == "a3"
        app.actions.next_unread(2)
        assert app.list.cursor_id == "a6"
        app.list.moves.last()
        app.actions.next_unread()
        assert app.list.cursor_id == "a19"
        app.actions.previous_unread()
        assert app.list.cursor_id == "a18"


async def test_finding_the_next_unread_article_looks_up_no_article():
    shelf = Shelf()
    ids = [f"a{number}" for number in range(5000)]
    shelf.mark_read(*ids)
    app = Face(ids, shelf)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shelf.asked.clear()
        app.actions.next_unread()
        assert not shelf.asked


async def test_selecting_marks_with_a_glyph_and_moves_on():
    app = Face(ids(20))
    async with app.run_test() as pilot:
        app.actions.select()
        assert app.list.selection.ids == {"a0"}
        assert app.list.cursor_id == "a1"
        assert screen_lines(app.list)[1][1] == "✓"
        app.actions.select(3)
        assert app.list.selection.ids == {"a0", "a1", "a2", "a3"}
        app.list.moves.first()
        app.actions.select()
        assert app.list.selection.ids == {"a1", "a2", "a3"}
        app.list.set_ids(["a3", "a4"])
        assert app.list.selection.ids == {"a3"}
        app.list.selection.toggle_all()
        assert app.list.selection.ids == {"a3", "a4"}
        app.list.selection.toggle_all()
        assert app.list.selection.ids == set()
        await pilot.pause()
        assert app.selected == [1, 4, 3, 1, 2, 0]


@pytest.mark.frames
async def test_only_the_row_that_changed_is_drawn_again():
    app = Face(ids(100))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.shelf.asked.clear()
        app.shelf.mark_read("a3")
        app.shelf.asked.clear()
        app.list.refresh_rows(["a3"])
        app.list.refresh_rows(["a90"])
        app.list.refresh_rows(["unknown"])
        await pilot.pause()
        assert dict(app.shelf.asked) == {"a3": 1}
        assert screen_lines(app.list)[6].startswith(" ○ Headline a3")


async def test_a_vanished_article_leaves_a_line_that_says_so():
    app = Face(ids(3))
    app.shelf.changed["a1"] = None
    async with app.run_test():
        assert "no longer in the library" in screen_lines(app.list)[2]


async def test_a_click_moves_the_cursor_and_a_second_one_opens():
    app = Face(ids(100))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click(ArticleList, offset=(70, 5))
        assert app.list.cursor_id == "a2"
        assert app.opened == []
        await pilot.click(ArticleList, offset=(70, 4))
        assert app.opened == ["a2"]
        await pilot.click(ArticleList, offset=(70, 8), times=2)
        assert app.opened == ["a2", "a4"]


async def test_a_click_below_the_last_article_does_nothing():
    app = Face(ids(2))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click(ArticleList, offset=(10, 20))
        assert app.list.cursor_id == "a0"
        assert app.opened == []


async def test_the_wheel_scrolls_and_leaves_the_cursor():
    app = Face(ids(100))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot._post_mouse_events([_wheel_event()], ArticleList, offset=(5, 5))
        await _until(pilot, lambda: app.list.scroll_offset.y > 0)
        assert app.list.cursor_id == "a0"


def _wheel_event() -> type:
    from textual.events import MouseScrollDown

    return MouseScrollDown


async def _until(pilot: Pilot[None], condition: object) -> None:
    for _ in range(100):
        if condition():  # type: ignore[operator]
            return
        await pilot.pause(0.01)
    raise AssertionError("the awaited state did not come")


async def test_opening_asks_for_the_article_under_the_cursor():
    app = Face(ids(3))
    async with app.run_test() as pilot:
        app.list.moves.down()
        app.list.action_open()
        await pilot.pause()
        assert app.opened == ["a1"]


async def test_an_empty_list_says_why_and_what_can_be_done():
    app = Face([])
    app.list.painter.notice = Notice("Nothing matches tag:[/] \x1b[31m", ("F clears the filter",))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        text = "\n".join(screen_lines(app.list))
        assert "Nothing matches tag:[/]" in text
        assert "\x1b" not in text
        title, hint = (
            next(line for line in text.split("\n") if words in line) for words in ("Nothing", "F clears")
        )
        assert abs((len(title) - len(title.lstrip())) * 2 + len(title.strip()) - 59) <= 1
        assert "F clears the filter" in hint
        for step in (
            app.list.moves.down,
            app.list.moves.last,
            app.list.action_open,
            app.actions.select,
        ):
            step()
        await pilot.pause()
        assert app.opened == []


async def test_the_widget_binds_no_keys_of_its_own():
    app = Face(ids(99))
    async with app.run_test() as pilot:
        await pilot.press("j", "down", "pagedown", "end")
        assert app.list.cursor_id == "a0"
        assert app.list.scroll_offset.y == 0


@pytest.mark.parametrize("size", [(1, 1), (2, 1), (4, 4), (40, 10)])
@pytest.mark.parametrize("count", [0, 1, 500])
async def test_no_terminal_is_too_small(size: tuple[int, int], count: int):
    app = Face(ids(count))
    app.list.painter.notice = Notice("Nothing here", ("a hint",))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.resize_terminal(*size)
        await pilot.pause()
        app.list.moves.last()
        app.list.moves.page_up()
        await pilot.resize_terminal(120, 30)
        await pilot.pause()
        assert app.list.cursor_id is not None or count == 0


async def test_hostile_headlines_reach_the_screen_as_text():
    app = Face(ids(1))
    title = "a [/] [@click=app.quit]b\x1b]0;x\x07\x9b31m\u202e"
    app.shelf.changed["a0"] = Article(id="a0", title=title, added=NOW)
    async with app.run_test(size=(80, 24)):
        text = "".join(segment.text for y in range(24) for segment in app.list.render_line(y))
        assert "a [/] [@click=app.quit]b" in text
        assert not any(unicodedata.category(character) in {"Cc", "Cf"} for character in text)


async def test_focus_is_shown_by_the_shape_of_the_cursor():
    app = Face(ids(3))
    async with app.run_test() as pilot:
        app.list.focus()
        await pilot.pause()
        assert screen_lines(app.list)[0][0] == "▌"
        app.screen.set_focus(None)
        await pilot.pause()
        assert screen_lines(app.list)[0][0] == "▏"


async def test_a_change_of_theme_changes_the_colours():
    app = Face(ids(3))
    register_themes(app)
    app.theme = LIGHT
    async with app.run_test() as pilot:
        await pilot.pause()
        before = app.list.render_line(2)
        app.theme = DARK
        await pilot.pause()
        after = app.list.render_line(2)
        assert before.text == after.text
        assert [segment.style for segment in before] != [segment.style for segment in after]
