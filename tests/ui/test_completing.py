"""Suggestions in the filter line while a query is typed, and the search history."""

from __future__ import annotations

import pytest

from tuireader.commands import Context
from tuireader.state import STATE_FILE, load_state

TRAM, BATS, OTTERS = "Council votes on the tram", "Bats follow the tram wires", "Otters return to the canal"


def offered(desk) -> list[str]:
    offers = desk.screen.filter_line.offers
    return [offer.text for offer in offers._offers] if offers.display else []


async def test_an_empty_line_offers_the_fields_each_with_a_sentence(reader):
    async with reader() as desk:
        await desk.press("slash")
        assert offered(desk)[:2] == ["tag:", "date:"]
        assert "Publication date" in desk.text


@pytest.mark.parametrize("size", [(1, 1), (4, 4), (7, 5), (12, 5)])
async def test_on_a_very_small_screen_the_line_still_accepts_a_query(reader, size):
    async with reader(size=size) as desk:
        await desk.press("slash", *"tag:ci")
        rows = [option.prompt for option in desk.screen.filter_line.offers.options]
        assert all(row.cell_length <= size[0] for row in rows)
        await desk.press(*"ty", "enter")
        assert desk.screen.listing.query_text == "tag:city"


async def test_tab_inserts_the_most_likely_suggestion_and_offers_its_values(reader):
    async with reader() as desk:
        await desk.press("slash", *"ta", "tab")
        assert desk.screen.filter_line.query_text == "tag:"
        assert "city" in offered(desk)
        await desk.press(*"na", "tab")
        assert desk.screen.filter_line.query_text == "tag:nature "
        assert offered(desk) == []
        assert desk.titles == [OTTERS]


async def test_arrows_select_and_enter_accepts_without_leaving_the_line(reader):
    async with reader() as desk:
        await desk.press("slash", *"is:", "down", "down", "enter")
        second = desk.screen.filter_line.query_text
        assert second == "is:read "
        assert desk.screen.context is Context.FILTER_LINE
        await desk.press("enter")
        assert desk.screen.context is Context.LIST


async def test_what_is_offered_goes_with_the_line(reader):
    async with reader() as desk:
        for leaving in ("escape", "enter"):
            await desk.press("slash", *"ta")
            assert offered(desk)
            await desk.press(leaving)
            assert offered(desk) == []
            await desk.press("F")


async def test_enter_keeps_what_is_shown_and_the_beginning_of_a_word_stays_one_visibly(reader):
    async with reader() as desk:
        await desk.press("slash", *"tra")
        assert desk.titles == [TRAM, BATS]
        await desk.press("enter")
        assert desk.titles == [TRAM, BATS]
        assert desk.screen.listing.query_text == desk.screen.filter_line.query_text == "tra*"
        assert "tra*" in desk.lines()[0]
        await desk.press("slash", "backspace", "backspace", "m", "enter")
        assert desk.screen.listing.query_text == "tram"
        assert desk.titles == [TRAM, BATS]


async def test_a_space_ends_the_word_that_is_typed(reader):
    async with reader() as desk:
        await desk.press("slash", *"tra ", "enter")
        assert desk.screen.listing.query_text == "tra"
        assert desk.titles == []


async def test_previous_queries_are_recalled_with_the_arrow_also_after_a_restart(reader, tmp_path):
    settings = tmp_path / "config.toml"
    async with reader(settings=settings) as desk:
        await desk.filter("otters")
        await desk.filter("tag:city")
        await desk.press("slash", "ctrl+u", *"bat", "up")
        assert desk.screen.filter_line.query_text == "tag:city"
        assert desk.titles == [OTTERS, TRAM, BATS]
        await desk.press("up")
        assert desk.screen.filter_line.query_text == "otters"
        await desk.press("down", "down")
        assert desk.screen.filter_line.query_text == "bat"
    assert load_state(tmp_path / STATE_FILE).queries == ("tag:city", "otters")
    async with reader(settings=settings) as desk:
        await desk.press("slash", "up", "enter")
        assert desk.screen.listing.query_text == "tag:city"


async def test_the_notebook_offers_and_remembers_too(reader):
    async with reader() as desk:
        await desk.filter("otters")
        await desk.press("g", "n", "slash", "up")
        line = desk.app.screen.query_one("FilterLine")
        assert line.query_text == "otters"
        await desk.press("ctrl+u", *"ta", "tab")
        assert line.query_text == "tag:"
