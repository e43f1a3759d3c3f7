"""The timeline: articles over time, as a line of bars."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library import DayCount
from tuireader.calendar.timeline import Spread

DAYS = st.dates() | st.dates(date(2015, 1, 1), date(2026, 12, 31))
COUNTS = st.dictionaries(st.none() | DAYS, st.integers(1, 500), max_size=30)


def spread(counts: dict[date | None, int]) -> Spread:
    return Spread.of([DayCount(day, count) for day, count in counts.items()])


@given(COUNTS, st.integers(0, 220))
def test_the_bars_hold_every_dated_article_once_and_fit(counts: dict, room: int):
    timeline = spread(counts).timeline(room)
    if timeline is None:
        return
    assert sum(timeline.counts) == sum(count for day, count in counts.items() if day)
    assert len(timeline.begin) + len(timeline.bars) + len(timeline.end) + 2 <= room
    assert len(timeline.bars) == timeline.width * len(timeline.counts)
    assert list(timeline.starts) == sorted(set(timeline.starts))
    assert [bar == " " for bar in timeline.bars[:: timeline.width]] == [not n for n in timeline.counts]


@given(COUNTS)
def test_where_there_is_much_room_there_are_bars_unless_all_is_of_one_day(counts: dict):
    days = {day for day in counts if day}
    assert (spread(counts).timeline(150) is None) == (len(days) < 2)


def test_months_have_a_bar_each_where_they_fit():
    timeline = spread({date(2020, 1, 5): 8, date(2020, 3, 9): 1, date(2020, 12, 31): 4}).timeline(80)
    assert timeline is not None
    assert (timeline.begin, timeline.end) == ("Jan 2020", "Dec 2020")
    assert timeline.bars[::3] == "█ ▁        ▄"


def test_the_smallest_count_beside_the_largest_is_seen():
    timeline = spread({date(2020, 1, 5): 400, date(2020, 2, 9): 1, date(2020, 3, 31): 60}).timeline(40)
    assert timeline is not None
    assert timeline.bars[::3] == "█▁▂"


def test_few_days_have_a_bar_each():
    timeline = spread({date(2021, 3, 4): 1, date(2021, 3, 7): 2}).timeline(60)
    assert timeline is not None
    assert (timeline.begin, timeline.bars, timeline.end) == ("4 Mar 2021", "▄▄▄      ███", "7 Mar 2021")


@pytest.mark.parametrize(("room", "months"), [(200, 1), (80, 3), (56, 6), (30, 12), (16, 60)])
def test_with_less_room_a_bar_covers_a_longer_time(room: int, months: int):
    first = date(2012, 1, 1)
    timeline = spread({first + timedelta(number): 1 for number in range(0, 5478, 7)}).timeline(room)
    assert timeline is not None
    one, other = timeline.starts[1:3]
    assert (other.year - one.year) * 12 + other.month - one.month == months


def test_a_column_leads_to_the_first_day_of_its_bar():
    timeline = spread({date(2020, 1, 5): 8, date(2020, 12, 31): 4}).timeline(80)
    assert timeline is not None
    assert timeline.day_at(0) == timeline.day_at(2) == date(2020, 1, 1)
    assert timeline.day_at(35) == date(2020, 12, 1)
    assert timeline.day_at(36) is timeline.day_at(-1) is None


def test_nothing_and_the_undated_have_no_timeline():
    assert spread({}).timeline(80) is None
    assert spread({None: 3}).timeline(80) is None


@pytest.mark.parametrize(
    ("last", "room", "unit"),
    [
        (date(2020, 1, 9), 80, "day"),
        (date(2021, 3, 1), 80, "month"),
        (date(2029, 3, 1), 60, "3 months"),
        (date(2029, 3, 1), 28, "year"),
        (date(2069, 3, 1), 28, "5 years"),
    ],
)
def test_a_timeline_says_which_time_a_bar_covers(last: date, room: int, unit: str):
    timeline = spread({date(2020, 1, 5): 1, last: 1}).timeline(room)
    assert timeline is not None and timeline.unit == unit
