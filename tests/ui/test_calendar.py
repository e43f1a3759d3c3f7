"""The calendar: dates are browsed, selected, and become a term of the query."""

from __future__ import annotations

from datetime import UTC, datetime
from shutil import copytree

import pytest
from textual.events import MouseScrollDown, MouseScrollUp

from library.query import Period
from tuireader.calendar.counted import EMPTY
from tuireader.calendar.map import CalendarMap
from tuireader.calendar.screen import CalendarScreen
from tuireader.calendar.state import Layer, Zoom

STRIKE, GOES_ON, OTTERS, TRAM = (
    "Harbour strike ends",
    "Harbour strike goes on",
    "Otters return to the canal",
    "Council votes on the tram",
)
SIZES = pytest.mark.parametrize("size", [(200, 60), (120, 40), (80, 24), (60, 20), (40, 10)])


@pytest.fixture(scope="module")
def _noted(_printed, library_at, tmp_path_factory):
    folder = copytree(_printed, tmp_path_factory.mktemp("noted") / "library")
    with library_at(folder, lambda: datetime(2024, 5, 6, 12, tzinfo=UTC)) as library:
        ids = {article.title: article.id for article in library.select()}
        library.note(ids[STRIKE], "One.")
        library.highlight(ids[OTTERS], "seen at noon")
    return folder


@pytest.fixture
def noted(_noted, folder):
    """A library with notes of 2024 on articles of 2021 and 2026."""
    return copytree(_noted, folder, dirs_exist_ok=True)


def calendar(desk) -> CalendarScreen:
    assert isinstance(desk.app.screen, CalendarScreen)
    return desk.app.screen


def summary(desk) -> str:
    return str(calendar(desk).sentence.render())


def cursor(desk) -> str:
    return calendar(desk).content.look.cursor.isoformat()


async def point(desk, day: str, *, then: str = "click", period: Period = Period.DAY) -> None:
    """Use the mouse on a day, or a name, of the map."""
    regions = calendar(desk).map.sheet.regions
    region = next(one for one in regions if one.day.isoformat() == day and one.period is period)
    await getattr(desk.pilot, then)(CalendarMap, offset=(region.x, region.y))
    await desk.rest()


# Opening and moving


@SIZES
async def test_the_calendar_opens_on_the_day_of_the_article_and_names_it(reader, size):
    async with reader(size=size) as desk:
        await desk.press("j", "d")
        assert cursor(desk) == "2026-11-20"
        assert summary(desk) == "Friday, 20 November 2026 · 1 article"
        assert summary(desk) in desk.text
        await desk.press("escape")
        assert desk.app.screen is desk.screen


async def test_keys_lead_to_it_from_list_sidebar_and_page(reader):
    async with reader() as desk:
        for keys in (("d",), ("g", "c"), ("h", "d"), ("enter", "g", "c")):
            await desk.press(*keys)
            assert cursor(desk) == "2026-11-21"
            await desk.press("escape", "g", "l")


async def test_an_undated_article_leads_to_the_last_day_with_something(reader):
    async with reader() as desk:
        await desk.press("G", "d")
        assert cursor(desk) == "2026-11-21"


STEPS = (
    ("j", "2026-11-22"),
    ("k", "2026-11-20"),
    ("h", "2026-11-14"),
    ("2l", "2026-12-05"),
    ("{", "2026-10-21"),
    ("3}", "2027-02-21"),
    ("K", "2025-11-21"),
    ("[[", "2025-11-21"),
    ("2J", "2028-11-21"),
    ("]]", "2027-11-21"),
    ("gg", "2015-06-23"),
    ("ggG", "2026-11-21"),
    ("Kt", "2026-11-22"),
    ("+h", "2026-11-20"),
    ("+j", "2026-11-28"),
)


async def test_keys_go_by_day_week_month_and_year(reader):
    async with reader() as desk:
        await desk.press("d")
        start = calendar(desk).content.look
        for keys, day in STEPS:
            await desk.press(*keys)
            assert (keys, cursor(desk)) == (keys, day)
            calendar(desk).content.wanted_zoom = start.zoom
            calendar(desk).content.go(start)


async def test_today_is_named(reader):
    async with reader() as desk:
        await desk.press("d", "t")
        assert summary(desk) == "Sunday, 22 November 2026 · today · no articles"


async def test_zooming_goes_from_the_year_to_the_month_and_the_day(reader):
    async with reader() as desk:
        await desk.press("d")
        assert "2026 › · 3 articles" in desk.text
        assert f"Fr {EMPTY}" in desk.text
        await desk.press("+")
        assert "November 2026 › · 3 articles" in desk.text
        await desk.press("+")
        assert OTTERS in desk.text and TRAM not in desk.text
        await desk.press("h")
        assert TRAM in desk.text and OTTERS not in desk.text
        await desk.press("2", "h")
        assert "No articles on this day." in desk.text
        await desk.press("-", "-", "-")
        assert calendar(desk).content.look.zoom is Zoom.YEAR


@pytest.mark.parametrize("keys", [("+", "+", "h", "enter"), ("k", "tab", "enter")])
async def test_an_article_of_the_day_is_opened_in_the_list_of_that_day(reader, keys):
    async with reader() as desk:
        await desk.press("d", *keys)
        assert desk.screen.listing.query_text == "date:2026-11-20"
        assert desk.at_cursor == TRAM
        assert desk.app.focused is desk.screen.page


@SIZES
async def test_the_articles_of_the_selected_days_are_shown_below_the_map(reader, size):
    async with reader(size=size) as desk:
        await desk.press("d")
        shown = size != (40, 10)
        assert (OTTERS in desk.text) is shown and TRAM not in desk.text
        await desk.press("k")
        assert (TRAM in desk.text) is shown and OTTERS not in desk.text
        await desk.press("v", "j")
        assert (TRAM in desk.text and OTTERS in desk.text) is shown
        await desk.press("escape", "j")
        assert ("No articles on this day." in desk.text) is shown


async def test_articles_found_for_a_day_that_was_left_are_not_shown(reader):
    async with reader() as desk:
        await desk.press("d")
        content = calendar(desk).content
        content._show_chosen("date:2026-11-20", tuple(desk.library.search.ids("date:2026-11-20")))
        await desk.rest()
        assert OTTERS in desk.text and TRAM not in desk.text


async def test_each_pane_is_reached_and_shown_on_a_small_screen_too(reader):
    async with reader(size=(60, 20)) as desk:
        await desk.press("d")
        screen = calendar(desk)
        for pane, words in (
            (screen.articles, OTTERS),
            (screen.years, "Years"),
            (screen.other_years, "21 November in other years"),
            (screen.map, OTTERS),
        ):
            await desk.press("tab")
            assert desk.app.focused is pane
            assert words in desk.text
        await desk.press("shift+tab", "escape")
        assert desk.app.focused is screen.map
        assert desk.app.screen is screen


async def test_the_previous_year_is_as_near_as_the_next_for_the_mouse(reader):
    async with reader(size=(80, 24)) as desk:
        await desk.press("d")
        for way, day in ((-1, "2025-11-21"), (1, "2026-11-21")):
            steps = [region for region in calendar(desk).map.sheet.regions if region.is_step]
            step = steps[0 if way < 0 else 1]
            await desk.pilot.click(CalendarMap, offset=(step.x, step.y))
            await desk.rest()
            assert cursor(desk) == day
        footer = desk.lines()[-1]
        assert footer.split()[:2] == ["Esc", "back"]
        assert "K previous year" in footer and "J next year" in footer


async def test_the_wheel_goes_to_the_year_or_month_before_and_after(reader):
    async with reader() as desk:
        await desk.press("d")
        for key, days in (("j", ("2025-11-22", "2026-11-22")), ("+", ("2026-10-22", "2026-11-22"))):
            await desk.press(key)
            for event, day in zip((MouseScrollUp, MouseScrollDown), days, strict=True):
                await desk.pilot._post_mouse_events([event], CalendarMap, button=0)
                await desk.rest()
                assert cursor(desk) == day


async def test_counts_are_those_of_what_is_filtered_without_its_own_days(reader):
    async with reader() as desk:
        await desk.filter("tag:city date:2026")
        await desk.press("d")
        assert "3 articles · no notes" in desk.lines()[0]
        assert [str(year) for year, _ in calendar(desk).content.counts[Layer.ARTICLES].years] == [
            "2026",
            "2015",
        ]
        assert "tag:city date:2026" in desk.lines()[0]


async def test_this_day_in_other_years_is_listed_and_goes_there(reader, folder, library_at):
    with library_at(folder) as library:
        library.importing.add_bytes("a.md", b"---\ntitle: Long ago\ndate: 1999-11-21\n---\nWords.\n")
    async with reader(folder) as desk:
        await desk.press("d")
        assert "21 November in other years" in desk.text
        assert "Sun 21 Nov 1999" in desk.text
        await desk.press("tab", "tab", "tab", "enter")
        assert desk.screen.listing.query_text == "date:1999-11-21"
        assert desk.titles == ["Long ago"]


async def test_years_are_listed_with_their_sums_and_undated_articles_too(reader):
    async with reader() as desk:
        await desk.press("d", "tab", "tab")
        assert "◆ 2026" in desk.text
        assert "undated" in desk.text
        await desk.press("j")
        assert cursor(desk) == "2021-11-21"
        await desk.press("G", "enter")
        assert desk.screen.listing.query_text == "date:none"
        assert desk.titles == ["Undated notes on soup"]


async def test_a_year_of_the_list_is_listed(reader):
    async with reader() as desk:
        await desk.filter("tag:harbour")
        await desk.press("d", "tab", "tab", "enter")
        assert desk.screen.listing.query_text == "tag:harbour date:2021"
        assert len(desk.titles) == 2


# Selecting


CHOICES = (
    ((), "date:2026-11-21"),
    (("w",), "date:2026-11-16..2026-11-22"),
    (("m",), "date:2026-11"),
    (("y",), "date:2026"),
    (("v", "k", "k"), "date:2026-11-19..2026-11-21"),
    (("V", "j", "v", "j"), "date:2026-11-23"),
    (("v", "{", "m"), "date:2026-10..2026-11"),
    (("w", "w"), "date:2026-11-21"),
    (("w", "h"), "date:2026-11-09..2026-11-15"),
    (("y", "escape"), "date:2026-11-21"),
)


async def test_what_is_chosen_is_listed(reader):
    async with reader(size=(80, 24)) as desk:
        for keys, term in CHOICES:
            await desk.press("d", "g", "g", "G", *keys, "enter")
            assert (keys, desk.screen.listing.query_text) == (keys, term)
            assert desk.app.screen is desk.screen
            assert desk.app.focused is desk.screen.articles


async def test_the_rest_of_the_filter_stays_and_previous_days_go(reader):
    async with reader() as desk:
        await desk.filter("date:2026 tag:harbour OR tag:city")
        await desk.press("d", "g", "g", "y", "enter")
        assert desk.screen.listing.query_text == "(date:2026 tag:harbour OR tag:city) date:2015"
        await desk.press("d", "K", "J", "m", "enter")
        assert desk.screen.listing.query_text.startswith("(date:2026 tag:harbour OR tag:city) date:20")
        assert desk.screen.listing.query_text.count("date:") == 2


async def test_a_range_is_described_as_it_grows(reader):
    async with reader() as desk:
        await desk.press("d", "v", "k", "k")
        assert summary(desk) == "19–21 November 2026 · 3 articles"
        await desk.press("escape")
        assert summary(desk).startswith("Thursday, 19 November")
        await desk.press("escape")
        assert desk.screen.listing.query_text == ""


async def test_leaving_changes_nothing(reader):
    async with reader() as desk:
        await desk.filter("tag:city")
        await desk.press("j", "d", "K", "q")
        assert desk.screen.listing.query_text == "tag:city"
        assert desk.at_cursor == TRAM
        assert desk.app.focused is desk.screen.articles


# The layer of notes


async def test_notes_are_a_second_layer_with_days_of_their_own(reader, noted):
    async with reader(noted) as desk:
        await desk.press("d", "n")
        assert "2 notes" in desk.lines()[0]
        assert summary(desk) == "Saturday, 21 November 2026 · 1 article · no notes"
        await desk.press("G")
        assert summary(desk) == "Monday, 6 May 2024 · 2 notes"
        await desk.press("+", "+")
        assert STRIKE in desk.text and OTTERS in desk.text
        await desk.press("-", "m", "enter")
        assert desk.screen.listing.query_text == "noted:2024-05"
        assert sorted(desk.titles) == sorted([STRIKE, OTTERS])


async def test_notes_are_counted_under_the_filter(reader, noted):
    async with reader(noted) as desk:
        await desk.filter("tag:harbour noted:2020")
        await desk.press("d", "n")
        assert "0 articles" not in desk.lines()[0]
        assert "1 note" in desk.lines()[0]


async def test_the_zoom_is_kept_for_the_next_time(reader):
    async with reader() as desk:
        await desk.press("d", "+", "escape", "d")
        assert "November 2026" in desk.text


# The mouse


async def test_a_click_goes_to_a_day_and_another_lists_it(reader):
    async with reader() as desk:
        await desk.press("d")
        await point(desk, "2026-11-19")
        assert cursor(desk) == "2026-11-19"
        await point(desk, "2026-11-19")
        assert desk.screen.listing.query_text == "date:2026-11-19"


async def test_days_are_dragged_over(reader):
    async with reader() as desk:
        await desk.press("d")
        await point(desk, "2026-11-19", then="mouse_down")
        await point(desk, "2026-12-02", then="hover")
        await point(desk, "2026-12-02", then="mouse_up")
        assert summary(desk) == "19 November – 2 December 2026 · 3 articles"
        await point(desk, "2026-11-25")
        assert desk.screen.listing.query_text == "date:2026-11-19..2026-12-02"


async def test_the_name_of_a_month_and_of_the_year_choose_them(reader):
    async with reader() as desk:
        await desk.press("d")
        await point(desk, "2026-03-01", period=Period.MONTH)
        assert summary(desk) == "March 2026 · no articles"
        await point(desk, "2026-03-01", period=Period.YEAR)
        assert summary(desk) == "2026 · 3 articles"
        await point(desk, "2026-03-01", period=Period.YEAR)
        assert desk.screen.listing.query_text == "date:2026"


# Sizes, appearance, other programs


async def test_a_narrow_screen_shows_a_month_and_says_that_a_year_has_no_room(reader):
    async with reader(size=(40, 10)) as desk:
        await desk.press("d")
        assert calendar(desk).content.look.zoom is Zoom.MONTH
        assert "November 2026 › · 3 articles" in desk.text
        assert "30" in desk.text
        await desk.press("-")
        assert "Too narrow" in desk.said
        await desk.pilot.resize_terminal(120, 40)
        await desk.rest()
        assert calendar(desk).content.look.zoom is Zoom.YEAR


@pytest.mark.parametrize("size", [(1, 1), (10, 3), (30, 6)])
async def test_no_terminal_is_too_small(reader, size):
    async with reader() as desk:
        await desk.press("d")
        await desk.pilot.resize_terminal(*size)
        await desk.press("j", "l", "+", "+", "-", "n", "tab", "w", "escape", "escape")
        assert desk.app.is_running


async def test_without_colours_shades_the_cursor_and_the_selection_are_distinct(reader, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with reader(size=(110, 40)) as desk:
        await desk.press("d", "v", "k", "k", "k")
        line = next(line for line in desk.lines() if line.lstrip().startswith("Wed "))
        assert "18" in line and EMPTY in line and "▓" not in line
        assert any("▓" in line for line in desk.lines())
        strips = desk.app.screen._compositor.render_strips()
        assert any(s.style and s.style.reverse and s.text == "18" for strip in strips for s in strip)
        assert any(s.style and s.style.underline and "▓" in s.text for strip in strips for s in strip)


async def test_articles_added_by_another_program_appear(reader):
    async with reader() as desk:
        await desk.press("d")
        with desk.on_disk() as other:
            other.importing.add_bytes("a.md", b"---\ntitle: New\ndate: 2026-11-21\n---\nWords.\n")
        await desk.screen.others.follow()
        await desk.until(lambda: "2 articles" in summary(desk))


async def test_commands_of_the_reader_lead_back_to_it(reader):
    async with reader() as desk:
        await desk.press("d", "g", "x")
        assert desk.screen.listing.query_text == "is:trashed"
        assert desk.app.screen is desk.screen
        await desk.press("F", "d", "F", "?", "escape", "g", "c", "escape")
        assert desk.app.screen is desk.screen


async def test_an_empty_calendar_is_honest(reader):
    async with reader() as desk:
        await desk.filter("xyzzy")
        await desk.press("d", "g", "g", "G", "tab", "tab", "enter", "tab", "enter")
        assert "no articles · no notes" in desk.lines()[0]
        assert desk.app.screen is not desk.screen
        assert summary(desk).startswith("Sunday, 22 November 2026 · today")


async def test_undo_in_the_calendar_is_the_readers_and_shows_in_the_list(reader):
    async with reader() as desk:
        await desk.press("b", "d", "u")
        assert desk.app.screen is desk.screen
        await desk.until(lambda: not desk.library.search.ids("is:bookmarked"))
        assert "Undone: bookmark" in desk.said
