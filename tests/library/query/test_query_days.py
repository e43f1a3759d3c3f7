"""Date values against a plain reading of each, in four time zones, around clock changes, leap days, year ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from fakes import FakeClock, FakeCorpus, article_document, markdown

from library import Library
from library.query import parse_query
from library.search.plan import find

Reading = Callable[[date, date], bool]
"""Whether a day is one of those meant, seen from today."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def months(day: date) -> int:
    return day.year * 12 + day.month


def week(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def same_day_months_ago(today: date, count: int) -> date:
    """The day of the same number, or the last day of a month that has none."""
    day = today.day
    while True:
        try:
            return date((months(today) - count - 1) // 12, (months(today) - count - 1) % 12 + 1, day)
        except ValueError:
            day -= 1


def readings() -> Iterator[tuple[str, Reading]]:
    """Date values, each with what it means said another way."""
    yield "today", lambda day, today: day == today
    yield "yesterday", lambda day, today: (today - day).days == 1
    for number, name in enumerate(WEEKDAYS):
        yield name, lambda day, today, number=number: day.weekday() == number and 0 <= (today - day).days < 7
        yield (
            f">{name}",
            lambda day, today, number=number: (today - day).days < (today.weekday() - number) % 7,
        )
    for count in (1, 2, 3, 7, 10, 28, 30, 365, 366):
        yield f"{count}d", lambda day, today, count=count: 0 <= (today - day).days < count
        yield f"<{count}d", lambda day, today, count=count: (today - day).days >= count
    for count in (1, 2, 4, 52):
        yield f"{count}w", lambda day, today, count=count: 0 <= (today - day).days < 7 * count
    for count in (1, 2, 3, 6, 12, 18):
        yield f"{count}m", lambda day, today, count=count: same_day_months_ago(today, count) < day <= today
    for count in (1, 2):
        yield (
            f"{count}y",
            lambda day, today, count=count: same_day_months_ago(today, 12 * count) < day <= today,
        )
    yield "this week", lambda day, today: week(day) == week(today)
    yield "last week", lambda day, today: week(day) == week(today) - timedelta(days=7)
    yield "this month", lambda day, today: months(day) == months(today)
    yield "last month", lambda day, today: months(day) == months(today) - 1
    yield "this year", lambda day, today: day.year == today.year
    yield "last year", lambda day, today: day.year == today.year - 1
    yield "..yesterday", lambda day, today: day < today
    yield "yesterday..", lambda day, today: (today - day).days <= 1
    yield "7d..", lambda day, today: (today - day).days < 7
    yield "last month..today", lambda day, today: months(day) >= months(today) - 1 and day <= today
    yield (
        "last year..last week",
        lambda day, today: day.year >= today.year - 1 and week(day) <= week(today) - timedelta(days=7),
    )
    for year in (2011, 2012, 2019, 2020, 2021, 2023, 2024):
        yield f"{year}", lambda day, today, year=year: day.year == year
        yield f"<{year}", lambda day, today, year=year: day.year < year
        yield f">{year}", lambda day, today, year=year: day.year > year
    for year, month in ((2011, 12), (2012, 1), (2020, 3), (2020, 10), (2021, 2), (2024, 2), (2024, 12)):
        yield f"{year}-{month:02}", lambda day, today, y=year, m=month: (day.year, day.month) == (y, m)
        yield f"{year}-{month}..", lambda day, today, y=year, m=month: (day.year, day.month) >= (y, m)
        yield f">{year}-{month:02}", lambda day, today, y=year, m=month: (day.year, day.month) > (y, m)
        yield f"<={year}-{month:02}", lambda day, today, y=year, m=month: (day.year, day.month) <= (y, m)
    for text in (
        "2011-12-29",
        "2011-12-30",
        "2020-03-29",
        "2020-10-25",
        "2024-02-29",
        "2023-12-31",
        "2024-01-01",
    ):
        yield text, lambda day, today, text=text: day.isoformat() == text
        yield f"<{text}", lambda day, today, text=text: day.isoformat() < text
        yield f">={text}", lambda day, today, text=text: day.isoformat() >= text
        yield f"{text[:7]}..{text}", lambda day, today, text=text: text[:7] <= day.isoformat() <= text


READINGS = list(readings())

ZONES = {
    "Europe/Berlin": ("2020-03-29", "2020-10-25"),
    "America/New_York": ("2020-03-08", "2020-11-01"),
    "Australia/Lord_Howe": ("2020-04-05", "2020-10-04"),  # by half an hour
    "Pacific/Apia": ("2011-12-29", "2011-12-31"),  # the thirtieth never was
}
"""Time zones, each with days on which its clocks change."""

TURNS = ("2024-02-29", "2024-03-01", "2023-02-28", "2023-12-31", "2024-01-01", "2021-01-01", "2024-03-31")


def test_there_are_enough_values():
    assert len({text for text, _ in READINGS}) == len(READINGS) >= 80


@pytest.mark.parametrize(
    ("zone_name", "today"), [(name, day) for name, days in ZONES.items() for day in (*days, *TURNS)]
)
def test_a_date_value_finds_its_days(zone_name: str, today: str):
    zone, present = ZoneInfo(zone_name), date.fromisoformat(today)
    documents, days = {}, {}
    around = datetime(present.year, present.month, present.day, tzinfo=UTC)
    for step in range(-120, 96):  # half hours
        moment = around + timedelta(minutes=30 * step)
        documents[moment.isoformat()] = article_document(published=moment.isoformat())
        days[moment.isoformat()] = zone.fromutc(moment.replace(tzinfo=zone)).date()
    for back in (*range(-10, 70), *range(70, 800, 7), *range(360, 370), *range(725, 735)):
        day = present - timedelta(days=back)
        documents[day.isoformat()], days[day.isoformat()] = article_document(published=day.isoformat()), day
    corpus = FakeCorpus(documents)
    index = corpus.index(zone)
    for text, means in READINGS:
        found = find(parse_query(f'date:"{text}"', present), corpus, index)
        assert set(found) == {key for key, day in days.items() if means(day, present)}, text


@pytest.mark.parametrize(
    ("first_weekday", "first"), [(0, "2026-11-16"), (5, "2026-11-21"), (6, "2026-11-22")]
)
def test_weeks_begin_with_the_chosen_day(tmp_path: Path, first_weekday: int, first: str):
    begin = date.fromisoformat(first)
    with Library.open(tmp_path, clock=FakeClock(), timezone=UTC, first_weekday=first_weekday) as library:
        for back in range(16):
            day = (date(2026, 11, 24) - timedelta(days=back)).isoformat()
            library.importing.add_bytes(f"{day}.md", markdown(day, "Words.", date=day))
        for query, start in (("this week", begin), ("last week", begin - timedelta(days=7))):
            library.searches.save("week", f'date:"{query}"')
            week_ = {(start + timedelta(days=number)).isoformat() for number in range(7)}
            for text in (f'date:"{query}"', "saved:week"):
                found = {article.title for article in library.select(text)}
                assert found == {day for day in week_ if "2026-11-09" <= day <= "2026-11-24"}


@pytest.mark.parametrize("zone_name", ZONES)
@pytest.mark.parametrize("now", ["2020-10-24T22:30:00+00:00", "2020-10-25T00:59:59+00:00", "2011-12-30T09:59:00+00:00", "2011-12-30T10:00:00+00:00", "2023-12-31T23:30:00+00:00"])  # fmt: skip
def test_today_is_the_readers_day(tmp_path: Path, zone_name: str, now: str):
    zone, moment = ZoneInfo(zone_name), datetime.fromisoformat(now)
    with Library.open(tmp_path, clock=lambda: moment, timezone=zone) as library:
        library.importing.add_bytes("now.md", markdown("Now", "Words.", date=now))
        local = zone.fromutc(moment.replace(tzinfo=zone)).date()
        assert library.calendar.today() == local
        assert len(library.search.ids("date:today")) == len(library.search.ids("added:today")) == 1
        assert len(library.search.ids(f"date:{local}")) == 1
        assert library.search.ids("date:yesterday") == []
