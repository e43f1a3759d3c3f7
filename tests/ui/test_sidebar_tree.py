"""The tree of the sidebar, and how a user works with it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult

from library.models import DayCount, TagCount
from library.query.parser import parse_query
from tuireader.events import TermPicked
from tuireader.reader.sidebar.entries import Entry, build_entries, tag_query
from tuireader.reader.sidebar.tree import SidebarTree

TODAY = date(2026, 11, 22)
TAGS = [
    TagCount("energy", 31),
    TagCount("world/europe", 42),
    TagCount("world/asia", 7),
    TagCount("a b", 3),
    TagCount("City", 12),
]
DAYS = [
    DayCount(date(2020, 10, 22), 2),
    DayCount(date(2021, 3, 4), 5),
    DayCount(date(2021, 3, 1), 1),
    DayCount(date(2021, 12, 31), 4),
    DayCount(None, 6),
]
VIEWS = {
    "all": 1284,
    "unread": 310,
    "started": 4,
    "bookmarked": 24,
    "noted": 17,
    "doubtful": 5,
    "trashed": 3,
}


def tree(**changes: object) -> tuple[Entry, ...]:
    values = {"tags": TAGS, "days": DAYS, "views": VIEWS} | changes
    return build_entries(**values)  # type: ignore[arg-type]


def section(entries: tuple[Entry, ...], key: str) -> tuple[Entry, ...]:
    return next(entry.children for entry in entries if entry.key == key)


def everything(entries: tuple[Entry, ...]) -> list[Entry]:
    return [one for entry in entries for one in (entry, *everything(entry.children))]


def test_the_views_come_first_with_their_counts():
    views = [(entry.label, entry.query, entry.count) for entry in tree()[:7]]
    assert views == [
        ("All", "", 1284),
        ("Unread", "is:unread", 310),
        ("Continue reading", "is:started", 4),
        ("Bookmarks", "is:bookmarked", 24),
        ("Notes", "has:note", 17),
        ("Needs a look", "is:doubtful", 5),
        ("Trash", "is:trashed", 3),
    ]


def test_tags_are_in_order_and_families_are_trees():
    tags = section(tree(), "tags")
    assert [tag.label for tag in tags] == ["a b", "City", "energy", "world"]
    world = tags[-1]
    assert (world.query, world.count) == ("tag:world/*", None)
    assert [(one.label, one.query, one.count) for one in world.children] == [
        ("asia", "tag:world/asia", 7),
        ("europe", "tag:world/europe", 42),
    ]


def test_the_count_of_a_family_is_shown_where_it_is_given():
    world = section(tree(tags=[*TAGS, TagCount("world", 5), TagCount("world/*", 51)]), "tags")[-1]
    assert (world.query, world.count) == ("tag:world/*", 51)


def test_years_hold_months_and_months_hold_days_newest_first():
    years = section(tree(), "dates")
    assert [(one.label, one.query, one.count) for one in years] == [
        ("2021", "date:2021", 10),
        ("2020", "date:2020", 2),
        ("undated", "date:none", 6),
    ]
    months = years[0].children
    assert [(one.label, one.query, one.count) for one in months] == [
        ("December", "date:2021-12", 4),
        ("March", "date:2021-03", 6),
    ]
    assert [(one.label, one.query, one.count) for one in months[1].children] == [
        (" 4 Thu", "date:2021-03-04", 5),
        (" 1 Mon", "date:2021-03-01", 1),
    ]


def test_empty_sections_are_left_out():
    assert [entry.key for entry in tree(tags=[], days=[])] == [
        "all",
        "unread",
        "started",
        "bookmarked",
        "noted",
        "doubtful",
        "trashed",
    ]


def test_every_key_is_there_once_and_every_query_is_understood():
    tags = [
        TagCount(name, 1) for name in ["x/", "/y", "a//b", "none", "a,b", "x*", "or", "a (b)", "港湾", "c++"]
    ]
    entries = everything(tree(tags=[*TAGS, *tags]))
    assert len({entry.key for entry in entries}) == len(entries)
    for entry in entries:
        if entry.query is not None:
            parse_query(entry.query, TODAY)


@pytest.mark.parametrize(
    ("tag", "query"),
    [
        ("eu", "tag:eu"),
        ("world/europe", "tag:world/europe"),
        ("a b", 'tag:"a b"'),
        ("none", 'tag:"none"'),
        ("a,b", 'tag:"a,b"'),
        ("-x", 'tag:"-x"'),
        ("港湾", "tag:港湾"),
    ],
)
def test_tags_that_are_no_plain_words_are_quoted(tag: str, query: str):
    assert tag_query(tag) == query


@given(st.lists(st.tuples(st.text(alphabet="ab/", min_size=1, max_size=6), st.integers(1, 9)), max_size=12))
def test_every_tag_is_in_the_tree_with_its_count_whatever_its_slashes(pairs: list[tuple[str, int]]):
    counts = dict(pairs)
    entries = everything(build_entries([TagCount(*pair) for pair in counts.items()], [], VIEWS))
    keys = [entry.key for entry in entries]
    assert len(set(keys)) == len(keys)
    assert {f"tag:{tag}" for tag in counts} <= set(keys)


class Face(App[None]):
    """An app with only the sidebar."""

    CSS = "SidebarTree { width: 30; height: 1fr; }"

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        super().__init__()
        self.entries = SidebarTree()
        self.show(entries)
        self.picked: list[str] = []

    def show(self, entries: tuple[Entry, ...]) -> None:
        self.entries.set_rows(self.entries.rows.with_entries(entries))

    def compose(self) -> ComposeResult:
        yield self.entries

    def on_term_picked(self, message: TermPicked) -> None:
        self.picked.append(message.query)


def screen_lines(shown: SidebarTree) -> list[str]:
    return [shown.render_line(y).text for y in range(min(shown.size.height, shown.row_count))]


async def test_counts_are_in_one_column_and_sections_are_separated():
    app = Face(tree())
    async with app.run_test(size=(80, 40)):
        lines = screen_lines(app.entries)
        assert lines[0].rstrip().endswith("1,284")
        ends = {len(line.rstrip()) for line in lines if line.rstrip()[-1:].isdigit() and "20" not in line}
        assert ends == {28}
        assert lines[7].strip() == ""
        assert lines[8].strip() == "▾ Tags"
        assert all(cell_len(line) == 29 for line in lines)


async def test_choosing_an_entry_posts_its_query():
    app = Face(tree())
    async with app.run_test(size=(80, 40)) as pilot:
        app.entries.moves.down()
        app.entries.action_pick()
        app.entries.go_to("tag:a b")
        app.entries.action_pick()
        await pilot.pause()
        assert app.picked == ["is:unread", 'tag:"a b"']


async def test_the_cursor_skips_blank_lines():
    app = Face(tree())
    async with app.run_test(size=(80, 40)):
        app.entries.moves.down(6)
        assert app.entries.cursor_key == "trashed"
        app.entries.moves.down()
        assert app.entries.cursor_key == "tags"
        app.entries.moves.up()
        assert app.entries.cursor_key == "trashed"


async def test_opening_descends_to_the_days_and_closing_ascends():
    app = Face(tree())
    async with app.run_test(size=(80, 40)) as pilot:
        shown = app.entries
        shown.go_to("date:2021")
        shown.action_open()
        assert shown.cursor_key == "date:2021"
        shown.action_open()
        assert shown.cursor_key == "date:2021-12"
        shown.moves.down()
        shown.action_open()
        shown.action_open()
        assert shown.cursor_key == "date:2021-03-04"
        shown.action_open()
        await pilot.pause()
        assert app.picked == ["date:2021-03-04"]
        for key in ("date:2021-03", "date:2021-03", "date:2021", "date:2021", "dates", "dates"):
            shown.action_close()
            assert shown.cursor_key == key
        assert "2021" not in "".join(screen_lines(shown))


async def test_a_heading_opens_and_closes_instead_of_being_chosen():
    app = Face(tree())
    async with app.run_test(size=(80, 40)) as pilot:
        app.entries.go_to("tags")
        rows = app.entries.row_count
        app.entries.action_pick()
        assert app.entries.row_count == rows - 4
        app.entries.action_toggle_entry()
        assert app.entries.row_count == rows
        await pilot.pause()
        assert app.picked == []


async def test_expanded_entries_and_the_cursor_survive_new_counts():
    app = Face(tree())
    async with app.run_test(size=(80, 40)):
        app.entries.go_to("date:2021-03-01")
        app.show(tree(tags=[TagCount("aa", 1), *TAGS], days=[DayCount(date(2026, 1, 1), 1), *DAYS]))
        assert app.entries.cursor_key == "date:2021-03-01"
        app.show(tree(days=[]))
        assert app.entries.cursor_key is not None
        app.show(())
        assert app.entries.cursor_key is None
        app.entries.action_pick()


async def test_a_hidden_entry_can_be_reached():
    app = Face(tree())
    async with app.run_test(size=(80, 10)) as pilot:
        assert app.entries.go_to("date:2020-10-22")
        await pilot.pause()
        assert app.entries.cursor_key == "date:2020-10-22"
        assert any("22 Thu" in app.entries.render_line(y).text for y in range(10))
        assert not app.entries.go_to("tag:nowhere")


async def test_the_listed_entry_is_marked_by_a_glyph():
    app = Face(tree())
    async with app.run_test(size=(80, 40)):
        app.entries.set_active(frozenset({"is:unread"}))
        marked = [line for line in screen_lines(app.entries) if "◆" in line]
        assert len(marked) == 1
        assert "Unread" in marked[0]


async def test_a_click_puts_the_cursor_there_and_a_second_one_picks():
    app = Face(tree())
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.click(SidebarTree, offset=(5, 3))
        assert app.entries.cursor_key == "bookmarked"
        await pilot.click(SidebarTree, offset=(5, 3))
        assert app.picked == ["is:bookmarked"]
        await pilot.click(SidebarTree, offset=(5, 39))
        assert app.picked == ["is:bookmarked"]


async def test_long_and_hostile_labels_stay_in_their_line():
    names = ["x" * 200, "a [/] \x1b[31mb", "港湾" * 40, "ميناء"]
    app = Face(tree(tags=[TagCount(name, 1284) for name in names]))
    async with app.run_test(size=(80, 40)):
        lines = screen_lines(app.entries)
        assert all(cell_len(line) == 29 for line in lines)
        assert not any("\x1b" in line for line in lines)
        assert sum("…" in line for line in lines) == 2
        assert next(line for line in lines if "ميناء" in line).split() == ["1,284", "ميناء"]


@pytest.mark.parametrize("size", [(1, 1), (4, 4), (20, 3)])
async def test_no_terminal_is_too_small(size: tuple[int, int]):
    app = Face(tree())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.resize_terminal(*size)
        app.entries.styles.width = size[0]
        await pilot.pause()
        app.entries.moves.last()
        app.entries.action_close()
        await pilot.pause()
        assert app.entries.cursor_key is not None
