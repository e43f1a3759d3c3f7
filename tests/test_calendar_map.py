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

from library import DayCount
from library.query import Period, days_value, parse_query
from library.query.dates import parse_days
from library.query.editing import Part, replacing_part, without_part
from tuireader.calendar.counted import EMPTY, SHADES, Counted, legend
from tuireader.calendar.map_lines import (
    cell_width,
    month_sheet,
    month_weeks,
    weekdays,
    year_sheet,
    year_weeks,
)
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


@given(st.dates(), st.integers(58, 140), WEEKDAYS)
def test_the_name_of_a_month_is_above_the_week_of_its_first_day(cursor: date, width: int, first_weekday: int):
    sheet = year_sheet(Look(cursor=cursor, first_weekday=first_weekday), layers({}), TODAY, width, 40)
    names = "".join(piece.text for piece in sheet.lines[1])
    columns = {region.day: region.x for region in sheet.regions if region.period is Period.DAY}
    for month, name in enumerate(MONTHS, start=1):
        column = columns[date(cursor.year, month, 1)]
        assert names[column : column + 3] == name[:3]
        assert sheet.at(column, 1).day.month == month


@given(YEARS)
def test_a_year_needs_at_most_112_columns_and_nearly_always_110(year: int):
    assert cell_width(year, 112) == 2
    assert cell_width(year, 110) == (2 if len(year_weeks(year)) == 53 else 1)
    assert cell_width(year, 58) == 1
    assert cell_width(year, 56) == 0


# The map


@given(st.dates(), COUNTS, st.integers(58, 140))
def test_every_day_of_the_year_is_once_on_its_map(cursor: date, counts: dict, width: int):
    sheet = year_sheet(Look(cursor=cursor), layers(counts), TODAY, width, 40)
    regions = [region for region in sheet.regions if region.period is Period.DAY]
    assert Counter(region.day for region in regions) == Counter(days_of(cursor.year))
    assert all(sheet.at(region.x, region.y) == region for region in sheet.regions)
    assert all(region.x + region.width <= width for region in regions)
    assert all(line_width(line) <= width for line in sheet.lines)


@given(st.dates(), COUNTS, st.integers(40, 120), st.integers(8, 40))
def test_every_day_of_the_month_is_once_on_its_map(cursor: date, counts: dict, width: int, height: int):
    look = Look(cursor=cursor, zoom=Zoom.MONTH)
    sheet = month_sheet(look, layers(counts), TODAY, width, height)
    regions = [region for region in sheet.regions if region.period is Period.DAY]
    last = calendar.monthrange(cursor.year, cursor.month)[1]
    assert [region.day.day for region in regions] == list(range(1, last + 1))
    assert all(region.y + 1 <= len(sheet.lines) <= height for region in regions)
    assert all(line_width(line) <= width for line in sheet.lines)
    for region in regions:
        line = "".join(piece.text for piece in sheet.lines[region.y])
        assert line[region.x : region.x + region.width].strip(" ▌▎").startswith(str(region.day.day))


@pytest.mark.parametrize("size", [(1, 1), (10, 3), (0, 0), (300, 1)])
def test_no_room_is_too_small_for_a_map(size: tuple[int, int]):
    for draw in (year_sheet, month_sheet):
        assert len(draw(Look(cursor=TODAY), layers({}), TODAY, *size).lines) <= size[1]


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
