"""Typing a query: the list follows, errors are reported, and cancelling restores everything."""

from __future__ import annotations

import pytest
from textual import events

from tuireader.commands import Context

OTTERS, TRAM, BATS = "Otters return to the canal", "Council votes on the tram", "Bats follow the tram wires"
ENDS, GOES_ON = "Harbour strike ends", "Harbour strike goes on"


async def test_the_list_follows_while_the_query_is_typed(reader):
    async with reader() as desk:
        await desk.press("slash", *"tram")
        assert desk.titles == [TRAM, BATS]
        assert desk.screen.context is Context.FILTER_LINE
        assert "2 of 7" in desk.text
        await desk.press("enter")
        assert desk.screen.context is Context.LIST
        assert desk.titles == [TRAM, BATS]


async def test_letters_of_a_query_are_no_commands(reader):
    async with reader() as desk:
        await desk.press("slash", *"jbxr?QF5u")
        assert desk.screen.filter_line.query_text == "jbxr?QF5u"
        assert len(desk.app.screen_stack) == 1
        assert not desk.on_disk().search.ids("is:bookmarked or is:read or is:trashed")


async def test_an_invalid_query_keeps_the_list_and_shows_the_error(reader):
    async with reader() as desk:
        await desk.press("slash")
        await desk.paste("tag:harbour")
        await desk.paste(" date:2021-13")
        assert desk.titles == [ENDS, GOES_ON]
        query, caret, sentence = _problem(desk)
        assert caret.index("▲") == query.index("date:") + len("date:")
        assert "13" in sentence
        await desk.press("enter")
        assert desk.screen.context is Context.FILTER_LINE
        await desk.press("backspace", "backspace", "0", "3")
        assert "▲" not in desk.text
        assert desk.titles == [ENDS, GOES_ON]


async def test_the_caret_is_under_the_error_after_wide_letters_too(reader):
    async with reader() as desk:
        await desk.press("slash")
        await desk.paste("港湾 港湾 date:2021-13")
        query, caret, _ = _problem(desk)
        before = query[: query.index("2021")]
        assert caret.index("▲") == len(before) + before.count("港") + before.count("湾")


def _problem(desk) -> list[str]:
    lines = desk.lines()
    row = next(index for index, line in enumerate(lines) if "▲" in line)
    return lines[row - 1 : row + 2]


async def test_escape_restores_the_previous_filter_and_row(reader):
    async with reader() as desk:
        await desk.filter("tag:city")
        await desk.press("j", "j")
        assert desk.at_cursor == BATS
        await desk.press("slash", "ctrl+u")
        await desk.paste("otters")
        assert desk.titles == [OTTERS]
        await desk.press("escape")
        assert desk.screen.listing.query_text == "tag:city"
        assert desk.titles == [OTTERS, TRAM, BATS]
        assert desk.at_cursor == desk.on_page == BATS


async def test_escape_after_an_error_removes_the_error(reader):
    async with reader() as desk:
        await desk.press("slash")
        await desk.paste("date:2021-13")
        assert "▲" in desk.text
        await desk.press("escape")
        assert "▲" not in desk.text
        assert len(desk.titles) == 7
        assert desk.screen.filter_line.query_text == ""


async def test_an_empty_result_says_so_and_how_to_go_back(reader):
    async with reader() as desk:
        await desk.filter("tag:nowhere")
        assert desk.titles == []
        assert "No matches." in desk.text
        assert "Esc clears the filter" in desk.text
        assert desk.on_page == ""
        for key in ("b", "r", "x", "a", "t", "T", "E", "enter", "o", "y", "space", "J", "G", "]", "u"):
            await desk.press(key)
        await desk.press("escape", "F")
        assert len(desk.titles) == 7


async def test_a_click_into_the_line_edits_it_and_escape_still_goes_back(reader):
    async with reader() as desk:
        await desk.filter("tag:city")
        await desk.pilot.click("FilterLine", offset=(30, 0))
        await desk.paste(" tram")
        assert desk.titles == [TRAM, BATS]
        await desk.press("escape")
        assert desk.screen.listing.query_text == "tag:city"


async def test_a_query_left_by_the_mouse_is_the_one_that_is_shown(reader):
    async with reader() as desk:
        await desk.press("slash")
        await desk.paste("tag:harbour date:2021-13")
        await desk.pilot.click("#list", offset=(10, 2))
        await desk.rest()
        assert desk.screen.filter_line.query_text == desk.screen.listing.query_text == ""
        assert "▲" not in desk.text


async def test_a_query_with_its_own_order_comes_before_the_chosen_one(reader):
    async with reader() as desk:
        await desk.filter("sort:title")
        assert desk.titles == sorted(desk.titles)
        await desk.press("s")
        assert desk.titles == sorted(desk.titles)


async def test_the_last_query_wins_however_long_an_earlier_one_takes(reader, monkeypatch):
    async with reader() as desk:
        for query in ("tag:city", "tag:harbour", "", "tag:city", "tag:work"):
            desk.screen.listing.set_query(query)
        await desk.rest()
        assert desk.titles == [ENDS, GOES_ON]


async def test_pasted_control_characters_are_not_in_the_query(reader):
    async with reader() as desk:
        await desk.press("slash")
        desk.app.post_message(events.Paste("tra\x1b]0;x\x07m\x9b31m\u202e"))
        await desk.pilot.pause()
        await desk.rest()
        assert desk.screen.filter_line.query_text == "tram"


async def test_the_words_looked_for_are_marked_in_the_headlines(reader):
    async with reader() as desk:
        await desk.filter("TRAM")
        strips = desk.screen.articles.draw_row(1, 60)
        marked = [segment.text for segment in strips[0] if segment.style and segment.style.underline]
        assert marked == ["tram"]
        await desk.press("F")
        assert not any(segment.style.underline for segment in desk.screen.articles.draw_row(1, 60)[0])


async def test_another_term_is_typed_behind_the_filter_that_is_there(reader):
    async with reader() as desk:
        await desk.filter("tag:city")
        await desk.press("slash", *"tram", "enter")
        assert desk.screen.listing.query_text == "tag:city tram"
        assert desk.titles == [TRAM, BATS]
        await desk.press("slash", "enter")
        assert desk.screen.listing.query_text == "tag:city tram"


async def test_an_end_that_says_nothing_yet_is_no_mistake_and_enter_leaves_it_out(reader):
    async with reader() as desk:
        for end in ("tag:", "date:>=", "-", "(", "#", '"', "OR"):
            await desk.press("slash", "ctrl+u")
            await desk.paste(f"tag:city {end}")
            assert "▲" not in desk.text, end
            assert desk.titles == [OTTERS, TRAM, BATS], end
            await desk.press("enter")
            assert desk.screen.listing.query_text == "tag:city", end
            assert desk.titles == [OTTERS, TRAM, BATS], end


async def test_half_a_value_is_no_mistake_before_enter(reader):
    async with reader() as desk:
        await desk.press("slash")
        await desk.paste("tag:city is:unr")
        assert "▲" not in desk.text
        assert desk.titles == [OTTERS, TRAM, BATS]
        await desk.press("enter")
        assert desk.text.count("▲") == 1
        assert "is not a value of" in desk.text
        assert desk.titles == [OTTERS, TRAM, BATS]


async def test_an_error_after_an_empty_list_restores_the_last_list(reader):
    async with reader() as desk:
        await desk.filter("tag:city")
        await desk.press("slash")
        await desk.paste("tag:nowhere")
        assert desk.titles == []
        await desk.paste(" date:2021-13")
        assert desk.titles == [OTTERS, TRAM, BATS]
        assert desk.text.count("▲") == 1
        assert "No matches." not in desk.text
        await desk.press("escape")
        assert desk.screen.listing.query_text == "tag:city"


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 60)])
async def test_a_query_typed_in_the_sidebar_shows_its_results(reader, size):
    async with reader(size=size) as desk:
        await desk.press("g", "s", "h", "slash", *"tram")
        assert "list" in desk.panes()
        assert TRAM in desk.text
        await desk.press("enter")
        assert "list" in desk.panes()


async def test_a_query_typed_over_the_article_on_a_narrow_screen_shows_its_results(reader):
    async with reader(size=(60, 20)) as desk:
        await desk.press("enter")
        assert desk.panes() == {"page"}
        await desk.pilot.click("FilterLine", offset=(3, 0))
        await desk.paste("tram")
        assert TRAM in desk.text and "list" in desk.panes()


async def test_an_empty_view_says_so_in_its_own_words(reader):
    async with reader() as desk:
        for keys, message in ((("g", "x"), "The trash is empty."), (("3",), "No bookmarks.")):
            await desk.press(*keys)
            assert message in desk.text
        await desk.filter("is:trashed harbour")
        assert "No matches." in desk.text


async def test_the_cursor_moves_to_the_best_match(reader):
    async with reader() as desk:
        await desk.press("j", "j", "slash", *"strike")
        assert desk.at_cursor == desk.titles[0]
        await desk.press("enter")
        assert desk.at_cursor == desk.titles[0]
        await desk.press("F", "G")
        last = desk.at_cursor
        await desk.filter("date:2010..")
        assert desk.at_cursor == last or last not in desk.titles
