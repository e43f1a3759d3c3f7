"""The timeline above the list."""

from __future__ import annotations

import pytest

from tuireader.calendar.screen import CalendarScreen
from tuireader.calendar.timeline import BARS, TimelineLine


def timeline(desk) -> str:
    """Return the text of the line, even if suggestions of the filter line cover it."""
    return desk.screen.query_one(TimelineLine).render_line(0).text.strip()


@pytest.mark.parametrize("size", [(200, 60), (120, 40), (80, 24)])
async def test_it_is_above_the_list_with_labels_at_its_ends(reader, size):
    async with reader(size=size) as desk:
        begin, end = "Jun 2015", "Nov 2026"
        line, *words = (
            timeline(desk).rpartition("articles by ") if size[0] > 80 else timeline(desk).rpartition("by ")
        )
        assert words[1] in ("month", "3 months", "6 months")
        assert line.startswith(begin) and line.rstrip().endswith(end)
        assert set(line.removeprefix(begin).rstrip().removesuffix(end)) <= {" ", *BARS}
        assert BARS[-1] in timeline(desk)
        assert desk.lines()[1].strip() == timeline(desk)


async def test_it_follows_the_filter_while_it_is_typed(reader):
    async with reader() as desk:
        await desk.press("slash", *"tag:harbour")
        await desk.until(lambda: timeline(desk).startswith("4 Mar 2021"))
        line, _, unit = timeline(desk).partition("articles by ")
        assert (line.rstrip(), unit) == (f"4 Mar 2021 {'█' * 3}{' ' * 42}{'█' * 3} 19 Mar 2021", "day")
        await desk.press("escape")
        await desk.until(lambda: timeline(desk).startswith("Jun 2015"))


async def test_where_there_is_nothing_to_compare_the_line_is_empty(reader):
    async with reader() as desk:
        for query in ("xyzzy", "date:none", "date:2015"):
            await desk.filter(query)
            assert timeline(desk) == ""


async def test_it_is_hidden_on_low_screens_and_if_only_the_page_is_visible(reader):
    async with reader(size=(80, 23)) as desk:
        assert not desk.screen.query_one(TimelineLine).display
        await desk.pilot.resize_terminal(80, 24)
        await desk.rest()
        assert desk.screen.query_one(TimelineLine).display
        await desk.press("enter")
        assert not desk.screen.query_one(TimelineLine).display
        await desk.pilot.resize_terminal(120, 40)
        await desk.press("z")
        assert not desk.screen.query_one(TimelineLine).display


async def test_a_click_on_a_bar_leads_to_its_days_in_the_calendar(reader):
    async with reader() as desk:
        await desk.filter("tag:harbour")
        await desk.pilot.click(TimelineLine, offset=(14, 0))
        await desk.rest()
        assert isinstance(desk.app.screen, CalendarScreen)
        assert desk.app.screen.content.look.cursor.isoformat() == "2021-03-04"
        await desk.press("escape")
        await desk.pilot.click(TimelineLine, offset=(2, 0))
        await desk.rest()
        assert desk.app.screen is desk.screen
