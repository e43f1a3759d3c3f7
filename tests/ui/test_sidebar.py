"""The sidebar: counts under the filter, moving between sections, and finding entries."""

from __future__ import annotations

import pytest

from tuireader.commands import Context
from tuireader.reader.sidebar.entries import AUTHORS
from tuireader.reader.sidebar.tree import entry_pieces

OTTERS, TRAM, BATS = "Otters return to the canal", "Council votes on the tram", "Bats follow the tram wires"


def entry(desk, key: str):
    """Return the entry ``key``."""

    def look(entries):
        for one in entries:
            yield one
            yield from look(one.children)

    return next((one for one in look(desk.screen.sidebar.entries.rows.entries) if one.key == key), None)


def count(desk, key: str) -> int | None:
    found = entry(desk, key)
    return found.count if found else None


async def test_counts_are_those_under_the_filter_and_zeros_are_dim(reader):
    async with reader(size=(200, 60)) as desk:
        await desk.until(lambda: count(desk, "tag:city") == 3)
        await desk.filter("harbour")
        await desk.until(lambda: count(desk, "tag:city") == 0)
        assert [count(desk, key) for key in ("all", "unread", "tag:work", "tag:science", "date:2021")] == [
            7, 3, 2, 1, 2,
        ]  # fmt: skip
        assert count(desk, "date:2015") == 0
        row = next(r for r in range(desk.screen.sidebar.entries.row_count) if "2015" in line(desk, r))
        styles = {name for _, name in pieces(desk, row)}
        assert "sidebar--zero" in styles and "sidebar--label" in styles


def line(desk, row: int) -> str:
    return "".join(strip.text for strip in desk.screen.sidebar.entries.draw_row(row, 27))


def pieces(desk, row: int):
    entry = desk.screen.sidebar.entries.rows.entry_at(row)
    return entry_pieces(entry, 1, 26, is_open=True, active=False)


async def test_a_tag_counts_instead_of_the_chosen_one(reader):
    async with reader(size=(200, 60)) as desk:
        await desk.filter("tag:city")
        await desk.until(lambda: count(desk, "unread") == 3)
        for key in ("tag:harbour", "tag:city"):
            assert count(desk, key) == len(desk.library.search.ids(key))
        desk.screen.sidebar.entries.go_to("tag:harbour")
        desk.screen.sidebar.entries.action_pick()
        await desk.rest()
        assert desk.screen.listing.query_text == "tag:harbour"
        assert len(desk.titles) == count(desk, "tag:harbour")


async def test_choosing_an_entry_keeps_alternatives(reader):
    async with reader(size=(200, 60)) as desk:
        await desk.filter("otters OR tram")
        await desk.until(lambda: count(desk, "date:2015") == 1)
        desk.screen.sidebar.entries.go_to("date:2015")
        desk.screen.sidebar.entries.action_pick()
        await desk.rest()
        assert desk.titles == [BATS]


async def test_sources_and_authors_have_their_sections(reader):
    async with reader(size=(200, 60)) as desk:
        await desk.until(lambda: count(desk, "source:news.example.org") == 7)
        assert entry(desk, AUTHORS).is_late
        await desk.press("h")
        desk.screen.sidebar.entries.go_to(AUTHORS)
        await desk.press("l")
        await desk.until(lambda: count(desk, "author:Jane Roe") == 7)
        await desk.press("l", "enter")
        assert desk.screen.listing.query_text == 'author:"Jane Roe"'
        assert len(desk.titles) == 7


async def test_brackets_go_from_section_to_section(reader):
    async with reader(size=(200, 60)) as desk:
        await desk.press("h")
        await desk.until(lambda: entry(desk, "tags"))
        seen = []
        for _ in range(5):
            seen.append(desk.screen.sidebar.entries.cursor_key)
            await desk.press("]", "]")
        assert seen == ["all", "tags", "sources", "authors", "dates"]
        await desk.press("j", "[", "[")
        assert desk.screen.sidebar.entries.cursor_key == "dates"
        for _ in range(9):
            await desk.press("[", "[")
        assert desk.screen.sidebar.entries.cursor_key == "all"


@pytest.mark.parametrize("size", [(60, 20), (120, 40), (200, 60)])
async def test_an_entry_is_found_by_part_of_its_name_and_enter_lists_it(reader, size):
    async with reader(size=size) as desk:
        await desk.until(lambda: entry(desk, "tag:science"))
        await desk.press("h", "f", *"SCI")
        assert desk.screen.context is Context.SIDEBAR_LINE
        assert desk.screen.sidebar.entries.cursor_key == "tag:science"
        assert "harbour" not in "".join(line(desk, r) for r in range(desk.screen.sidebar.entries.row_count))
        await desk.press("enter")
        assert desk.screen.listing.query_text == "tag:science"
        assert desk.screen.context is Context.LIST
        assert "list" in desk.panes()
        assert desk.screen.sidebar.entries.row_count > 6


async def test_an_author_is_found_that_was_not_counted_yet(reader):
    async with reader(size=(200, 60)) as desk:
        await desk.press("h", "f", *"roe")
        await desk.until(
            lambda: (
                desk.screen.sidebar.entries.cursor_key == "author:Jane Roe" or entry(desk, "author:Jane Roe")
            )
        )
        await desk.press("down", "enter")
        await desk.until(lambda: desk.screen.listing.query_text == 'author:"Jane Roe"')


async def test_escape_shows_the_whole_sidebar_again(reader):
    async with reader(size=(120, 40)) as desk:
        await desk.until(lambda: entry(desk, "tag:science"))
        await desk.press("h")
        rows = desk.screen.sidebar.entries.row_count
        await desk.press("f", *"nothing has this")
        assert "No matches" in desk.text
        await desk.press("escape")
        assert desk.screen.sidebar.entries.row_count == rows
        assert desk.screen.context is Context.SIDEBAR


async def test_a_click_on_another_pane_ends_the_search_in_the_sidebar(reader):
    async with reader(size=(200, 60)) as desk:
        await desk.until(lambda: entry(desk, "tag:science"))
        await desk.press("h", "f", *"sci")
        await desk.pilot.click("#list", offset=(10, 3))
        await desk.rest()
        assert desk.screen.context is Context.LIST
        assert desk.screen.sidebar.entries.row_count > 6
