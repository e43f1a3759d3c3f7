"""Browsing the list, reading, and choosing entries of the sidebar."""

from __future__ import annotations

import pytest

from tuireader.commands import Context

OTTERS, TRAM, TIDE = "Otters return to the canal", "Council votes on the tram", "Long read about the tide"
ENDS, GOES_ON, BATS = "Harbour strike ends", "Harbour strike goes on", "Bats follow the tram wires"
SOUP = "Undated notes on soup"


async def test_the_newest_article_is_first_and_the_page_follows_the_cursor(reader):
    async with reader() as desk:
        assert desk.titles == [OTTERS, TRAM, TIDE, ENDS, GOES_ON, BATS, SOUP]
        assert desk.on_page == OTTERS
        await desk.press("j")
        assert desk.at_cursor == desk.on_page == TRAM
        await desk.press("up")
        assert desk.on_page == OTTERS


async def test_looking_is_not_reading_but_opening_is(reader):
    async with reader() as desk:
        await desk.press("j", "j", "k")
        assert not desk.library.search.ids("is:read")
        await desk.press("enter")
        assert desk.screen.panes.current is Context.PAGE
        assert [article.title for article in desk.on_disk().select("is:read")] == [TRAM]
        assert "○ Council" in desk.text


async def test_going_into_the_page_opens_the_article_too(reader):
    async with reader() as desk:
        await desk.press("l")
        assert [article.title for article in desk.on_disk().select("is:read")] == [OTTERS]


async def test_the_next_article_is_read_without_going_back_to_the_list(reader):
    async with reader() as desk:
        await desk.press("enter", "J", "J", "K")
        assert desk.on_page == desk.at_cursor == TRAM
        assert desk.screen.panes.current is Context.PAGE
        assert {article.title for article in desk.on_disk().select("is:read")} == {OTTERS, TRAM, TIDE}
        await desk.press("K", "K")
        assert "first article" in desk.said


async def test_the_next_unread_article_is_opened_where_one_is_reading(reader):
    async with reader() as desk:
        desk.library.articles.mark_read([desk.id_of(TRAM)])
        await desk.press("enter", "]", "u")
        assert desk.on_page == TIDE
        assert TIDE in {article.title for article in desk.on_disk().select("is:read")}
        assert desk.screen.in_view.opened_id == desk.screen.in_view.shown_id


async def test_next_unread_and_bookmarked_move_the_cursor_of_the_list(reader):
    async with reader() as desk:
        desk.library.bookmark([desk.id_of(BATS)])
        desk.library.articles.mark_read([desk.id_of(TRAM)])
        await desk.press("]", "u")
        assert desk.at_cursor == TIDE
        await desk.press("]", "b")
        assert desk.at_cursor == BATS
        await desk.press("[", "u")
        assert desk.at_cursor == GOES_ON
        assert not desk.library.search.ids("is:read title:bats")


async def test_a_count_moves_as_many_rows(reader):
    async with reader() as desk:
        await desk.press("5", "j")
        assert desk.at_cursor == BATS
        await desk.press("0", "2", "k")
        assert desk.at_cursor == ENDS
        await desk.press("G")
        assert desk.at_cursor == SOUP
        await desk.press("g", "g")
        assert desk.at_cursor == OTTERS


async def test_an_incomplete_command_is_shown_and_escape_cancels_it(reader):
    async with reader() as desk:
        await desk.press("5")
        assert desk.lines()[-1].rstrip().endswith("5")
        await desk.press("escape", "j")
        assert desk.at_cursor == TRAM


@pytest.mark.parametrize(
    ("key", "query", "name", "titles"),
    [
        ("2", "is:unread", "Unread · 2 articles", [TRAM, TIDE]),
        ("3", "is:bookmarked", "Bookmarks · 1 article", [TRAM]),
        ("4", "has:note", "Notes · 1 article", [OTTERS]),
    ],
)
async def test_the_views_are_one_key_away(reader, key, query, name, titles):
    async with reader() as desk:
        desk.library.bookmark([desk.id_of(TRAM)])
        desk.library.note(desk.id_of(OTTERS), "Look again.")
        desk.library.articles.mark_read(
            [desk.id_of(title) for title in desk.titles if title not in (TRAM, TIDE)]
        )
        await desk.press(key)
        assert (desk.screen.listing.query_text, desk.titles) == (query, titles)
        assert name in desk.lines()[0]
        await desk.press("1")
        assert len(desk.titles) == 7


async def test_the_list_can_be_sorted_and_turned_round(reader):
    async with reader() as desk:
        await desk.press("j")
        await desk.press("S")
        assert desk.titles[0] in (SOUP, BATS)
        assert desk.at_cursor == TRAM
        assert "oldest first" in desk.text
        await desk.press("s")
        assert desk.titles == sorted(desk.titles)
        assert "by headline" in desk.text
        assert desk.at_cursor == TRAM


async def test_tab_goes_round_the_panes_and_h_and_l_go_out_and_in(reader):
    async with reader(size=(160, 40)) as desk:
        went = []
        for key in ("tab", "tab", "tab", "shift+tab", "tab", "l", "h", "h"):
            await desk.press(key)
            went.append(str(desk.screen.panes.current))
            focused = {
                "list": desk.screen.articles,
                "article": desk.screen.page,
                "sidebar": desk.screen.sidebar.entries,
            }
            assert desk.app.focused is focused[went[-1]]
        assert went == ["article", "sidebar", "list", "sidebar", "list", "article", "list", "sidebar"]


async def test_a_tag_and_a_month_combine_and_are_removed_again(reader):
    async with reader(size=(160, 40)) as desk:
        tree = desk.screen.sidebar.entries
        for key, titles in (
            ("tag:harbour", [ENDS, GOES_ON]),
            ("date:2021-03-04", [GOES_ON]),
            ("date:2021-03-04", [ENDS, GOES_ON]),
            ("tag:work", [ENDS, GOES_ON]),
            ("tag:work", 7),
        ):
            await desk.press("h")
            assert tree.go_to(key)
            await desk.press("enter")
            assert desk.titles == titles or len(desk.titles) == titles
            assert desk.screen.panes.current is Context.LIST
        assert desk.screen.listing.query_text == ""


async def test_the_sidebar_shows_counts_and_what_is_active(reader):
    async with reader(size=(160, 40)) as desk:
        await desk.until(lambda: any("harbour" in line and "2" in line for line in desk.lines()))
        await desk.press("h")
        desk.screen.sidebar.entries.go_to("tag:harbour")
        await desk.press("enter")
        assert any("◆" in line and "harbour" in line for line in desk.lines())
        await desk.press("F")
        assert not any("◆" in line and "harbour" in line for line in desk.lines())


async def test_a_family_of_tags_lists_all_of_them(reader):
    async with reader(size=(160, 40)) as desk:
        await desk.press("h")
        desk.screen.sidebar.entries.go_to("tag:nature")
        await desk.press("enter")
        assert desk.titles == [OTTERS, BATS]


async def test_f_clears_the_filter_and_keeps_the_article(reader):
    async with reader() as desk:
        await desk.filter("tag:harbour")
        await desk.press("j")
        assert desk.at_cursor == GOES_ON
        await desk.press("F")
        assert len(desk.titles) == 7
        assert desk.at_cursor == desk.on_page == GOES_ON


async def test_escape_steps_back_out_of_page_selection_and_filter(reader):
    async with reader() as desk:
        await desk.filter("tag:harbour")
        await desk.press("space", "enter")
        assert desk.screen.panes.current is Context.PAGE
        await desk.press("escape")
        assert desk.screen.panes.current is Context.LIST
        assert desk.screen.articles.selection.ids
        await desk.press("escape")
        assert not desk.screen.articles.selection.ids
        assert desk.screen.listing.query_text == "tag:harbour"
        await desk.press("escape")
        assert desk.screen.listing.query_text == ""
        await desk.press("escape")
        assert "Press Q" in desk.said


async def test_the_page_scrolls_by_lines_paragraphs_headings_and_screens(reader):
    async with reader() as desk:
        await desk.press("j", "j", "enter")
        page, tops = desk.screen.page, []
        for keys in (("j",), ("}",), ("space",), ("ctrl+d",), ("G",)):
            await desk.press(*keys)
            tops.append(page.scroll_offset.y)
        assert tops == sorted(set(tops))
        assert "100 %" in desk.lines()[-1]
        await desk.press("g", "g")
        assert page.scroll_offset.y == 0


async def test_the_width_of_the_column_is_changed_and_remembered(reader, tmp_path):
    chosen = tmp_path / "config.toml"
    async with reader(size=(200, 40), settings=chosen) as desk:
        await desk.press("j", "j", "enter", "+", "+")
        assert desk.screen.page.measure == 80
    async with reader(size=(200, 40), settings=chosen) as desk:
        assert desk.screen.page.measure == 80


async def test_the_mouse_picks_opens_and_presses_the_keys_of_the_footer(reader):
    async with reader() as desk:
        await desk.pilot.click("#list", offset=(10, 2))
        await desk.rest()
        assert desk.at_cursor == TRAM
        await desk.pilot.click("#list", offset=(10, 2))
        await desk.rest()
        assert desk.screen.panes.current is Context.PAGE
        await desk.press("h")
        column = desk.lines()[-1].index("bookmark")
        await desk.pilot.click("#footer", offset=(column, 0))
        await desk.rest()
        assert desk.on_disk().search.ids("is:bookmarked") == [desk.id_of(TRAM)]


async def test_an_article_trashed_while_reading_is_replaced_by_the_next_one(reader):
    async with reader() as desk:
        await desk.press("enter", "x")
        assert desk.on_page == desk.at_cursor == TRAM
        assert desk.screen.panes.current is Context.PAGE
        assert desk.on_disk().articles.get(desk.id_of(TRAM)).state.read is not None
