"""Counting by day: articles, notes, this day in other years; and how stretches of days are written."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from fakes import FakeClock, markdown
from hypothesis import example, given
from hypothesis import strategies as st

from library import DayCount, Library, QueryError
from library.query import Period, days_value, period_of, shifted, shifted_months
from library.query.dates import parse_days

TODAY = date(2026, 11, 22)
DAYS = st.dates()


def counted(days: list[DayCount]) -> list[tuple[str, int]]:
    return [(one.day.isoformat() if one.day else "undated", one.count) for one in days]


def test_articles_are_counted_by_the_readers_days_and_the_undated_come_last(seeded: Library):
    assert counted(seeded.calendar.days()) == [("2021-03-04", 3), ("2021-03-03", 1), ("undated", 1)]
    assert counted(seeded.calendar.days("tag:harbour")) == [("2021-03-04", 2)]
    assert seeded.calendar.days_of(seeded.search.ids("tag:harbour")) == seeded.calendar.days("tag:harbour")


def test_an_article_that_was_deleted_since_it_was_found_is_not_counted(seeded: Library):
    found = seeded.search.ids("tag:harbour")
    seeded.articles.trash(found[:1])
    seeded.maintenance.empty_trash()
    assert counted(seeded.calendar.days_of(found)) == [("2021-03-04", 1)]


def test_counts_follow_a_change(seeded: Library):
    seeded.calendar.days()
    seeded.importing.add_bytes("new.md", markdown("New", "Words.", date="2021-03-05"))
    seeded.articles.trash(seeded.search.ids("tag:craft"))
    assert counted(seeded.calendar.days()) == [("2021-03-05", 1), ("2021-03-04", 3), ("2021-03-03", 1)]


def test_notes_are_counted_by_the_readers_day_on_which_they_were_made(seeded: Library, clock: FakeClock):
    strike, oil = seeded.search.ids("title:strike")[0], seeded.search.ids("title:oil")[0]
    clock.now = datetime(2026, 11, 20, 22, 30, tzinfo=UTC)  # in Berlin the 20th still
    seeded.note(strike, "One. #idea")
    seeded.highlight(strike, "Dock workers")
    clock.now += timedelta(hours=1)
    seeded.note(oil, "Two.")
    assert counted(seeded.calendar.annotation_days()) == [("2026-11-21", 1), ("2026-11-20", 2)]
    assert counted(seeded.calendar.annotation_days("tag:harbour")) == [("2026-11-20", 2)]
    assert counted(seeded.calendar.annotation_days("has:note")) == [("2026-11-21", 1), ("2026-11-20", 1)]
    assert counted(seeded.calendar.annotation_days("noted:2026-11-21")) == [("2026-11-21", 1)]


def test_the_counts_of_notes_are_those_of_the_annotations_that_are_listed(seeded: Library, clock: FakeClock):
    for number, article in enumerate(seeded.search.ids()):
        clock.now = datetime(2026, 1, 1 + number % 3, tzinfo=UTC)
        seeded.note(article, f"Note {number}. #n{number % 2}")
    seeded.articles.trash(seeded.search.ids("tag:craft"))
    for query in ("", "tag:n1", "-tag:n1", "note:3", "date:2021-03-04", "is:trashed"):
        days = Counter(seeded.calendar.day_of(one.created) for one in seeded.annotations.select(query))
        assert {one.day: one.count for one in seeded.calendar.annotation_days(query)} == days


def test_notes_on_trashed_articles_are_not_counted(seeded: Library):
    seeded.note(seeded.search.ids("title:oil")[0], "Mine.")
    seeded.articles.trash(seeded.search.ids("title:oil"))
    assert seeded.calendar.annotation_days() == []


def test_the_same_day_in_other_years(library: Library):
    for day in ("2019-03-04", "2021-03-04", "2021-03-05", "2024-03-04", "2024-02-29", "2023-02-28", ""):
        library.importing.add_bytes(
            "a.md", markdown(f"Of {day}", f"Words of {day or 'no day'}.", **({"date": day} if day else {}))
        )
    assert counted(library.calendar.on_this_day(date(2021, 3, 4))) == [("2024-03-04", 1), ("2019-03-04", 1)]
    assert counted(library.calendar.on_this_day(date(2021, 3, 4), "date:2019")) == [("2019-03-04", 1)]
    assert counted(library.calendar.on_this_day(date(2021, 2, 28))) == [("2024-02-29", 1), ("2023-02-28", 1)]
    assert counted(library.calendar.on_this_day(date(2020, 2, 28))) == [("2023-02-28", 1)]
    assert library.calendar.on_this_day() == []


@pytest.mark.parametrize("count", ["days", "annotation_days"])
def test_an_invalid_query_raises_an_error(seeded: Library, count: str):
    with pytest.raises(QueryError):
        getattr(seeded.calendar, count)("date:2021-13")


# Stretches of days


@pytest.mark.parametrize(
    ("first", "last", "value"),
    [
        ((2021, 3, 4), (2021, 3, 4), "2021-03-04"),
        ((2021, 3, 1), (2021, 3, 7), "2021-03-01..2021-03-07"),
        ((2021, 3, 1), (2021, 3, 31), "2021-03"),
        ((2024, 2, 1), (2024, 2, 29), "2024-02"),
        ((2023, 2, 1), (2023, 2, 27), "2023-02-01..2023-02-27"),
        ((2021, 3, 1), (2021, 5, 31), "2021-03..2021-05"),
        ((2021, 1, 1), (2021, 12, 31), "2021"),
        ((2019, 1, 1), (2021, 12, 31), "2019..2021"),
        ((1, 1, 1), (9999, 12, 31), "0001..9999"),
    ],
)
def test_days_are_written_as_short_as_they_can_be(first: tuple, last: tuple, value: str):
    assert days_value(date(*first), date(*last)) == value


@given(DAYS, DAYS, st.sampled_from(Period))
@example(date.min, date.max, Period.WEEK)
def test_formatted_days_are_parsed_to_the_same_days(one: date, other: date, period: Period):
    first, last = period_of(min(one, other), period)[0], period_of(max(one, other), period)[1]
    assert parse_days(days_value(first, last), TODAY) == (first, last)


@given(DAYS, st.sampled_from(Period), st.integers(0, 6))
@example(date.min, Period.WEEK, 0)
@example(date.max, Period.WEEK, 6)
def test_a_period_holds_its_day_and_is_whole(day: date, period: Period, first_weekday: int):
    first, last = period_of(day, period, first_weekday)
    assert first <= day <= last
    assert period_of(first, period, first_weekday) == period_of(last, period, first_weekday) == (first, last)
    if period is Period.WEEK and date.min < first and last < date.max:
        assert (first.weekday(), (last - first).days) == (first_weekday, 6)


@given(DAYS, st.integers(-200_000, 200_000))
def test_steps_stay_inside_the_calendar(day: date, step: int):
    moved = shifted_months(day, step)
    assert moved.day <= day.day
    assert shifted(day, 0) == shifted_months(day, 0) == day
    assert date.min <= shifted(day, step) <= date.max


def test_a_month_later_is_the_same_day_or_the_last():
    assert shifted_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert shifted_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert shifted_months(date(2024, 1, 15), -1) == date(2023, 12, 15)
