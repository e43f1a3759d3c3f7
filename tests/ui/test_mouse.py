"""What can be clicked and dragged in the main screen."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from tuireader.calendar.screen import CalendarScreen
from tuireader.commands import Context


def cell_of(desk, words: str, *, after: int = 0) -> tuple[int, int]:
    """Return the cell and the line of the first ``words`` on the screen, from the column ``after`` on."""
    for y, line in enumerate(desk.lines()):
        if (index := line.find(words, after)) >= 0:
            return cell_len(line[:index]), y
    raise AssertionError(f"{words} is not on the screen")


async def click(desk, words: str, *, after: int = 0) -> None:
    await desk.pilot.click(offset=cell_of(desk, words, after=after))
    await desk.rest()


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_a_clicked_tag_in_a_row_filters_and_again_shows_all(reader, size):
    async with reader(size=size) as desk:
        await click(desk, "#harbour")
        assert desk.screen.listing.query_text == "tag:harbour"
        assert desk.titles == ["Harbour strike ends", "Harbour strike goes on"]
        assert desk.screen.context is Context.LIST
        await click(desk, "#harbour")
        assert desk.screen.listing.query_text == ""


async def test_a_clicked_source_in_a_row_filters(reader):
    async with reader() as desk:
        await click(desk, "news.example.org")
        assert desk.screen.listing.query_text == "source:news.example.org"


async def test_a_clicked_tag_or_source_of_the_article_filters(reader):
    async with reader(size=(120, 40)) as desk:
        await desk.press("j", "enter")
        await click(desk, "#city", after=46)
        assert desk.screen.listing.query_text == "tag:city"
        assert len(desk.titles) == 3
        await click(desk, "news.example.org", after=46)
        assert desk.screen.listing.query_text == "tag:city source:news.example.org"


async def test_the_clicked_count_edits_the_query_and_the_order_is_changed_by_a_click(reader):
    async with reader(size=(120, 40)) as desk:
        await click(desk, "newest first")
        assert "by headline" in desk.lines()[0] and desk.screen.context is Context.LIST
        await click(desk, "articles", after=80)
        assert desk.screen.context is Context.FILTER_LINE


async def test_a_clicked_bar_of_the_timeline_opens_the_calendar(reader):
    async with reader(size=(120, 40)) as desk:
        await click(desk, "█")
        assert isinstance(desk.app.screen, CalendarScreen)
