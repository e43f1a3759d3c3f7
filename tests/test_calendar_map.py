"""The map, the counts and the selection of the calendar, as values."""

from __future__ import annotations

import calendar
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.geometry import Size

from library import DayCount
from library.query import Period, days_value, parse_query
from library.query.dates import parse_days
from library.query.editing import Part, replacing_part, without_part
from tuireader.calendar.counted import EMPTY, SHADES, Counted, legend
from tuireader.calendar.grid import (
    MONTH_LINES,
    TALL_MONTH_LINES,
    YEAR_LINES,
    MonthGrid,
    YearGrid,
    month_weeks,
    window,
    year_weeks,
)
from tuireader.calendar.layout import CalendarLayout, Pane
from tuireader.calendar.map_lines import EMPTY_TODAY, Sheet, month_sheet, weekdays, year_sheet
from tuireader.calendar.map_lines import TODAY as TODAY_GLYPH
from tuireader.calendar.state import Layer, Look, Zoom
from tuireader.calendar.words import days_in_words, sentence
from tuireader.presentation import MONTHS

TODAY = date(2026, 11, 22)
YEARS = st.integers(1, 9999)
WEEKDAYS = st.integers(0, 6)
"""The days on which weeks may begin."""
DAYS = st.dates(date(2015, 1, 1), date(2026, 12, 31))
COUNTS = st.dictionaries(st.none() | DAYS, st.integers(1, 2000), max_size=40)


def counted(counts: dict[date | None, int]) -> Counted:
    return Counted.of([DayCount(day, count) for day, count in counts.items()])


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(number) for number in range(366 if calendar.isleap(year) else 365)]


# Grids


@given(YEARS, WEEKDAYS)
@example(1, 0)
@example(2012, 0)
@example(9999, 6)
def test_a_year_has_each_of_its_days_once_in_order_under_its_weekday(year: int, first_weekday: int):
    weeks = year_weeks(year, first_weekday)
    assert [day for week in weeks for day in week if day] == days_of(year)
    assert all(under_its_name(week, first_weekday) for week in weeks)
    assert {len(week) for week in weeks} == {7}
    assert len(weeks) in (53, 54)


@given(YEARS, st.integers(1, 12), WEEKDAYS)
def test_a_month_has_each_of_its_days_once_in_order_under_its_weekday(
    year: int, month: int, first_weekday: int
):
    weeks = month_weeks(year, month, first_weekday)
    days = [day for week in weeks for day in week if day]
    assert days == [day for day in days_of(year) if day.month == month]
    assert all(under_its_name(week, first_weekday) for week in weeks)
    assert 4 <= len(weeks) <= 6


def under_its_name(week: tuple[date | None, ...], first_weekday: int) -> bool:
    named = zip(weekdays(first_weekday), week, strict=True)
    return all(day.strftime("%a") == name for name, day in named if day)


@given(st.integers(1, 9000), st.integers(1, 12), st.integers(1, 9000), st.integers(0, 9000))
def test_a_window_holds_its_cursor_as_near_the_middle_as_its_bounds_allow(
    cursor: int, amount: int, first: int, longer: int
):
    last = first + longer
    shown = window(cursor, amount, first, last)
    assert cursor in shown
    assert len(shown) == amount
    if first <= cursor - amount // 2 and cursor - amount // 2 + amount - 1 <= last:
        assert shown.start == cursor - amount // 2
    if first <= cursor <= last and amount <= longer:
        assert first <= shown.start and shown.stop - 1 <= last


WIDTHS = st.integers(58, 240)
KNOWN = st.lists(st.integers(1990, 2030), max_size=3)


def years_at(cursor: date, known: list[int], width: int, rows: int = 1, first_weekday: int = 0) -> YearGrid:
    grid = YearGrid.of(cursor, known, width, rows, first_weekday)
    assert grid is not None
    return grid


@given(DAYS, KNOWN, WIDTHS, st.integers(1, 3), WEEKDAYS)
def test_days_of_the_years_shown_share_no_cell_and_fit(
    cursor: date, known: list[int], width: int, rows: int, first_weekday: int
):
    grid = years_at(cursor, known, width, rows, first_weekday)
    assert cursor.year in grid.years
    assert grid.width <= width
    assert grid.rows <= rows
    taken: Counter[tuple[int, int]] = Counter()
    for year in grid.years:
        for day in days_of(year):
            x, y, cells = grid.place(day)
            taken.update((x + cell, y) for cell in range(cells))
            assert x + cells <= grid.width
            assert y < grid.height
    assert set(taken.values()) == {1}


@given(st.dates(), KNOWN, WIDTHS)
@example(date(2026, 11, 22), [], 58)
@example(date(2026, 11, 22), [], 78)
def test_the_day_under_the_cursor_is_readable_at_every_width(cursor: date, known: list[int], width: int):
    grid = years_at(cursor, known, width)
    x, y, cells = grid.place(cursor)
    assert cells == 2
    sheet = year_sheet(Look(cursor=cursor), layers({}), TODAY, grid, 10)
    assert text_of(sheet.lines[y])[x : x + 2] == f"{cursor.day:>2}"


@pytest.mark.parametrize(
    ("width", "columns"), [(58, 1), (78, 1), (117, 1), (118, 2), (178, 3), (238, 4), (400, 4)]
)
def test_as_many_years_stand_side_by_side_as_fit(width: int, columns: int):
    grid = years_at(date(2010, 5, 5), [2000, 2020], width)
    assert (grid.columns, len(grid.years)) == (columns, columns)
    assert YearGrid.of(date(2010, 5, 5), [], 57) is None


def test_no_years_are_shown_before_the_first_and_after_the_last_with_entries():
    assert years_at(date(2026, 1, 1), [], 240, 3).years == (2026,)
    assert years_at(date(2026, 1, 1), [2025, 2026], 240, 3).years == (2025, 2026)
    assert years_at(date(2026, 1, 1), [2012, 2026], 178).years == (2024, 2025, 2026)
    assert years_at(date(2020, 1, 1), [2012, 2026], 178).years == (2019, 2020, 2021)
    assert years_at(date(2012, 1, 1), [2012, 2026], 178, 2).years == tuple(range(2012, 2018))


@pytest.mark.parametrize(("width", "cells"), [(58, 1), (110, 1), (111, 2), (116, 2)])
def test_days_of_a_single_year_are_as_wide_as_fits(width: int, cells: int):
    assert years_at(date(2024, 1, 1), [], width).cells == cells


@given(st.dates(), st.integers(20, 240), st.integers(1, 40), WEEKDAYS)
@example(date.min, 240, 30, 0)
@example(date.max, 240, 30, 6)
def test_months_stand_side_by_side_with_that_of_the_cursor(
    cursor: date, width: int, height: int, first_weekday: int
):
    grid = MonthGrid.of(cursor, width, height, first_weekday)
    assert cursor.replace(day=1) in grid.months
    assert list(grid.months) == sorted(set(grid.months))
    assert len(grid.months) == 1 or grid.width <= width
    assert len(MonthGrid.of(date(2026, 11, 1), 198, 40).months) == 2


@given(st.dates(), WIDTHS, WEEKDAYS)
def test_the_name_of_a_month_is_above_the_week_of_its_first_day(cursor: date, width: int, first_weekday: int):
    look = Look(cursor=cursor, first_weekday=first_weekday)
    sheet = drawn_years(look, {}, width, 40)
    names = text_of(sheet.lines[1])
    columns = {region.day: region.x for region in sheet.regions if region.period is Period.DAY}
    for month, name in enumerate(MONTHS, start=1):
        column = columns[date(cursor.year, month, 1)]
        assert names[column : column + 3] == name[:3]
        assert sheet.at(column, 1).day.month == month


# The map


def drawn_years(look: Look, counts: dict, width: int, height: int, known: list[int] | None = None) -> Sheet:
    grid = YearGrid.of(look.cursor, known or [], width, 2, look.first_weekday)
    return year_sheet(look, layers(counts), TODAY, grid, height)


def text_of(line: tuple) -> str:
    return "".join(piece.text for piece in line)


@given(DAYS, COUNTS, KNOWN, WIDTHS)
def test_every_day_of_the_years_is_once_on_their_map(cursor: date, counts: dict, known: list, width: int):
    sheet = drawn_years(Look(cursor=cursor), counts, width, 40, known)
    grid = years_at(cursor, known, width, 2)
    regions = [region for region in sheet.regions if region.period is Period.DAY]
    assert Counter(region.day for region in regions) == Counter(
        day for year in grid.years for day in days_of(year)
    )
    assert all((one.x, one.y, one.width) == grid.place(one.day) for one in regions)
    assert all(sheet.at(region.x, region.y) == region for region in sheet.regions)
    assert all(line_width(line) <= width for line in sheet.lines)


@given(DAYS, DAYS, DAYS, COUNTS)
def test_a_year_looks_the_same_wherever_the_cursor_was_before(
    before: date, one: date, other: date, counts: dict
):
    counted_layers, known = layers(counts), [2015, 2026]
    looks = (Look(cursor=before), Look(cursor=other, anchor=one), Look(cursor=one), Look(cursor=before))
    for look in (*looks, replace(looks[0], layer=Layer.NOTES)):
        grid = YearGrid.of(look.cursor, known, 198, 4)
        again = year_sheet(look, dict(layers(counts)), TODAY, grid, 40)
        assert year_sheet(look, counted_layers, TODAY, grid, 40) == again


@given(st.dates(), COUNTS, st.integers(40, 240), st.integers(8, 40))
def test_every_day_of_the_months_is_once_on_their_map(cursor: date, counts: dict, width: int, height: int):
    look = Look(cursor=cursor, zoom=Zoom.MONTH)
    grid = MonthGrid.of(cursor, width, height)
    sheet = month_sheet(look, layers(counts), TODAY, grid, height)
    regions = [region for region in sheet.regions if region.period is Period.DAY]
    lengths = [calendar.monthrange(month.year, month.month)[1] for month in grid.months]
    assert [region.day.day for region in regions] == [day for last in lengths for day in range(1, last + 1)]
    assert all(region.y + 1 <= len(sheet.lines) <= height for region in regions)
    assert all(line_width(line) <= width for line in sheet.lines)
    for region in regions:
        line = text_of(sheet.lines[region.y])
        assert line[region.x : region.x + region.width].strip(" ▌▎").startswith(str(region.day.day))


@given(st.dates(date(2, 1, 1), date(9998, 12, 1)), st.sampled_from([Zoom.YEAR, Zoom.MONTH]), WIDTHS)
def test_the_steps_beside_a_name_lead_as_far_back_as_forward(cursor: date, zoom: Zoom, width: int):
    look = Look(cursor=cursor, zoom=zoom)
    if zoom is Zoom.YEAR:
        sheet, moved = drawn_years(look, {}, width, 40), Look.years_on
    else:
        sheet, moved = (
            month_sheet(look, layers({}), TODAY, MonthGrid.of(cursor, width, 40), 40),
            Look.months_on,
        )
    steps = [region for region in sheet.regions if region.is_step]
    assert [region.day for region in steps] == [moved(look, step).cursor for step in (-1, 1)]
    line = text_of(sheet.lines[steps[0].y])
    assert [line[region.x : region.x + region.width].strip() for region in steps] == ["‹", "›"]


def test_today_has_a_shape_of_its_own():
    look = Look(cursor=date(2026, 3, 3))
    full, empty = (text_of(sum(drawn_years(look, counts, 78, 9).lines, ())) for counts in ({TODAY: 3}, {}))
    assert full.count(TODAY_GLYPH) == 1 and EMPTY_TODAY not in full
    assert empty.count(EMPTY_TODAY) == 1 and TODAY_GLYPH not in empty
    for width in (30, 38, 78, 198):
        grid = MonthGrid.of(TODAY, width, 10)
        sheet = month_sheet(Look(cursor=date(2026, 11, 3)), layers({TODAY: 3}), TODAY, grid, 8)
        assert sum(TODAY_GLYPH in text_of(line) for line in sheet.lines) == 1


@pytest.mark.parametrize("size", [(1, 1), (10, 3), (0, 0), (300, 1)])
def test_no_room_is_too_small_for_a_map(size: tuple[int, int]):
    width, height = size
    assert len(drawn_years(Look(cursor=TODAY), {}, width, height).lines) <= height
    months = MonthGrid.of(TODAY, width, height)
    assert len(month_sheet(Look(cursor=TODAY), layers({}), TODAY, months, height).lines) <= height


# The layout


@given(st.integers(1, 260), st.integers(1, 70), st.sampled_from(Zoom), st.sampled_from(Pane), KNOWN)
def test_what_is_shown_fits_and_the_focused_pane_is_shown_where_there_is_room(
    width: int, height: int, zoom: Zoom, focused: Pane, known: list[int]
):
    layout = CalendarLayout(Size(width, height), Look(cursor=TODAY, zoom=zoom), known)
    shown = layout.panes(focused)
    if zoom is Zoom.DAY:
        assert shown == {Pane.ARTICLES}
    elif layout.has_panes:
        assert layout.map_lines + 1 < height
        assert Pane.MAP in shown and (focused in shown)
    else:
        assert shown == {Pane.MAP}


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 60)])
@pytest.mark.parametrize("zoom", [Zoom.YEAR, Zoom.MONTH])
def test_the_articles_of_the_day_have_room_below_the_map(size: tuple[int, int], zoom: Zoom):
    layout = CalendarLayout(Size(*size), Look(cursor=TODAY, zoom=zoom), [2000, 2026])
    assert layout.has_room_for_year
    assert Pane.ARTICLES in layout.panes(Pane.MAP)
    assert layout.map_lines in (
        YEAR_LINES + 1,
        2 * (YEAR_LINES + 1),
        MONTH_LINES,
        MONTH_LINES + 2,
        TALL_MONTH_LINES + 1,
    )


def layers(counts: dict) -> dict[Layer, Counted]:
    return {Layer.ARTICLES: counted(counts), Layer.NOTES: Counted.of()}


def line_width(line: tuple) -> int:
    return cell_len("".join(piece.text for piece in line).rstrip())


# Counts and shades


@given(COUNTS, DAYS, DAYS)
@example({date(2020, 1, 1): 1, date(2020, 1, 2): 2, date(2020, 1, 3): 4}, date(2020, 1, 2), date(2020, 1, 2))
def test_counts_of_any_stretch_are_the_sum_of_its_days(counts: dict, one: date, other: date):
    first, last = sorted((one, other))
    value = counted(counts)
    assert value.between(first, last) == sum(n for day, n in counts.items() if day and first <= day <= last)
    assert value.total == sum(counts.values())
    assert value.undated == counts.get(None, 0)
    assert sum(count for _, count in value.years) + value.undated == value.total
    assert [year for year, _ in value.years] == sorted({d.year for d in counts if d}, reverse=True)


@given(COUNTS)
def test_a_higher_count_is_never_lighter_and_zero_is_distinct(counts: dict):
    value = counted(counts)
    ramp = EMPTY + SHADES[4]
    days = sorted((day for day in counts if day), key=value.on)
    steps = [ramp.index(value.shade(day)) for day in days]
    assert steps == sorted(steps)
    assert 0 not in steps
    assert value.shade(date(2001, 1, 1)) == EMPTY
    assert len(set(steps)) <= len(value.thresholds) <= 4


def test_the_busiest_days_are_darkest_and_steps_are_made_of_quarters_of_the_days():
    many = {date(2020, 1, 1) + timedelta(n): n + 1 for n in range(100)}
    value = counted(many)
    assert value.thresholds == (1, 26, 51, 76)
    assert [value.shade(date(2020, 1, 1) + timedelta(n)) for n in (0, 25, 50, 75, 99)] == list("░▒▓██")
    assert legend(value) == [("∙", "none"), ("░", "1–25"), ("▒", "26–50"), ("▓", "51–75"), ("█", "76–100")]


def test_many_similar_days_do_not_hide_the_busy_ones():
    mostly_one = {date(2020, 1, 1) + timedelta(n): 1 for n in range(200)}
    burst = {date(2021, 3, 1) + timedelta(n): 10 * (n + 1) for n in range(9)}
    value = counted(mostly_one | burst)
    assert value.shade(date(2020, 1, 1)) == "░"
    assert value.shade(date(2021, 3, 9)) == "█"


@pytest.mark.parametrize(
    ("counts", "thresholds"), [([], ()), ([1, 1], (1,)), ([1, 2, 2], (1, 2)), ([4, 1, 9, 2], (1, 2, 4, 9))]
)
def test_few_different_counts_have_a_step_each(counts: list[int], thresholds: tuple[int, ...]):
    value = counted({date(2020, 1, 1 + number): count for number, count in enumerate(counts)})
    assert value.thresholds == thresholds


# Moving and selecting


@given(st.dates(), st.integers(-9000, 9000), st.sampled_from(Zoom))
@example(date.min, -1, Zoom.YEAR)
@example(date.max, 1, Zoom.MONTH)
def test_the_cursor_stays_inside_the_calendar(day: date, step: int, zoom: Zoom):
    look = Look(cursor=day, zoom=zoom)
    for moved in (look.right(step), look.down(step), look.months_on(step), look.years_on(step)):
        assert date.min <= moved.cursor <= date.max
        moved.whole(Period.WEEK).term  # noqa: B018


def test_right_is_a_week_in_a_year_and_a_day_in_a_month():
    year = Look(cursor=date(2021, 3, 4))
    month = Look(cursor=date(2021, 3, 4), zoom=Zoom.MONTH)
    assert (year.right(1).cursor, year.down(1).cursor) == (date(2021, 3, 11), date(2021, 3, 5))
    assert (month.right(1).cursor, month.down(1).cursor) == (date(2021, 3, 5), date(2021, 3, 11))


def test_the_chosen_days_become_a_term():
    look = Look(cursor=date(2021, 3, 4))
    assert look.term == "date:2021-03-04"
    assert look.whole(Period.WEEK).term == "date:2021-03-01..2021-03-07"
    assert look.whole(Period.MONTH).term == "date:2021-03"
    assert look.whole(Period.YEAR).whole(Period.YEAR).term == "date:2021-03-04"
    assert replace(look, first_weekday=6).whole(Period.WEEK).term == "date:2021-02-28..2021-03-06"
    ranging = look.ranging().down(3)
    assert ranging.term == "date:2021-03-04..2021-03-07"
    assert ranging.whole(Period.MONTH).months_on(2).term == "date:2021-03..2021-05"
    assert look.ranging().down(-3).term == "date:2021-03-01..2021-03-04"
    assert ranging.ranging().term == "date:2021-03-07"
    assert look.on_other_layer().term == "noted:2021-03-04"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2021-03-04", "Thursday, 4 March 2021"),
        ("2021-03-01..2021-03-07", "1–7 March 2021"),
        ("2021-02-28..2021-03-03", "28 February – 3 March 2021"),
        ("2020-12-28..2021-01-03", "28 December 2020 – 3 January 2021"),
        ("2021-03", "March 2021"),
        ("2021-03..2021-05", "March 2021 – May 2021"),
        ("2021", "2021"),
        ("2019..2021", "2019–2021"),
    ],
)
def test_days_in_words(value: str, words: str):
    first, last = parse_days(value, TODAY)
    assert first and last
    assert days_in_words(first, last) == words
    assert len(days_in_words(first, last, short=True)) <= len(words)


def test_a_day_is_described_with_its_counts():
    amounts = {Layer.ARTICLES: 12, Layer.NOTES: 1}

    def summary(day: date, amounts: dict[Layer, int], *, room: int, layer: Layer = Layer.ARTICLES) -> str:
        return sentence(Look(cursor=day, layer=layer), amounts, room=room, today=TODAY)

    assert summary(date(2021, 3, 4), amounts, room=60) == "Thursday, 4 March 2021 · 12 articles · 1 note"
    assert summary(date(2021, 3, 4), amounts, room=40) == "Thu 4 Mar 2021 · 12 articles · 1 note"
    assert summary(TODAY, amounts, room=60) == "Sunday, 22 November 2026 · today · 12 articles · 1 note"
    assert summary(TODAY, amounts, room=40) == "Sun 22 Nov 2026 · 12 articles · 1 note"
    assert summary(TODAY, amounts, room=30) == "Sun 22 Nov 2026 · 12 articles"
    assert summary(TODAY, amounts, room=30, layer=Layer.NOTES) == "Sun 22 Nov 2026 · 1 note"
    none = {Layer.ARTICLES: 0, Layer.NOTES: 0}
    assert summary(TODAY, none, room=60) == "Sunday, 22 November 2026 · today · no articles"
    assert summary(TODAY, none, room=60, layer=Layer.NOTES) == "Sunday, 22 November 2026 · today · no notes"


# The term in the query


@pytest.mark.parametrize(
    ("query", "then"),
    [
        ("", "date:2021"),
        ("date:2020-03", "date:2021"),
        ("tag:eu date:2020..2022 truce", "tag:eu truce date:2021"),
        ('DATE:"last week" "cease fire"', '"cease fire" date:2021'),
        ("-date:2019 x", "-date:2019 x date:2021"),
        ("a OR b", "(a OR b) date:2021"),
        ("a or date:2020 sort:title", "(a or date:2020) sort:title date:2021"),
        ("(a OR b) date:2020 -c", "(a OR b) -c date:2021"),
        ("-(a (b OR c)) date:2020", "-(a (b OR c)) date:2021"),
        ("noted:7d date:2020", "noted:7d date:2021"),
        ('"a OR b" limit:3', '"a OR b" limit:3 date:2021'),
    ],
)
def test_the_days_of_a_query_are_replaced_and_the_rest_stays(query: str, then: str):
    assert replacing_part(query, "date:2021") == then
    assert replacing_part(replacing_part(query, "date:2020"), "date:2021") == then
    parse_query(then, TODAY)


def test_only_the_terms_of_that_clock_go():
    assert without_part("noted:2020 date:2021 x", Part.DATE) == "noted:2020 x"
    assert replacing_part("noted:2020 date:2021 x", "noted:2022") == "date:2021 x noted:2022"
    assert without_part("a OR date:2021", Part.DATE) == "a OR date:2021"


@given(DAYS, DAYS)
def test_the_counts_on_the_map_equal_the_results_of_their_terms(one: date, other: date):
    first, last = sorted((one, other))
    look = Look(cursor=last, anchor=first)
    assert parse_days(look.term.removeprefix("date:"), TODAY) == look.span
    assert days_value(*look.span) in look.term
